/** What strings and regular expressions lack. */

import { defineMissing, mustNotBeNullish } from "./define";

const { encodeURIComponent } = globalThis;

/** The one built-in function that lone surrogates stop. */
function isWhole(text: string): boolean {
  try {
    encodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

function installWellFormed(): void {
  defineMissing(String.prototype, {
    isWellFormed(this: unknown): boolean {
      mustNotBeNullish(this, "String.prototype.isWellFormed");
      return isWhole(String(this));
    },
    toWellFormed(this: unknown): string {
      mustNotBeNullish(this, "String.prototype.toWellFormed");
      const text = String(this);
      return isWhole(text) ? text : replaceLone(text);
    },
  });
}

function replaceLone(text: string): string {
  let out = "";
  for (const character of text) {
    const code = character.charCodeAt(0);
    out += character.length === 1 && code >= 0xd800 && code <= 0xdfff ? "\ufffd" : character;
  }
  return out;
}

const syntax = new Set("^$\\.*+?()[]{}|/");
const controls = new Map([["\t", "\\t"], ["\n", "\\n"], ["\v", "\\v"], ["\f", "\\f"], ["\r", "\\r"]]);
const others = /[,\-=<>#&!%:;@~'`"\s]/;

function installEscape(): void {
  defineMissing(RegExp, {
    escape(text: unknown): string {
      if (typeof text !== "string") throw new TypeError("RegExp.escape needs a string");
      let out = "";
      for (const character of text) out += escaped(character, out === "");
      return out;
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
