/** What send takes: text, or bytes. */

import { sourceBytes } from "./buffer_source";
import { kinds } from "./kinds";
import { native } from "./native";

/** A message as it goes out, and its size in bytes. The host copies the bytes during its call. */
export interface Payload {
  readonly data: string | Uint8Array;
  readonly size: number;
}

/** Bytes as they are; the bytes of what is detached are none. Everything else is text. */
export const payloadOf = (data: unknown): Payload => {
  const bytes = typeof data === "object" && data !== null ? sourceBytes(data) ?? kinds.blob?.contentOf(data)?.bytes : undefined;
  if (bytes !== undefined) return { data: bytes, size: bytes.byteLength };
  const text = `${data}`;
  return { data: text, size: native.bufferSize(text) };
};
