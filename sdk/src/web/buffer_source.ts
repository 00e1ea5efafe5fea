/** What Web IDL calls a buffer source: an ArrayBuffer, or a view of one. */

import { native } from "./native";

const { apply } = Reflect;
const { isView } = ArrayBuffer;
const getter = (owner: object, name: string) => Object.getOwnPropertyDescriptor(owner, name)!.get!;
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

// As they were before scripts could change them, for what a view says of itself.
const views = [typedArray, DataView.prototype].map((owner) => ["buffer", "byteOffset", "byteLength"].map((name) => getter(owner, name)));
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");

/** The bytes as they are, not a copy; none where the buffer is detached. undefined for everything else. */
export const sourceBytes = (data: object): Uint8Array | undefined => {
  if (isView(data)) return viewBytes(data);
  if (native.classOf(data) !== "ArrayBuffer") return undefined;
  const buffer = data as ArrayBuffer;
  return native.isDetached(buffer) ? new Uint8Array(0) : new Uint8Array(buffer, 0, apply(bufferLength, buffer, []));
};

const viewBytes = (view: ArrayBufferView): Uint8Array => {
  const [buffer, offset, length] = views[native.classOf(view) === "TypedArray" ? 0 : 1]!;
  const bytes: ArrayBuffer = apply(buffer!, view, []);
  return native.isDetached(bytes) ? new Uint8Array(0) : new Uint8Array(bytes, apply(offset!, view, []), apply(length!, view, []));
};

/** All of the bytes, one after the other. */
export const joined = (pieces: readonly Uint8Array[]): Uint8Array => {
  let size = 0;
  for (const piece of pieces) size += piece.length;
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
};
