/** What the names and values of headers may be made of. */

const { apply } = Reflect;
const { exec } = RegExp.prototype;

const beyondBytes = /[^\0-\xff]/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const lineBreaks = /[\0\r\n]/;
const blanks = "\t\n\r ";

const matches = (pattern: RegExp, text: string): boolean => {
  return apply(exec, pattern, [text]) !== null;
};

/** A text of which each unit stands for a byte. */
export const byteString = (value: unknown): string => {
  const text = `${value}`;
  if (matches(beyondBytes, text)) throw new TypeError(`${quoted(text)} has characters above U+00FF: HTTP can't carry them in headers`);
  return text;
};

export const isToken = (text: string): boolean => {
  return matches(token, text);
};

/** The name as it is compared. */
export const headerName = (name: string): string => {
  if (!isToken(name)) throw new TypeError(`${quoted(name)} is no name of a header`);
  return name.toLowerCase();
};

/** The value without the blanks around it. */
export const headerValue = (name: string, value: string): string => {
  let from = 0;
  let to = value.length;
  while (from < to && blanks.includes(value[from]!)) from++;
  while (from < to && blanks.includes(value[to - 1]!)) to--;
  const bare = value.slice(from, to);
  // Values can be secrets, so they are not shown.
  if (matches(lineBreaks, bare)) throw new TypeError(`the value of the header ${name} has a line break or a NUL`);
  return bare;
};

/** The text of a status line, such as `Not Found`. */
export const isReason = (text: string): boolean => {
  return matches(/^[\t\x20-\x7e\x80-\xff]*$/, text);
};

const quoted = (text: string): string => {
  return JSON.stringify(text.slice(0, 100));
};
