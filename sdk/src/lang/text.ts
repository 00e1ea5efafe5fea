/** What strings and regular expressions lack. */

import { defineMissing, mustNotBeNullish } from "./define";
import type { Native } from "./native";

function installWellFormed(native: Native): void {
  defineMissing(String.prototype, {
    isWellFormed(this: unknown): boolean {
      mustNotBeNullish(this, "String.prototype.isWellFormed");
      const text = String(this);
      return native.wellFormed(text) === text;
    },
    toWellFormed(this: unknown): string {
      mustNotBeNullish(this, "String.prototype.toWellFormed");
      return native.wellFormed(String(this));
    },
  });
}

const syntax = new Set("^$\\.*+?()[]{}|/");
const controls = new Map([["\t", "\\t"], ["\n", "\\n"], ["\v", "\\v"], ["\f", "\\f"], ["\r", "\\r"]]);
const others = /[,\-=<>#&!%:;@~'`"\s]/;

function installEscape(): void {
  defineMissing(RegExp, {
    escape(text: unknown): string {
      if (typeof text !== "string") throw new TypeError("RegExp.escape needs a string");
      const out: string[] = []; // strings that grow are copied each time
      for (const character of text) out[out.length] = escaped(character, out.length === 0);
      return out.join("");
    },
  });
}

function escaped(character: string, first: boolean): string {
  const code = character.charCodeAt(0);
  if (first && /[0-9A-Za-z]/.test(character)) return `\\x${code.toString(16)}`;
  if (syntax.has(character)) return `\\${character}`;
  const control = controls.get(character);
  if (control) return control;
  const half = character.length === 1 && code >= 0xd800 && code <= 0xdfff;
  if (!half && !others.test(character)) return character;
  return code < 256 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16)}`;
}

script.exports = { wellFormed: installWellFormed, escape: installEscape };
