/** The methods of Buffers, but for those that read and write numbers. */

import { constructBuffer, isBytes, type Buffer } from "./buffer_bytes";
import { bytesOf, encodingOf, outOfRange, refused, textOf, whole, wrongType } from "./buffer_encoding";
import { native } from "./native";

const { bufferCompare, bufferFind, bufferWhole } = native;

export const methods = {
  toString(this: Buffer, encoding?: unknown, start?: unknown, end?: unknown): string {
    return textOf(start === undefined && end === undefined ? this : part(this, start, end), encoding);
  },

  toLocaleString(this: Buffer, encoding?: unknown): string {
    return textOf(this, encoding);
  },

  toJSON(this: Buffer): object {
    return { type: "Buffer", data: Array.from(this) };
  },

  equals(this: Buffer, other: unknown): boolean {
    if (!isBytes(other)) throw wrongType("otherBuffer", "a Buffer or Uint8Array");
    return this === other || bufferCompare(this, other) === 0;
  },

  compare(this: Buffer, target: unknown, targetStart = 0, targetEnd?: number, start = 0, end?: number): number {
    if (!isBytes(target)) throw wrongType("target", "a Buffer or Uint8Array");
    const [theirs, mine] = [target.length, this.length];
    const other = target.subarray(whole("targetStart", targetStart, 0, theirs), whole("targetEnd", targetEnd ?? theirs, 0, theirs));
    return bufferCompare(this.subarray(whole("sourceStart", start, 0, mine), whole("sourceEnd", end ?? mine, 0, mine)), other);
  },

  slice(this: Buffer, start?: number, end?: number): Buffer {
    return methods.subarray.call(this, start, end);
  },

  subarray(this: Buffer, start?: number, end?: number): Buffer {
    const from = index(start, 0, this.length);
    return constructBuffer(this.buffer, this.byteOffset + from, Math.max(0, index(end, this.length, this.length) - from));
  },

  copy(this: Buffer, target: unknown, targetStart: unknown = 0, start: unknown = 0, end: unknown = this.length): number {
    if (!isBytes(target)) throw wrongType("target", "a Buffer or Uint8Array");
    const [to, from] = [Math.trunc(Number(targetStart)) || 0, Math.trunc(Number(start)) || 0];
    if (to < 0) throw outOfRange("targetStart", ">= 0", to);
    if (from < 0 || from > this.length) throw outOfRange("sourceStart", `>= 0 && <= ${this.length}`, from);
    const until = Math.trunc(Number(end)) || 0;
    if (until < 0) throw outOfRange("sourceEnd", ">= 0", until);
    const size = Math.min(Math.min(until, this.length) - from, target.length - to);
    if (size <= 0) return 0;
    target.set(this.subarray(from, from + size), to);
    return size;
  },

  write(this: Buffer, text: unknown, offset?: unknown, length?: unknown, encoding?: unknown): number {
    if (typeof text !== "string") throw wrongType("string", "a string");
    if (typeof offset === "string") [offset, length, encoding] = [undefined, undefined, offset];
    else if (typeof length === "string") [length, encoding] = [undefined, length];
    const from = whole("offset", offset ?? 0, 0, this.length);
    const room = Math.min(whole("length", length ?? this.length - from, 0, this.length), this.length - from);
    const bytes = bytesOf(text, encoding);
    const size = bytes.length <= room ? bytes.length : fitting(bytes, room, encodingOf(encoding));
    this.set(size < bytes.length ? bytes.subarray(0, size) : bytes, from);
    return size;
  },

  fill(this: Buffer, value: unknown, offset?: unknown, end?: unknown, encoding?: unknown): Buffer {
    if (typeof offset === "string") [offset, encoding] = [undefined, offset];
    else if (typeof end === "string") [end, encoding] = [undefined, end];
    const from = whole("offset", offset ?? 0, 0, this.length);
    const until = whole("end", end ?? this.length, 0, this.length);
    const pattern = typeof value === "string" ? bytesOf(value, encoding) : isBytes(value) ? value : undefined;
    if (pattern === undefined) return fillBytes(this, Number(value) & 255, from, until);
    if (pattern.length === 0 && value !== "") {
      throw refused(TypeError, "ERR_INVALID_ARG_VALUE", `the "value" argument is empty in its encoding`);
    }
    if (pattern.length <= 1) return fillBytes(this, pattern[0] ?? 0, from, until);
    for (let i = from; i < until; i += pattern.length) this.set(until - i < pattern.length ? pattern.subarray(0, until - i) : pattern, i);
    return this;
  },

  indexOf(this: Buffer, value: unknown, offset?: unknown, encoding?: unknown): number {
    return find(this, value, offset, encoding, false);
  },

  lastIndexOf(this: Buffer, value: unknown, offset?: unknown, encoding?: unknown): number {
    return find(this, value, offset, encoding, true);
  },

  includes(this: Buffer, value: unknown, offset?: unknown, encoding?: unknown): boolean {
    return find(this, value, offset, encoding, false) !== -1;
  },

  swap16(this: Buffer): Buffer {
    return swap(this, 2);
  },

  swap32(this: Buffer): Buffer {
    return swap(this, 4);
  },

  swap64(this: Buffer): Buffer {
    return swap(this, 8);
  },
};

/** An index as slice takes it: from the end if it is negative. */
const index = (value: unknown, fallback: number, length: number): number => {
  if (value === undefined) return fallback;
  const at = Math.trunc(Number(value)) || 0;
  return at < 0 ? Math.max(0, length + at) : Math.min(at, length);
};

/** A part as toString takes it: a negative index is 0. */
const part = (bytes: Buffer, start: unknown, end: unknown): Uint8Array => {
  const from = Math.max(0, Math.trunc(Number(start)) || 0);
  const until = end === undefined ? bytes.length : Math.max(0, Math.trunc(Number(end)) || 0);
  return methods.subarray.call(bytes, from, Math.max(from, until));
};

/** How many of too many bytes are written: whole characters. */
const fitting = (bytes: Uint8Array, room: number, encoding: string): number => {
  if (encoding === "utf16le") return room - (room % 2);
  return encoding === "utf8" ? bufferWhole(bytes, room) : room;
};

const fillBytes = (bytes: Buffer, value: number, from: number, until: number): Buffer => {
  Uint8Array.prototype.fill.call(bytes, value, from, until);
  return bytes;
};

const find = (bytes: Buffer, value: unknown, offset: unknown, encoding: unknown, last: boolean): number => {
  if (typeof offset === "string") [offset, encoding] = [undefined, offset];
  const wanted = typeof value === "string" ? bytesOf(value, encoding) : typeof value === "number" ? Uint8Array.of(value) : value;
  if (!isBytes(wanted)) throw wrongType("value", "a number, a string, a Buffer or a Uint8Array");
  const asked = offset === undefined || Number.isNaN(Number(offset)) ? (last ? bytes.length : 0) : Math.trunc(Number(offset));
  const from = asked < 0 ? bytes.length + asked : Math.min(asked, bytes.length);
  if (last) return from < 0 ? -1 : bufferFind(bytes.subarray(0, from + wanted.length), wanted, true);
  const start = Math.max(0, from);
  const found = bufferFind(bytes.subarray(start), wanted, false);
  return found < 0 ? -1 : start + found;
};

const swap = (bytes: Buffer, size: number): Buffer => {
  if (bytes.length % size !== 0) {
    throw refused(RangeError, "ERR_INVALID_BUFFER_SIZE", `the Buffer's size must be a multiple of ${size} bytes`);
  }
  for (let i = 0; i < bytes.length; i += size) Uint8Array.prototype.reverse.call(bytes.subarray(i, i + size));
  return bytes;
};
