/** What an extension may send, and how it may close. */

import { invalid, kindOf } from "../core/error";
import { bytesOf } from "./bytes";

const accepted = "a string, an object or array (sent as JSON), an ArrayBuffer, a typed array, a DataView or a Blob";
const maxReasonBytes = 123;

/** A text as it goes out, or the bytes, which the host copies during the call. */
export type Payload = string | Uint8Array;

/**
 * Captures the data as it is now: text as it is, bytes as a view of them, and
 * everything else as JSON. Throws ERR_INVALID_DATA for what can't be sent.
 */
export function payloadOf(data: unknown): Payload {
  if (typeof data === "string") return data;
  if (typeof data !== "object" || data === null) {
    throw invalid(`send needs ${accepted}, got ${kindOf(data)}`);
  }
  return bytesOf("send", data) ?? json(data);
}

/** Returns the params of network.wsClose, or throws if no closing handshake can carry the code and the reason. */
export function closeParams(connectionId: string, code: unknown, reason: unknown): object {
  requireClosing(code, reason);
  const params: { [name: string]: unknown } = { connectionId };
  if (code !== undefined) params["code"] = code;
  if (reason !== undefined) params["reason"] = reason;
  return params;
}

function requireClosing(code: unknown, reason: unknown): void {
  if (code !== undefined && !isClosingCode(code)) {
    throw invalid(`close needs a code of 1000 or 3000 to 4999, got ${typeof code === "number" ? code : kindOf(code)}`);
  }
  if (reason === undefined) return;
  if (typeof reason !== "string") throw invalid(`close needs a string as its reason, got ${kindOf(reason)}`);
  if (reason.length > maxReasonBytes || utf8Length(reason) > maxReasonBytes) {
    throw invalid(`the reason of close is longer than ${maxReasonBytes} bytes of UTF-8`);
  }
}

function json(data: object): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(data);
  } catch (error) {
    throw invalid(`send can't express the object as JSON: ${messageOf(error)}`, error);
  }
  if (text === undefined) throw invalid("send can't express the object as JSON: it becomes undefined");
  return text;
}

function isClosingCode(code: unknown): boolean {
  return typeof code === "number" && Number.isInteger(code) && (code === 1000 || (code >= 3000 && code <= 4999));
}

/** Counts the bytes of a short text in UTF-8; a lone surrogate becomes U+FFFD, three bytes. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i)!;
    if (point > 0xffff) i++;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point <= 0xffff ? 3 : 4;
  }
  return bytes;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
