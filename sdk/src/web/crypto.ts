/** crypto: random values. There is no crypto.subtle. */

import { DOMException } from "./dom_exception";
import { expose, needs, showing } from "./interface";
import { native } from "./native";

const { fillRandom, randomUUID } = native;
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const tagOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)!.get!;
const sizeOf = Object.getOwnPropertyDescriptor(typedArray, "byteLength")!.get!;

/** How many bytes one call may ask for. */
const quota = 65_536;

const integers = new Set([
  "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array", "Int32Array", "Uint32Array",
  "BigInt64Array", "BigUint64Array",
]);

const internal = Symbol("Crypto");

export class Crypto {
  readonly #brand = true;

  static {
    showing((object) => (#brand in object ? { name: "Crypto" } : undefined));
  }

  constructor(key?: unknown) {
    if (key !== internal) throw new TypeError("Crypto can't be constructed: use crypto");
  }

  getRandomValues<T extends ArrayBufferView>(array: T): T {
    this.#brand;
    needs("crypto.getRandomValues", 1, arguments.length);
    if (!ArrayBuffer.isView(array)) throw new TypeError("crypto.getRandomValues needs a typed array");
    if (!integers.has(Reflect.apply(tagOf, array, []))) {
      throw new DOMException("crypto.getRandomValues needs a typed array of integers", "TypeMismatchError");
    }
    const size: number = Reflect.apply(sizeOf, array, []);
    if (size > quota) throw new DOMException(`crypto.getRandomValues: ${size} bytes are asked for, at most ${quota} are given`, "QuotaExceededError");
    fillRandom(array);
    return array;
  }

  randomUUID(): string {
    this.#brand;
    return randomUUID();
  }
}

expose(Crypto, "Crypto");

/** The one there is. */
export const crypto = new Crypto(internal);
