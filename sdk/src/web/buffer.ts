/** Buffer: Node.js's bytes, for packages that are made for it. */

import { constructBuffer, isBytes, toBuffer, type Buffer as Bytes } from "./buffer_bytes";
import { bytesOf, knownEncoding, outOfRange, refused, wrongType } from "./buffer_encoding";
import { methods } from "./buffer_methods";
import { numbers } from "./buffer_numbers";
import { native } from "./native";

const { bufferCompare, bufferSize } = native;

/** Old packages call it, with new or without. */
export function Buffer(value: unknown, encodingOrOffset?: unknown, length?: unknown): Bytes {
  if (typeof value !== "number") return statics.from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === "string") throw wrongType("string", "a string");
  return statics.alloc(value);
}

const statics = {
  from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Bytes {
    if (typeof value === "string") return toBuffer(bytesOf(value, encodingOrOffset));
    const made = fromObject(value, encodingOrOffset, length);
    if (made !== undefined) return made;
    const own: unknown = typeof value === "object" && value !== null ? plainValue(value) : undefined;
    if (typeof own === "string") return toBuffer(bytesOf(own, encodingOrOffset));
    throw wrongType("value", "a string, bytes, or an array or what looks like one");
  },

  alloc(size: unknown, fill?: unknown, encoding?: unknown): Bytes {
    const made = constructBuffer(sized(size));
    return fill === undefined || fill === 0 ? made : (methods.fill.call(made, fill, encoding) as Bytes);
  },

  allocUnsafe: (size: unknown): Bytes => constructBuffer(sized(size)),
  allocUnsafeSlow: (size: unknown): Bytes => constructBuffer(sized(size)),
  of: (...bytes: number[]): Bytes => statics.from(bytes),

  concat(list: unknown, length?: unknown): Bytes {
    if (!Array.isArray(list)) throw wrongType("list", "an array of Buffers");
    const items = list.slice();
    let total = 0;
    for (const item of items) {
      if (!isBytes(item)) throw wrongType("list", "an array of Buffers");
      total += item.length;
    }
    const made = constructBuffer(length === undefined ? total : sized(length));
    let at = 0;
    for (const item of items as Uint8Array[]) {
      if (at >= made.length) break;
      made.set(item.length > made.length - at ? item.subarray(0, made.length - at) : item, at);
      at += item.length;
    }
    return made;
  },

  byteLength(value: unknown, encoding?: unknown): number {
    if (typeof value === "string") {
      const known = knownEncoding(encoding) ?? "utf8";
      return known === "utf8" ? bufferSize(value) : bytesOf(value, known).length;
    }
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value.byteLength;
    throw wrongType("string", "a string or bytes");
  },

  compare(a: unknown, b: unknown): number {
    if (!isBytes(a) || !isBytes(b)) throw wrongType(isBytes(a) ? "buf2" : "buf1", "a Buffer or Uint8Array");
    return bufferCompare(a, b);
  },

  isBuffer: (value: unknown): boolean => value instanceof Buffer,
  isEncoding: (name: unknown): boolean => knownEncoding(name) !== undefined,
};

/** Buffers of what has elements; undefined for what has none. */
const fromObject = (value: unknown, offset: unknown, length: unknown): Bytes | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof ArrayBuffer) return shared(value, offset, length);
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return copied(value as Uint8Array);
  const own: unknown = value instanceof String ? undefined : (value as { length?: unknown }).length;
  if (own !== undefined) return copied(value as ArrayLike<number>, own);
  const { type, data } = value as { type?: unknown; data?: unknown };
  return type === "Buffer" && Array.isArray(data) ? copied(data) : undefined;
};

const shared = (buffer: ArrayBuffer, offset: unknown, length: unknown): Bytes => {
  const from = offset === undefined ? 0 : Number(offset) || 0;
  const left = buffer.byteLength - from;
  const size = length === undefined ? left : Math.max(0, Number(length) || 0);
  if (left < 0 || size > left) {
    throw refused(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", `"${left < 0 ? "offset" : "length"}" is outside of buffer bounds`);
  }
  return constructBuffer(buffer, from, size);
};

const copied = (elements: ArrayLike<number>, length: unknown = elements.length): Bytes => {
  const made = constructBuffer(typeof length === "number" && length > 0 ? Math.trunc(length) : 0);
  if (ArrayBuffer.isView(elements)) made.set(elements as Uint8Array);
  else for (let i = 0; i < made.length; i++) made[i] = elements[i]!;
  return made;
};

/** What an object says that it stands for, if that is a text. */
const plainValue = (value: object): unknown => {
  const own: unknown = value.valueOf();
  if (own !== value) return own;
  const convert = (value as { [Symbol.toPrimitive]?: unknown })[Symbol.toPrimitive];
  return typeof convert === "function" ? Reflect.apply(convert, value, ["string"]) : undefined;
};

const sized = (size: unknown): number => {
  if (typeof size !== "number") throw wrongType("size", "a number");
  if (!(size >= 0)) throw outOfRange("size", "0 or more", size);
  return size;
};

for (const [name, value] of [...Object.entries(statics), ["poolSize", 8192] as const]) {
  Object.defineProperty(Buffer, name, { value, writable: true, enumerable: true, configurable: true });
}
Object.defineProperty(Buffer, "name", { value: "Buffer", configurable: true });
Object.setPrototypeOf(Buffer, Uint8Array);
Object.defineProperty(Buffer, "prototype", { value: constructBuffer.prototype, writable: false });
Object.defineProperty(Buffer.prototype, "constructor", { value: Buffer, writable: true, configurable: true });
for (const [name, value] of [...Object.entries(methods), ...numbers]) {
  Object.defineProperty(Buffer.prototype, name, { value, writable: true, enumerable: true, configurable: true });
}
Object.defineProperty(Buffer.prototype, "parent", { get(this: Bytes) { return this.buffer; }, enumerable: true, configurable: true });
Object.defineProperty(Buffer.prototype, "offset", { get(this: Bytes) { return this.byteOffset; }, enumerable: true, configurable: true });
