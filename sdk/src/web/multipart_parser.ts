/** Reads multipart/form-data, which may come from anywhere. */

import { blobOf, blobType } from "./blob";
import { fileOf } from "./file";
import type { FormEntry } from "./form_data";
import { native } from "./native";

const { bufferFind, encodeText, makeDecoder } = native;

/** How many parts there can be, and how long the headers of one. */
const maxParts = 10_000;
const maxHead = 16 * 1024;

const cr = 13;
const lf = 10;
const dash = 45;

/** The entries of a form. Files stay where they are in the bytes, which nobody may change any more. */
export const partsIn = (bytes: Uint8Array, boundary: string): FormEntry[] => {
  const delimiter = bytesOf(`\r\n--${boundary}`);
  const entries: FormEntry[] = [];
  for (let at = first(bytes, delimiter); ; ) {
    if (bytes[at] === dash && bytes[at + 1] === dash) return entries;
    at = lineEnd(bytes, at);
    const end = find(bytes, delimiter, at - 2, "a part has no end");
    if (entries.length === maxParts) throw wrong(`it has more than ${maxParts} parts`);
    entries.push(entryIn(bytes.subarray(at, Math.max(at, end))));
    at = end + delimiter.length;
  }
};

/** Where the first delimiter ends: it can do without the line break before it, and what precedes it doesn't count. */
const first = (bytes: Uint8Array, delimiter: Uint8Array): number => {
  const opening = delimiter.subarray(2);
  if (bufferFind(bytes.subarray(0, opening.length), opening, false) === 0) return opening.length;
  return find(bytes, delimiter, 0, "its boundary doesn't occur") + delimiter.length;
};

/** Where the line begins that follows a delimiter, which may have blanks behind it. */
const lineEnd = (bytes: Uint8Array, from: number): number => {
  let at = from;
  while (bytes[at] === 0x20 || bytes[at] === 0x09) at++;
  if (bytes[at] !== cr || bytes[at + 1] !== lf) throw wrong("something follows a boundary");
  return at + 2;
};

const find = (bytes: Uint8Array, wanted: Uint8Array, from: number, otherwise: string): number => {
  const at = bufferFind(bytes.subarray(from), wanted, false);
  if (at < 0) throw wrong(otherwise);
  return from + at;
};

const entryIn = (part: Uint8Array): FormEntry => {
  const size = find(part.subarray(0, maxHead), blankLine, 0, `a part has no headers, or more than ${maxHead} bytes of them`);
  const { name, filename, type } = headIn(decoded(part.subarray(0, size)));
  const body = part.subarray(size + blankLine.length);
  if (name === undefined) throw wrong("a part has no name");
  if (filename === undefined) return [name, decoded(body)];
  return [name, fileOf(blobOf({ bytes: body, type: blobType(type ?? "text/plain") }), filename)];
};

interface Head {
  readonly name?: string | undefined;
  readonly filename?: string | undefined;
  readonly type?: string | undefined;
}

/** What the headers of a part say. */
const headIn = (text: string): Head => {
  const fields = new Map<string, string>();
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon < 0) throw wrong("a header of a part has no colon");
    fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = fields.get("content-disposition") ?? "";
  if (!/^form-data *(;|$)/i.test(disposition)) throw wrong("a part is no form-data");
  const parameters = parametersOf(disposition);
  return { name: parameters.get("name"), filename: parameters.get("filename"), type: fields.get("content-type") };
};

const pattern = /;[ \t]*([^\s=;"]+)=(?:"([^"]*)"|([^\s;"]*))/g; // compiled once: that takes longer than its use

/** The parameters of a header, without the escapes that a form's names have; of several by one name the first counts. */
const parametersOf = (text: string): Map<string, string> => {
  pattern.lastIndex = 0;
  const found = new Map<string, string>();
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const [, name, quoted, plain] = match;
    const key = name!.toLowerCase();
    if (!found.has(key)) found.set(key, (quoted ?? plain!).replace(/%0A|%0D|%22/gi, (sign) => decodeURIComponent(sign)));
  }
  return found;
};

const bytesOf = (text: string): Uint8Array => new Uint8Array(encodeText(text));
const decode = makeDecoder("utf-8", false, true);
const decoded = (bytes: Uint8Array): string => decode(bytes, false)!;
const blankLine = bytesOf("\r\n\r\n");

const wrong = (why: string): TypeError => new TypeError(`the body can't be read as multipart/form-data: ${why}`);
