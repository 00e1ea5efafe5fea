/** Object.groupBy and Map.groupBy. */

import { defineMissing, isObject, mustBeCallable, mustNotBeNullish } from "./define";

type Callback = (value: unknown, index: number) => unknown;

function installGroupBy(): void {
  defineMissing(Object, {
    groupBy(items: Iterable<unknown>, callback: Callback): object {
      const result = Object.create(null) as Record<PropertyKey, unknown[]>;
      for (const [key, values] of groups(items, callback, propertyKey)) result[key as PropertyKey] = values;
      return result;
    },
  });
  defineMissing(Map, {
    groupBy: (items: Iterable<unknown>, callback: Callback) => groups(items, callback, (key) => key),
  });
}

function groups(items: Iterable<unknown>, callback: Callback, keyed: (key: unknown) => unknown): Map<unknown, unknown[]> {
  mustNotBeNullish(items, "groupBy");
  mustBeCallable(callback, "the callback of groupBy");
  const found = new Map<unknown, unknown[]>();
  let index = 0;
  for (const value of items) {
    const key = keyed(callback(value, index++));
    const group = found.get(key);
    if (group) group[group.length] = value;
    else found.set(key, [value]);
  }
  return found;
}

function propertyKey(key: unknown): unknown {
  if (typeof key === "string" || typeof key === "symbol") return key;
  return isObject(key) ? Reflect.ownKeys({ [key as never]: 0 })[0] : `${key as number}`;
}

script.exports = { groupBy: installGroupBy };
