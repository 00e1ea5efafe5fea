/** toLocaleString of numbers, which goja takes for toString: it throws for names of languages. */

function installToLocaleString(): void {
  for (const prototype of [Number.prototype, BigInt.prototype]) {
    const original = prototype.toLocaleString as () => string;
    const { toLocaleString } = {
      toLocaleString(this: unknown): string {
        return original.call(this as number);
      },
    };
    Reflect.defineProperty(prototype, "toLocaleString", { value: toLocaleString, writable: true, enumerable: false, configurable: true });
  }
}

script.exports = { toLocaleString: installToLocaleString };
