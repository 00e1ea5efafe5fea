/** The type of a body, as its headers tell it. */

import { type Headers } from "./headers";

const { apply } = Reflect;
const { exec } = RegExp.prototype;

export interface MimeType {
  /** Such as `text/plain`. */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const blanks = "\t\n\r ";
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const quotable = /^[\t\x20-\x7e\x80-\xff]*$/;

const matches = (pattern: RegExp, text: string): boolean => apply(exec, pattern, [text]) !== null;

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
  for (const [name, value] of parameters) text += `;${name}=${matches(token, value) ? value : quoted(value)}`;
  return text;
};

const quoted = (text: string): string => `"${text.split("\\").join("\\\\").split('"').join('\\"')}"`;

const parsed = (text: string): MimeType | undefined => {
  const [first = "", ...rest] = split(text, ";");
  const slash = first.indexOf("/");
  const [type, subtype] = [bare(first.slice(0, Math.max(slash, 0))), bare(first.slice(slash + 1))];
  if (slash < 0 || !matches(token, type) || !matches(token, subtype)) return undefined;
  const parameters = new Map<string, string>();
  for (const piece of rest) {
    const equals = piece.indexOf("=");
    const name = bare(piece.slice(0, Math.max(equals, 0))).toLowerCase();
    const value = valueOf(piece.slice(equals + 1));
    if (matches(token, name) && matches(quotable, value.text) && value.given && !parameters.has(name)) parameters.set(name, value.text);
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

/** The text without the blanks around it. */
const bare = (text: string): string => {
  let from = 0;
  let to = text.length;
  while (from < to && blanks.includes(text[from]!)) from++;
  while (from < to && blanks.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
};
