/** The type of a body, as its headers tell it. */

import { bare, isPrintable, isToken } from "./header_text";
import type { Headers } from "./headers";

export interface MimeType {
  /** Such as `text/plain`. */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/** The last type that the header Content-Type names; undefined if it names none. */
export const mimeTypeOf = (headers: Headers): MimeType | undefined => {
  let found: MimeType | undefined;
  let charset: string | undefined;
  for (const value of split(headers.get("content-type") ?? "", ",")) {
    const type = parsed(value);
    if (type === undefined || type.essence === "*/*") continue;
    const own = type.parameters.get("charset");
    if (type.essence !== found?.essence) charset = own;
    found = own === undefined && charset !== undefined ? { ...type, parameters: new Map([...type.parameters, ["charset", charset]]) } : type;
  }
  return found;
};

export const serialized = ({ essence, parameters }: MimeType): string => {
  let text = essence;
  for (const [name, value] of parameters) text += `;${name}=${isToken(value) ? value : quoted(value)}`;
  return text;
};

const quoted = (text: string): string => `"${text.split("\\").join("\\\\").split('"').join('\\"')}"`;

const parsed = (text: string): MimeType | undefined => {
  const [first = "", ...rest] = split(text, ";");
  const slash = first.indexOf("/");
  const [type, subtype] = [bare(first.slice(0, Math.max(slash, 0))), bare(first.slice(slash + 1))];
  if (slash < 0 || !isToken(type) || !isToken(subtype)) return undefined;
  const parameters = new Map<string, string>();
  for (const piece of rest) {
    const equals = piece.indexOf("=");
    const name = bare(piece.slice(0, Math.max(equals, 0))).toLowerCase();
    const value = valueOf(piece.slice(equals + 1));
    if (isToken(name) && isPrintable(value.text) && value.given && !parameters.has(name)) parameters.set(name, value.text);
  }
  return { essence: `${type}/${subtype}`.toLowerCase(), parameters };
};

/** The value of a parameter; what follows its quotes doesn't count, and without quotes it can't be empty. */
const valueOf = (text: string): { readonly text: string; readonly given: boolean } => {
  if (!text.startsWith('"')) return { text: bare(text), given: bare(text) !== "" };
  const signs: string[] = [];
  for (let i = 1; i < text.length && text[i] !== '"'; i++) {
    if (text[i] === "\\" && i + 1 < text.length) i++;
    signs.push(text[i]!);
  }
  return { text: signs.join(""), given: true };
};

/** The pieces between the separators that are not in quotes. */
const split = (text: string, separator: string): string[] => {
  const pieces: string[] = [];
  let from = 0;
  let quoting = false;
  for (let i = 0; i < text.length; i++) {
    if (quoting && text[i] === "\\") i++;
    else if (text[i] === '"') quoting = !quoting;
    else if (!quoting && text[i] === separator) {
      pieces.push(bare(text.slice(from, i)));
      from = i + 1;
    }
  }
  pieces.push(bare(text.slice(from)));
  return pieces;
};
