/** What the names and values of headers may be made of. */

const { apply } = Reflect;
const { exec } = RegExp.prototype;

const beyondBytes = /[^\0-\xff]/;
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
const lineBreaks = /[\0\r\n]/;
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;
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

/** The text without the blanks around it. */
export const bare = (text: string): string => {
  let from = 0;
  let to = text.length;
  while (from < to && blanks.includes(text[from]!)) from++;
  while (from < to && blanks.includes(text[to - 1]!)) to--;
  return text.slice(from, to);
};

/** The value without the blanks around it. */
export const headerValue = (name: string, value: string): string => {
  const text = bare(value);
  // Values can be secrets, so they are not shown.
  if (matches(lineBreaks, text)) throw new TypeError(`the value of the header ${name} has a line break or a NUL`);
  return text;
};

/** Whether a status line can have the text, such as `Not Found`, or a quoted value. */
export const isPrintable = (text: string): boolean => {
  return matches(printable, text);
};

const quoted = (text: string): string => {
  return JSON.stringify(text.slice(0, 100));
};
