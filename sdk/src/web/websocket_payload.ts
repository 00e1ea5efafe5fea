/** What send takes: text, or bytes. */

import { native } from "./native";

const { apply } = Reflect;
const { isView } = ArrayBuffer;
const getter = (owner: object, name: string) => Object.getOwnPropertyDescriptor(owner, name)!.get!;
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as object;

// As they were before scripts could change them, for what a view says of itself.
const views = [typedArray, DataView.prototype].map((owner) => ["buffer", "byteOffset", "byteLength"].map((name) => getter(owner, name)));
const bufferLength = getter(ArrayBuffer.prototype, "byteLength");

/** A message as it goes out, and its size in bytes. The host copies the bytes during its call. */
export interface Payload {
  readonly data: string | Uint8Array;
  readonly size: number;
}

/** Bytes as they are; the bytes of what is detached are none. Everything else is text. */
export const payloadOf = (data: unknown): Payload => {
  const bytes = typeof data === "object" && data !== null ? bytesOf(data) : undefined;
  if (bytes !== undefined) return { data: bytes, size: bytes.byteLength };
  const text = `${data}`;
  return { data: text, size: native.bufferSize(text) };
};

const bytesOf = (data: object): Uint8Array | undefined => {
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
