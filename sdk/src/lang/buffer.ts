/** ArrayBuffer.prototype.transfer, transferToFixedLength and detached. */

import { defineMissing } from "./define";
import type { Native } from "./native";

const byteLength = Reflect.getOwnPropertyDescriptor(ArrayBuffer.prototype, "byteLength")!.get!;
const { slice } = ArrayBuffer.prototype;

function installTransfer(native: Native): void {
  const move = (buffer: ArrayBuffer, length: unknown): ArrayBuffer => {
    const size = byteLength.call(buffer) as number;
    const wanted = length === undefined ? size : toIndex(length);
    if (native.isDetached(buffer)) throw new TypeError("the buffer is detached");
    let moved = slice.call(buffer, 0, wanted);
    if (wanted > size) {
      const longer = new ArrayBuffer(wanted);
      new Uint8Array(longer).set(new Uint8Array(moved));
      moved = longer;
    }
    native.detach(buffer);
    return moved;
  };
  defineMissing(ArrayBuffer.prototype, {
    transfer(this: ArrayBuffer, length?: number): ArrayBuffer {
      return move(this, length);
    },
    transferToFixedLength(this: ArrayBuffer, length?: number): ArrayBuffer {
      return move(this, length);
    },
    get detached(): boolean {
      byteLength.call(this);
      return native.isDetached(this as unknown as ArrayBuffer);
    },
  });
  for (const name of ["transfer", "transferToFixedLength"]) {
    const method = (ArrayBuffer.prototype as unknown as Record<string, object>)[name]!;
    Reflect.defineProperty(method, "length", { value: 0, configurable: true });
  }
}

function toIndex(length: unknown): number {
  const index = Math.trunc(Number(length)) || 0;
  if (index < 0 || index > Number.MAX_SAFE_INTEGER) throw new RangeError("invalid array buffer length");
  return index;
}

script.exports = { transfer: installTransfer };
