/** `window`: what the editor shows. */

import { kindOf } from "./core/error";
import { call } from "./core/rpc";

function showToast(message: string): Promise<void> {
  if (typeof message !== "string") {
    return Promise.reject(new TypeError(`showToast needs a string, got ${kindOf(message)}`));
  }
  return call("window.showToast", { message }) as Promise<void>;
}

export const window = { showToast };
