/**
 * structuredClone. What is inside of what is copied later, from a stack of our own: no depth is
 * too much, and however large the value is, the host can end it.
 */

import { errors, isDataView, uncloneable, viewOf, wrappers, type View } from "./clone_kinds";
import { DOMException, isDOMException } from "./dom_exception";
import { dictionary, needs, shown } from "./interface";
import { kinds } from "./kinds";
import { native } from "./native";

const { classOf, detachBuffer, isDetached, shareBuffer } = native;
const { keys, hasOwn, getPrototypeOf, defineProperty } = Object;
const { apply } = Reflect;

/** An object whose copy is made, and what of it still has to be copied. */
interface Frame {
  readonly count: number;
  readonly copy: (step: number) => void;
  step: number;
}

class Copying {
  readonly #copies = new Map<object, object>();
  readonly #frames: Frame[] = [];
  readonly #transferred = new Set<ArrayBuffer>();

  transfer(buffers: Iterable<unknown>): void {
    for (const buffer of buffers) {
      if (typeof buffer !== "object" || buffer === null || classOf(buffer) !== "ArrayBuffer") throw refusal("only an ArrayBuffer can be transferred");
      if (this.#transferred.has(buffer as ArrayBuffer)) throw refusal("an ArrayBuffer is in the list of what to transfer twice");
      this.#transferred.add(buffer as ArrayBuffer);
    }
  }

  run(value: unknown): unknown {
    const copy = this.#copy(value);
    for (let frame = this.#frames.at(-1); frame !== undefined; frame = this.#frames.at(-1)) {
      if (frame.step === frame.count) this.#frames.pop();
      else frame.copy(frame.step++);
    }
    for (const buffer of this.#transferred) {
      if (isDetached(buffer)) throw refusal("a detached ArrayBuffer can't be transferred");
    }
    this.#transferred.forEach(detachBuffer);
    return copy;
  }

  #copy(value: unknown): unknown {
    if (typeof value === "symbol") throw refusal("a symbol can't be cloned");
    if (typeof value === "function") throw refusal(`the function ${String(value.name || "without a name").slice(0, 100)} can't be cloned`);
    if (typeof value !== "object" || value === null) return value;
    const known = this.#copies.get(value);
    if (known !== undefined) return known;
    const copy = this.#begin(value, classOf(value));
    this.#copies.set(value, copy);
    return copy;
  }

  /** Makes the copy, so far as it has no other values in it. */
  #begin(value: object, kind: string): object {
    switch (kind) {
      case "Object":
        return this.#plain(value);
      case "Array":
        return this.#array(value as unknown[]);
      case "Date":
        return new Date(apply(Date.prototype.getTime, value, []));
      case "RegExp":
        return new RegExp((value as RegExp).source, (value as RegExp).flags);
      case "Map":
        return this.#map(value as Map<unknown, unknown>);
      case "Set":
        return this.#set(value as Set<unknown>);
      case "ArrayBuffer":
        return this.#buffer(value as ArrayBuffer);
      case "Error":
        return this.#error(value as Error);
    }
    const wrapper = wrappers.get(kind);
    if (wrapper !== undefined) return Object(apply(wrapper.prototype.valueOf, value, []));
    const view = viewOf(value, kind);
    if (view === undefined) throw refusal(`a ${kind} can't be cloned`);
    return this.#view(value as Uint8Array, view);
  }

  #plain(value: object): object {
    const blob = kinds.blob?.copyOf(value);
    if (blob !== undefined) return blob;
    const prototype = getPrototypeOf(value);
    if (prototype === Object.prototype || prototype === null) return this.#properties(value, {});
    const tag = (value as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag];
    if (tag === "DataView" && isDataView(value)) return this.#view(value as never, DataView);
    const name = shown(value)?.name ?? (typeof tag === "string" && uncloneable.test(tag) ? tag : undefined);
    if (name !== undefined) throw refusal(`a ${name} can't be cloned`);
    return this.#properties(value, {});
  }

  #array(value: unknown[]): unknown[] {
    const copy: unknown[] = [];
    copy.length = value.length;
    return this.#properties(value, copy);
  }

  /** Copies an object's own properties that are enumerable, one a step. */
  #properties<T extends object>(value: object, copy: T): T {
    const names = keys(value);
    this.#later(names.length, (step) => {
      const name = names[step]!;
      if (hasOwn(value, name)) put(copy, name, this.#copy((value as Record<string, unknown>)[name]));
    });
    return copy;
  }

  #map(value: Map<unknown, unknown>): Map<unknown, unknown> {
    const copy = new Map<unknown, unknown>();
    const entries = [...apply(Map.prototype.entries, value, [])];
    this.#later(entries.length, (step) => copy.set(this.#copy(entries[step]![0]), this.#copy(entries[step]![1])));
    return copy;
  }

  #set(value: Set<unknown>): Set<unknown> {
    const copy = new Set<unknown>();
    const items = [...apply(Set.prototype.values, value, [])];
    this.#later(items.length, (step) => copy.add(this.#copy(items[step])));
    return copy;
  }

  /** One that is transferred shares its bytes with its copy until all else is done. */
  #buffer(value: ArrayBuffer): ArrayBuffer {
    if (isDetached(value)) throw refusal("a detached ArrayBuffer can't be cloned");
    return this.#transferred.has(value) ? shareBuffer(value) : value.slice(0);
  }

  #view(value: Uint8Array, type: View): object {
    if (isDetached(value.buffer as ArrayBuffer)) throw refusal("a view of a detached ArrayBuffer can't be cloned");
    const { byteOffset, byteLength, length = byteLength } = value;
    return new type(this.#copy(value.buffer) as ArrayBuffer, byteOffset, length);
  }

  #error(value: Error): Error {
    if (isDOMException(value)) return hidden(new DOMException(value.message, value.name), "stack", value.stack);
    const message = Object.getOwnPropertyDescriptor(value, "message")?.value;
    const copy = new (errors.get(`${value.name}`) ?? Error)(message === undefined ? undefined : `${message}`);
    if (typeof value.stack === "string") hidden(copy, "stack", value.stack);
    if (!hasOwn(value, "cause")) return copy;
    hidden(copy, "cause", undefined);
    this.#later(1, () => hidden(copy, "cause", this.#copy(value.cause)));
    return copy;
  }

  #later(count: number, copy: (step: number) => void): void {
    if (count > 0) this.#frames.push({ count, copy, step: 0 });
  }
}

// A method, so that it is no constructor.
export const { structuredClone } = {
  structuredClone<T>(value: T, options: { transfer?: unknown[] } | undefined = undefined): T {
    needs("structuredClone", 1, arguments.length);
    const copying = new Copying();
    const { transfer } = dictionary("structuredClone", options);
    if (transfer !== undefined) copying.transfer(transfer);
    return copying.run(value) as T;
  },
};

const refusal = (text: string): DOMException => {
  return new DOMException(text, "DataCloneError");
};

/** Sets a property that no setter, such as that of __proto__, may see. */
const put = (object: object, name: string, value: unknown): void => {
  if (name !== "__proto__") (object as Record<string, unknown>)[name] = value;
  else defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
};

const hidden = <T extends Error>(error: T, name: string, value: unknown): T => {
  return defineProperty(error, name, { value, writable: true, enumerable: false, configurable: true });
};
