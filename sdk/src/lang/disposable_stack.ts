/** DisposableStack and AsyncDisposableStack. */

import { defineTag, isObject, methodOf, mustBeCallable } from "./define";
import { SuppressedError } from "./suppressed_error";
import { asyncDispose, dispose } from "./symbols";

type Disposal = () => unknown;

/** What both stacks have: what is to be done, the last first. */
class Disposals {
  #list: Disposal[] | undefined = [];

  get disposed(): boolean {
    return this.#list === undefined;
  }

  add(disposal: Disposal): void {
    this.mustBeOpen().push(disposal);
  }

  mustBeOpen(): Disposal[] {
    if (!this.#list) throw new ReferenceError("the stack has been disposed of");
    return this.#list;
  }

  /** Ends the stack and hands over what there is to do. */
  close(): Disposal[] {
    const list = this.#list ?? [];
    this.#list = undefined;
    return list.reverse();
  }

  /** Gives what there is to do to another stack. */
  moveTo(other: Disposals): void {
    other.#list = this.mustBeOpen();
    this.#list = undefined;
  }
}

/** The errors of one disposal: each hides the one before it. */
class Failure {
  #error: { value: unknown } | undefined;

  add(value: unknown): void {
    this.#error = { value: this.#error ? new SuppressedError(value, this.#error.value) : value };
  }

  rethrow(): void {
    if (this.#error) throw this.#error.value;
  }
}

/** What disposes of a value by the method that one of the keys, the first best, names. */
function disposalOf(value: unknown, keys: readonly symbol[]): Disposal {
  if (!isObject(value)) throw new TypeError("what is to be disposed of is not an object");
  for (const key of keys) {
    const method = methodOf(value, key);
    if (!method) continue;
    if (key === asyncDispose || keys.length === 1) return () => method.call(value);
    return () => void method.call(value); // nobody waits for what isn't asynchronous
  }
  throw new TypeError(`what is to be disposed of has no [${keys[0]!.description!}]`);
}

class DisposableStack {
  #disposals = new Disposals();

  get disposed(): boolean {
    return this.#disposals.disposed;
  }

  dispose(): void {
    const failure = new Failure();
    for (const disposal of this.#disposals.close()) {
      try {
        disposal();
      } catch (error) {
        failure.add(error);
      }
    }
    failure.rethrow();
  }

  use<T>(value: T): T {
    this.#disposals.mustBeOpen();
    if (value === null || value === undefined) return value;
    this.#disposals.add(disposalOf(value, [dispose]));
    return value;
  }

  adopt<T>(value: T, onDispose: (value: T) => void): T {
    this.#disposals.mustBeOpen();
    mustBeCallable(onDispose, "onDispose");
    this.#disposals.add(() => onDispose(value));
    return value;
  }

  defer(onDispose: () => void): void {
    this.#disposals.mustBeOpen();
    mustBeCallable(onDispose, "onDispose");
    this.#disposals.add(() => onDispose());
  }

  move(): DisposableStack {
    const moved = new DisposableStack();
    this.#disposals.moveTo(moved.#disposals);
    return moved;
  }
}

class AsyncDisposableStack {
  #disposals = new Disposals();

  get disposed(): boolean {
    return this.#disposals.disposed;
  }

  async disposeAsync(): Promise<void> {
    const failure = new Failure();
    for (const disposal of this.#disposals.close()) {
      try {
        await disposal();
      } catch (error) {
        failure.add(error);
      }
    }
    failure.rethrow();
  }

  use<T>(value: T): T {
    this.#disposals.mustBeOpen();
    const nothing = value === null || value === undefined;
    this.#disposals.add(nothing ? () => undefined : disposalOf(value, [asyncDispose, dispose]));
    return value;
  }

  adopt<T>(value: T, onDispose: (value: T) => unknown): T {
    this.#disposals.mustBeOpen();
    mustBeCallable(onDispose, "onDisposeAsync");
    this.#disposals.add(() => onDispose(value));
    return value;
  }

  defer(onDispose: () => unknown): void {
    this.#disposals.mustBeOpen();
    mustBeCallable(onDispose, "onDisposeAsync");
    this.#disposals.add(() => onDispose());
  }

  move(): AsyncDisposableStack {
    const moved = new AsyncDisposableStack();
    this.#disposals.moveTo(moved.#disposals);
    return moved;
  }
}

for (const [prototype, key, name] of [
  [DisposableStack.prototype, dispose, "dispose"],
  [AsyncDisposableStack.prototype, asyncDispose, "disposeAsync"],
] as const) {
  const value = (prototype as unknown as Record<string, unknown>)[name];
  Reflect.defineProperty(prototype, key, { value, writable: true, enumerable: false, configurable: true });
}
defineTag(DisposableStack.prototype, "DisposableStack");
defineTag(AsyncDisposableStack.prototype, "AsyncDisposableStack");

script.exports = { DisposableStack: () => DisposableStack, AsyncDisposableStack: () => AsyncDisposableStack, SuppressedError: () => SuppressedError };
