/** The methods of Buffers that read and write numbers. */

import type { Buffer } from "./buffer_bytes";
import { outOfRange, refused, whole, wrongType } from "./buffer_encoding";

type Method = (this: Buffer, ...args: never[]) => unknown;

/** All of them, by name. */
export const numbers: [string, Method][] = [];

const add = (name: string, method: Method): void => {
  Object.defineProperty(method, "name", { value: name });
  numbers.push([name, method]);
  if (name.includes("UInt")) numbers.push([name.replace("UInt", "Uint"), method]);
};

// What DataView has: the name there, the one here, bytes, and the range of integers.
const fixed: readonly (readonly [name: string, here: string, size: number, min?: number | bigint, max?: number | bigint])[] = [
  ["Uint8", "UInt8", 1, 0, 2 ** 8 - 1],
  ["Int8", "Int8", 1, -(2 ** 7), 2 ** 7 - 1],
  ["Uint16", "UInt16", 2, 0, 2 ** 16 - 1],
  ["Int16", "Int16", 2, -(2 ** 15), 2 ** 15 - 1],
  ["Uint32", "UInt32", 4, 0, 2 ** 32 - 1],
  ["Int32", "Int32", 4, -(2 ** 31), 2 ** 31 - 1],
  ["Float32", "Float", 4],
  ["Float64", "Double", 8],
  ["BigUint64", "BigUInt64", 8, 0n, 2n ** 64n - 1n],
  ["BigInt64", "BigInt64", 8, -(2n ** 63n), 2n ** 63n - 1n],
];

type Access = Record<string, (at: number, valueOrOrder: unknown, order?: boolean) => number>;

for (const [there, here, size, min, max] of fixed) {
  for (const order of size === 1 ? [""] : ["LE", "BE"]) {
    const little = order === "LE";
    add(`read${here}${order}`, function (this: Buffer, offset: unknown = 0) {
      return view(this)[`get${there}`]!(place(this, offset, size), little);
    } as Method);
    add(`write${here}${order}`, function (this: Buffer, value: number | bigint, offset: unknown = 0) {
      const number = convert(value, min, max);
      const at = place(this, offset, size);
      view(this)[`set${there}`]!(at, number, little);
      return at + size;
    } as Method);
  }
}

for (const order of ["LE", "BE"]) {
  const little = order === "LE";
  for (const signed of [true, false]) {
    const here = signed ? "Int" : "UInt";
    add(`read${here}${order}`, function (this: Buffer, offset: unknown, size: unknown) {
      const n = whole("byteLength", size, 1, 6);
      const at = place(this, offset, n);
      let value = 0;
      for (let i = 0; i < n; i++) value = value * 256 + this[at + (little ? n - 1 - i : i)]!;
      return signed && value >= 2 ** (8 * n - 1) ? value - 2 ** (8 * n) : value;
    } as Method);
    add(`write${here}${order}`, function (this: Buffer, value: number, offset: unknown, size: unknown) {
      const n = whole("byteLength", size, 1, 6);
      const [min, max] = signed ? [-(2 ** (8 * n - 1)), 2 ** (8 * n - 1) - 1] : [0, 2 ** (8 * n) - 1];
      let left = Math.trunc(convert(value, min, max) as number);
      const at = place(this, offset, n);
      if (left < 0) left += 2 ** (8 * n);
      for (let i = 0; i < n; i++) {
        this[at + (little ? i : n - 1 - i)] = left % 256;
        left = Math.floor(left / 256);
      }
      return at + n;
    } as Method);
  }
}

const view = (bytes: Buffer): Access => {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length) as unknown as Access;
};

const place = (bytes: Buffer, offset: unknown, size: number): number => {
  if (typeof offset !== "number") throw wrongType("offset", "a number");
  if (bytes.length < size) throw refused(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", "Attempt to access memory outside buffer bounds");
  return whole("offset", offset, 0, bytes.length - size);
};

/** The value as it is written; those of floats have no range. */
const convert = (value: unknown, min: number | bigint | undefined, max: number | bigint | undefined): number | bigint => {
  if (typeof min === "bigint") {
    if (typeof value !== "bigint") throw wrongType("value", "a bigint");
    if (value < min || value > max!) throw outOfRange("value", `>= ${min} and <= ${max}`, value);
    return value;
  }
  const number = Number(value);
  if (min !== undefined && (number < min || number > max!)) throw outOfRange("value", `>= ${min} and <= ${max}`, value);
  return number;
};
