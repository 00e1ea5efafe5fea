/** How the language's own properties are defined. */

/** Gives an object methods that it doesn't have, as built-in functions are: writable and not enumerable. */
export function defineMissing(target: object, methods: object): void {
  for (const key of Reflect.ownKeys(methods)) {
    if (Reflect.getOwnPropertyDescriptor(target, key)) continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(methods, key)!;
    Reflect.defineProperty(target, key, { ...descriptor, enumerable: false });
  }
}

/** Gives an object a property that nobody can change, if it has none of that name. */
export function defineConstant(target: object, key: PropertyKey, value: unknown): void {
  if (Reflect.getOwnPropertyDescriptor(target, key)) return;
  Reflect.defineProperty(target, key, { value, writable: false, enumerable: false, configurable: false });
}

/** Gives a prototype its Symbol.toStringTag. */
export function defineTag(prototype: object, tag: string): void {
  Reflect.defineProperty(prototype, Symbol.toStringTag, { value: tag, configurable: true });
}

export function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

export function mustBeObject(value: unknown, what: string): asserts value is object {
  if (!isObject(value)) throw new TypeError(`${what} is not an object`);
}

export function mustBeCallable(value: unknown, what: string): asserts value is (...args: unknown[]) => unknown {
  if (typeof value !== "function") throw new TypeError(`${what} is not a function`);
}

/** What stands for itself in an object of methods whose this can be anything. */
export function mustNotBeNullish(value: unknown, where: string): void {
  if (value === undefined || value === null) throw new TypeError(`${where} called on null or undefined`);
}

/** The method of a value, undefined if it has none. */
export function methodOf(value: unknown, key: PropertyKey): ((...args: unknown[]) => unknown) | undefined {
  const method = (value as Record<PropertyKey, unknown>)[key];
  if (method === undefined || method === null) return undefined;
  mustBeCallable(method, String(key));
  return method;
}

export function isConstructor(value: unknown): value is new (...args: unknown[]) => object {
  if (typeof value !== "function") return false;
  try {
    Reflect.construct(Object, [], value);
    return true;
  } catch {
    return false;
  }
}
