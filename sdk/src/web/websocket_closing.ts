/** What a closing handshake can carry. */

import { DOMException } from "./dom_exception";
import { native } from "./native";

const maxReasonBytes = 123;

/** The code and the reason of a Close frame; without a code it is empty. */
export interface Closing {
  readonly code: number | undefined;
  readonly reason: string;
}

/** Reads the arguments of close, and throws what the standard says is wrong with them. */
export const closingOf = (code: unknown, reason: unknown): Closing => {
  const status = code === undefined ? undefined : clamped(Number(code));
  const text = reason === undefined ? "" : `${reason}`;
  if (status !== undefined && status !== 1000 && !(status >= 3000 && status <= 4999)) {
    throw new DOMException(`close needs a code of 1000 or 3000 to 4999, not ${status}`, "InvalidAccessError");
  }
  if (native.bufferSize(text) > maxReasonBytes) {
    throw new DOMException(`the reason of close is longer than ${maxReasonBytes} bytes of UTF-8`, "SyntaxError");
  }
  return { code: status ?? (text === "" ? undefined : 1000), reason: text };
};

/** A number as an unsigned short, by the rules of Web IDL's [Clamp]: halves go to the even side. */
const clamped = (value: number): number => {
  if (!(value > 0)) return 0;
  if (value >= 0xffff) return 0xffff;
  const below = Math.floor(value);
  const rest = value - below;
  return below + (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? 1 : 0);
};
