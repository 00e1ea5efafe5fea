/** `window`: what the editor shows. */

import { invalid, kindOf } from "./core/error";
import { call } from "./core/rpc";

function showToast(message: string): Promise<void> {
  if (typeof message !== "string") {
    return Promise.reject(invalid(`showToast needs a string, got ${kindOf(message)}`));
  }
  return call("window.showToast", { message }) as Promise<void>;
}

export const window = { showToast };
