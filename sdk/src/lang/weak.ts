/** WeakRef and FinalizationRegistry, on the garbage collector of the host. */

import { defineTag, isObject, mustBeCallable } from "./define";
import type { Native } from "./native";

/** Refuses what can't be collected. Symbols aren't taken, although the language does since ES2023. */
function mustBeWeakable(value: unknown, where: string): asserts value is object {
  if (!isObject(value)) throw new TypeError(`${where}: the target must be an object`);
}

function makeWeakRef(native: Native): object {
  class WeakRef<T extends object> {
    #deref: () => T | undefined;

    constructor(target: T) {
      mustBeWeakable(target, "WeakRef");
      this.#deref = native.weak(target);
    }

    deref(): T | undefined {
      return this.#deref();
    }
  }
  defineTag(WeakRef.prototype, "WeakRef");
  return WeakRef;
}

interface Cell {
  readonly held: unknown;
  readonly token: (() => object | undefined) | undefined;
}

function makeFinalizationRegistry(native: Native): object {
  class FinalizationRegistry {
    #cells = new Map<number, Cell>();
    #last = 0;
    #run: (id: number) => void;

    constructor(cleanup: (held: unknown) => void) {
      mustBeCallable(cleanup, "the callback of a FinalizationRegistry");
      this.#run = (id) => {
        const cell = this.#cells.get(id);
        if (this.#cells.delete(id)) cleanup(cell!.held);
      };
    }

    register(target: object, held: unknown, token?: unknown): void {
      mustBeWeakable(target, "FinalizationRegistry.register");
      if (target === held) throw new TypeError("FinalizationRegistry.register: a target that is held is never collected");
      if (token !== undefined) mustBeWeakable(token, "FinalizationRegistry.register");
      this.#cells.set(++this.#last, { held, token: token === undefined ? undefined : native.weak(token) });
      native.watch(target, this.#run, this.#last);
    }

    unregister(token: object): boolean {
      mustBeWeakable(token, "FinalizationRegistry.unregister");
      const { size } = this.#cells;
      for (const [id, cell] of this.#cells) if (cell.token?.() === token) this.#cells.delete(id);
      return this.#cells.size < size;
    }
  }
  Reflect.defineProperty(FinalizationRegistry.prototype.register, "length", { value: 2, configurable: true });
  defineTag(FinalizationRegistry.prototype, "FinalizationRegistry");
  return FinalizationRegistry;
}

script.exports = { WeakRef: makeWeakRef, FinalizationRegistry: makeFinalizationRegistry };
