/** SuppressedError: an error, and the one that it has hidden. */

function SuppressedErrorClass(this: unknown, error: unknown, suppressed: unknown, message?: unknown): object {
  const type = new.target ?? SuppressedErrorClass;
  const made = Reflect.construct(Error, message === undefined ? [] : [message], type) as object;
  for (const [key, value] of [["error", error], ["suppressed", suppressed]] as const) {
    Reflect.defineProperty(made, key, { value, writable: true, enumerable: false, configurable: true });
  }
  return made;
}

const prototype = Object.create(Error.prototype) as object;
for (const [key, value] of [["constructor", SuppressedErrorClass], ["name", "SuppressedError"], ["message", ""]] as const) {
  Reflect.defineProperty(prototype, key, { value, writable: true, enumerable: false, configurable: true });
}
Reflect.setPrototypeOf(SuppressedErrorClass, Error);
Reflect.defineProperty(SuppressedErrorClass, "name", { value: "SuppressedError", configurable: true });
Reflect.defineProperty(SuppressedErrorClass, "length", { value: 3, configurable: true });
Reflect.defineProperty(SuppressedErrorClass, "prototype", { value: prototype, writable: false });

export const SuppressedError = SuppressedErrorClass as unknown as new (error: unknown, suppressed: unknown, message?: string) => Error;
