/** Array.fromAsync. */

import { defineMissing, isConstructor, isObject, methodOf, mustBeCallable, mustBeObject } from "./define";
import { asyncIterator } from "./symbols";

type Mapper = (value: unknown, index: number) => unknown;
type List = Record<number, unknown> & { length: number };
type Steps = { iterator: object; next: (...args: unknown[]) => unknown; sync: boolean };

function installFromAsync(): void {
  defineMissing(Array, {
    fromAsync(this: unknown, items: unknown, mapper: Mapper | undefined = undefined, thisArg: unknown = undefined) {
      return collect(this, items, mapper, thisArg);
    },
  });
}

async function collect(type: unknown, items: unknown, mapper: Mapper | undefined, thisArg: unknown): Promise<unknown> {
  if (mapper !== undefined) mustBeCallable(mapper, "the mapper of Array.fromAsync");
  const steps = iterate(items);
  if (!steps) return fromList(type, Object(items) as ArrayLike<unknown>, mapper, thisArg);
  const list = (isConstructor(type) ? new type() : []) as List;
  for (let index = 0; ; index++) {
    const result = await steps.next.call(steps.iterator);
    mustBeObject(result, "an iterator's result");
    if ((result as IteratorResult<unknown>).done) {
      list.length = index;
      return list;
    }
    await closing(steps, async () => {
      let value = (result as IteratorResult<unknown>).value;
      if (steps.sync) value = await value;
      if (mapper) value = await mapper.call(thisArg, value, index);
      put(list, index, value);
    });
  }
}

function iterate(items: unknown): Steps | undefined {
  let method = methodOf(items, asyncIterator);
  const sync = method === undefined;
  if (sync) method = methodOf(items, Symbol.iterator);
  if (!method) return undefined;
  const iterator = method.call(items);
  mustBeObject(iterator, "an iterator");
  return { iterator, next: (iterator as Iterator<unknown>).next as never, sync };
}

async function fromList(type: unknown, items: ArrayLike<unknown>, mapper: Mapper | undefined, thisArg: unknown): Promise<unknown> {
  const length = Math.min(Math.max(Math.trunc(Number(items.length)) || 0, 0), Number.MAX_SAFE_INTEGER);
  const list = (isConstructor(type) ? new type(length) : new Array(length)) as List;
  for (let index = 0; index < length; index++) {
    let value = await items[index];
    if (mapper) value = await mapper.call(thisArg, value, index);
    put(list, index, value);
  }
  list.length = length;
  return list;
}

function put(list: object, index: number, value: unknown): void {
  const done = Reflect.defineProperty(list, index, { value, writable: true, enumerable: true, configurable: true });
  if (!done) throw new TypeError(`element ${index} can't be defined`);
}

/** Closes the iterator if a step with one of its values fails. */
async function closing(steps: Steps, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    try {
      const result = methodOf(steps.iterator, "return")?.call(steps.iterator);
      if (isObject(result)) await result;
    } catch {
      // The first error counts.
    }
    throw error;
  }
}

script.exports = { fromAsync: installFromAsync };
