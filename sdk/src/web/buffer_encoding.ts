/** The encodings of Buffer, and how it refuses arguments. */

import { native } from "./native";

const { bufferBytes, bufferText } = native;

const encodings = new Map([
  ["utf8", "utf8"], ["utf-8", "utf8"], ["hex", "hex"], ["base64", "base64"], ["base64url", "base64url"], ["latin1", "latin1"],
  ["binary", "latin1"], ["ascii", "ascii"], ["utf16le", "utf16le"], ["utf-16le", "utf16le"], ["ucs2", "utf16le"], ["ucs-2", "utf16le"],
]);

/** The one name of an encoding; undefined if there is none of the name. */
export const knownEncoding = (name: unknown): string | undefined => {
  return typeof name === "string" ? encodings.get(name) ?? encodings.get(name.toLowerCase()) : undefined;
};

/** The one name of an encoding, utf8 if none is named. */
export const encodingOf = (name: unknown): string => {
  if (name === undefined || name === null || name === "") return "utf8";
  const known = knownEncoding(name);
  if (known === undefined) throw refused(TypeError, "ERR_UNKNOWN_ENCODING", `Unknown encoding: ${String(name).slice(0, 100)}`);
  return known;
};

export const bytesOf = (text: string, encoding: unknown): Uint8Array => {
  return new Uint8Array(bufferBytes(text, encodingOf(encoding)));
};

export const textOf = (bytes: Uint8Array, encoding: unknown): string => {
  return bufferText(bytes, encodingOf(encoding));
};

export const refused = (type: new (text: string) => Error, code: string, text: string): Error => {
  return Object.assign(new type(text), { code });
};

export const wrongType = (name: string, wanted: string): Error => {
  return refused(TypeError, "ERR_INVALID_ARG_TYPE", `the "${name}" argument must be ${wanted}`);
};

export const outOfRange = (name: string, wanted: string, value: unknown): Error => {
  const text = `the value of "${name}" is out of range: it must be ${wanted}, not ${String(value)}`;
  return refused(RangeError, "ERR_OUT_OF_RANGE", text);
};

/** Throws unless the value is a whole number from min to max. */
export const whole = (name: string, value: unknown, min: number, max: number): number => {
  if (typeof value !== "number") throw wrongType(name, "a number");
  if (!Number.isInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < min || value > max) throw outOfRange(name, `>= ${min} and <= ${max}`, value);
  return value;
};
