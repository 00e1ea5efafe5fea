/** Values by their keys. */

interface Entry<V> {
  readonly key: unknown;
  readonly value: V;
}

/** How many entries are looked through one by one. */
const maxFew = 16;

/**
 * A Map that is made only for what are more than a few entries: the first Map of
 * an extension costs it more than all that most of them ever keep.
 */
export class Table<V> {
  readonly #few: Entry<V>[] = [];
  #many: Map<unknown, V> | undefined;

  get(key: unknown): V | undefined {
    for (let i = 0; i < this.#few.length; i++) {
      const entry = this.#few[i]!;
      if (entry.key === key) return entry.value;
    }
    return this.#many?.get(key);
  }

  set(key: unknown, value: V): void {
    this.delete(key);
    if (this.#few.length < maxFew) this.#few[this.#few.length] = { key, value };
    else (this.#many ??= new Map()).set(key, value);
  }

  delete(key: unknown): void {
    const last = this.#few.length - 1;
    for (let i = 0; i <= last; i++) {
      if (this.#few[i]!.key !== key) continue;
      this.#few[i] = this.#few[last]!;
      this.#few.length = last;
      return;
    }
    this.#many?.delete(key);
  }
}
