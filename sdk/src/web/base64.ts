/** atob and btoa: between base64 and strings of which each unit stands for a byte. */

import { DOMException } from "./dom_exception";
import { needs } from "./interface";
import { native } from "./native";

const { decodeBase64, encodeBase64 } = native;

// Methods, so that they are no constructors.
export const { atob, btoa } = {
  atob(data: string): string {
    needs("atob", 1, arguments.length);
    const bytes = decodeBase64(`${data}`);
    if (bytes === null) throw new DOMException("the string to be decoded is not correctly encoded", "InvalidCharacterError");
    return bytes;
  },

  btoa(data: string): string {
    needs("btoa", 1, arguments.length);
    const text = encodeBase64(`${data}`);
    if (text === null) throw new DOMException("the string has characters above U+00FF: encode it with TextEncoder first", "InvalidCharacterError");
    return text;
  },
};
