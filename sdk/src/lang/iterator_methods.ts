/** The methods of all iterators. */

import { defineMissing, mustBeCallable, mustBeObject } from "./define";
import { direct, finish, flattened, guarded, Iterator, step } from "./iterator";
import { flattening, helper } from "./iterator_helper";
import { iteratorPrototype } from "./prototypes";

type Callback = (value: unknown, index: number) => unknown;

/** Refuses what a method is called on and with; bad arguments end the iterator. */
function check(iterator: unknown, callback: unknown): asserts iterator is object {
  mustBeObject(iterator, "the iterator");
  guarded(iterator, () => mustBeCallable(callback, "the callback"));
}

function limitOf(iterator: unknown, limit: unknown): number {
  mustBeObject(iterator, "the iterator");
  return guarded(iterator, () => {
    const count = Number(limit);
    if (Number.isNaN(count) || Math.trunc(count) < 0) throw new RangeError(`${String(limit)} is no number of values`);
    return Math.trunc(count);
  });
}

/** Runs visit with each value, until it returns a result; then the iterator is ended. */
function visitAll<T>(iterator: object, visit: (value: unknown, index: number) => { result: T } | undefined): { result: T } | undefined {
  const source = direct(iterator);
  for (let index = 0; ; index++) {
    const next = step(source);
    if (!next) return undefined;
    const found = guarded(iterator, () => visit(next.value, index));
    if (found) {
      finish(iterator);
      return found;
    }
  }
}

const lazy = {
  map(this: unknown, mapper: Callback): object {
    check(this, mapper);
    let index = 0;
    return helper(this, (source) => {
      const next = step(source);
      return next && { value: guarded(source.iterator, () => mapper(next.value, index++)) };
    });
  },
  filter(this: unknown, test: Callback): object {
    check(this, test);
    let index = 0;
    return helper(this, (source) => {
      for (let next = step(source); next; next = step(source)) {
        const { value } = next;
        if (guarded(source.iterator, () => test(value, index++))) return next;
      }
      return undefined;
    });
  },
  take(this: unknown, limit: number): object {
    let left = limitOf(this, limit);
    return helper(this as object, (source) => {
      if (left-- > 0) return step(source);
      finish(source.iterator);
      return undefined;
    });
  },
  drop(this: unknown, limit: number): object {
    let left = limitOf(this, limit);
    return helper(this as object, (source) => {
      for (; left > 0; left--) if (!step(source)) return undefined;
      return step(source);
    });
  },
  flatMap(this: unknown, mapper: Callback): object {
    check(this, mapper);
    const outer = this;
    let index = 0;
    return flattening(outer, (value) => guarded(outer, () => flattened(mapper(value, index++), false)));
  },
};

const eager = {
  reduce(this: unknown, reducer: (memo: unknown, value: unknown, index: number) => unknown, ...initial: unknown[]): unknown {
    check(this, reducer);
    const source = direct(this);
    let first = initial.length > 0 ? { value: initial[0] } : step(source);
    if (!first) throw new TypeError("reduce of an empty iterator needs an initial value");
    let memo = first.value;
    for (let index = initial.length > 0 ? 0 : 1; (first = step(source)); index++) {
      const { value } = first;
      memo = guarded(this, () => reducer(memo, value, index));
    }
    return memo;
  },
  toArray(this: unknown): unknown[] {
    mustBeObject(this, "the iterator");
    const values: unknown[] = [];
    visitAll(this, (value) => void (values[values.length] = value));
    return values;
  },
  forEach(this: unknown, callback: Callback): void {
    check(this, callback);
    visitAll(this, (value, index) => void callback(value, index));
  },
  some(this: unknown, test: Callback): boolean {
    check(this, test);
    return visitAll(this, (value, index) => (test(value, index) ? { result: true } : undefined)) !== undefined;
  },
  every(this: unknown, test: Callback): boolean {
    check(this, test);
    return visitAll(this, (value, index) => (test(value, index) ? undefined : { result: false })) === undefined;
  },
  find(this: unknown, test: Callback): unknown {
    check(this, test);
    return visitAll(this, (value, index) => (test(value, index) ? { result: value } : undefined))?.result;
  },
};

function install(): void {
  defineMissing(iteratorPrototype, lazy);
  defineMissing(iteratorPrototype, eager);
  Reflect.defineProperty((iteratorPrototype as typeof eager).reduce, "length", { value: 1, configurable: true });
}

script.exports = {
  iterator: install,
  Iterator() {
    install();
    return Iterator;
  },
};
