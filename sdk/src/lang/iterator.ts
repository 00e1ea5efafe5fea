/** The global Iterator: the class that all iterators of the language derive from. */

import { defineMissing, isObject, methodOf, mustBeCallable, mustBeObject } from "./define";
import { iteratorPrototype } from "./prototypes";

/** An iterator, and its next as it was when it was first looked at. */
export interface Direct {
  readonly iterator: object;
  readonly next: unknown;
}

export function direct(iterator: object): Direct {
  return { iterator, next: (iterator as Iterator<unknown>).next };
}

/** The next result; undefined if there is none. */
export function step({ iterator, next }: Direct): { value: unknown } | undefined {
  mustBeCallable(next, "next");
  const result = next.call(iterator);
  mustBeObject(result, "an iterator's result");
  return (result as IteratorResult<unknown>).done ? undefined : { value: (result as IteratorResult<unknown>).value };
}

/** Ends an iterator because of an error, which counts more than what the ending throws. */
export function abandon(iterator: object, error: unknown): never {
  try {
    methodOf(iterator, "return")?.call(iterator);
  } catch {
    // As said.
  }
  throw error;
}

/** Ends an iterator that isn't needed any more. */
export function finish(iterator: object): void {
  const end = methodOf(iterator, "return");
  if (end) mustBeObject(end.call(iterator), "what return returned");
}

/** Runs a step that takes a value of an iterator, and ends the iterator if it fails. */
export function guarded<T>(iterator: object, run: () => T): T {
  try {
    return run();
  } catch (error) {
    return abandon(iterator, error);
  }
}

/** The iterator of an object, or the object as one. */
export function flattened(value: unknown, strings: boolean): Direct {
  if (!isObject(value) && !(strings && typeof value === "string")) throw new TypeError(`${String(value)} is not an object`);
  const method = methodOf(value, Symbol.iterator);
  const iterator = method ? method.call(value) : value;
  mustBeObject(iterator, "an iterator");
  return direct(iterator);
}

function IteratorClass(this: object): void {
  if (new.target === undefined || new.target === (IteratorClass as unknown)) throw new TypeError("Iterator can only be derived from");
}

const wrapped = new WeakMap<object, Direct>();

const wrapPrototype = Object.create(iteratorPrototype) as object;

defineMissing(wrapPrototype, {
  next(this: object): unknown {
    const { iterator, next } = mustBeWrapped(this);
    mustBeCallable(next, "next");
    return next.call(iterator);
  },
  return(this: object): unknown {
    const { iterator } = mustBeWrapped(this);
    const end = methodOf(iterator, "return");
    return end ? end.call(iterator) : { value: undefined, done: true };
  },
});

function mustBeWrapped(value: object): Direct {
  const found = wrapped.get(value);
  if (!found) throw new TypeError("not an iterator that Iterator.from made");
  return found;
}

/** A property that can be set in what inherits it, although it can't be changed here. */
function weakProperty(key: PropertyKey, value: unknown): void {
  Reflect.defineProperty(iteratorPrototype, key, {
    get: () => value,
    set(this: unknown, given: unknown) {
      mustBeObject(this, "what the property is set of");
      if (this === iteratorPrototype) throw new TypeError(`${String(key)} can't be changed`);
      if (Object.hasOwn(this, key)) (this as Record<PropertyKey, unknown>)[key] = given;
      else Reflect.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
    },
    configurable: true,
  });
}

Reflect.defineProperty(IteratorClass, "name", { value: "Iterator", configurable: true });
Reflect.defineProperty(IteratorClass, "prototype", { value: iteratorPrototype, writable: false });
weakProperty("constructor", IteratorClass);
weakProperty(Symbol.toStringTag, "Iterator");
defineMissing(IteratorClass, {
  from(value: unknown): object {
    const found = flattened(value, true);
    if (iteratorPrototype.isPrototypeOf(found.iterator)) return found.iterator;
    const wrap = Object.create(wrapPrototype) as object;
    wrapped.set(wrap, found);
    return wrap;
  },
});

export const Iterator = IteratorClass;
