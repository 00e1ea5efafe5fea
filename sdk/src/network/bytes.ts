/** What of an extension's data are bytes. */

import { invalid } from "../core/error";
import { send } from "../core/host";

/** The bytes that the web's objects are sent as, and their type, where they have one. */
export interface Encoded {
  readonly content: Uint8Array;
  readonly type?: string;
}

const { getPrototypeOf, prototype: plain } = Object;
const { toString } = plain;

/** What an object says that it is, such as `[object Blob]`. */
export function tagOf(object: object): string {
  try {
    return toString.call(object);
  } catch {
    return ""; // By a getter of the extension's.
  }
}

/** What a Blob, a File or a FormData is sent as; undefined where the object, or the host, is another. */
export function encoded(object: object): Encoded | undefined {
  return send("encode", object) as Encoded | undefined;
}

/**
 * The bytes of a buffer or a view, not copied, or of a Blob; undefined for everything
 * else. where names the function that needs them, for what is said if they are gone.
 */
export function bytesOf(where: string, data: object): Uint8Array | undefined {
  if (data instanceof ArrayBuffer || ArrayBuffer.isView(data)) return viewOf(where, data);
  if (getPrototypeOf(data) === plain) return undefined; // As a rule; its tag would take longer.
  const tag = tagOf(data);
  return tag === "[object Blob]" || tag === "[object File]" ? encoded(data)?.content : undefined;
}

function viewOf(where: string, data: ArrayBuffer | ArrayBufferView): Uint8Array {
  try {
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    return new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  } catch (error) {
    throw invalid(`${where} needs bytes that are still there: this buffer is detached or has shrunk`, error);
  }
}
