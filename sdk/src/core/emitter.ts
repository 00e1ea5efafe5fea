/** The handlers of one kind of event. */

import { reportError } from "./global";

export type Handler<T> = (data: T) => unknown;

interface Entry<T> {
  readonly handler: Handler<T>;
}

export class Emitter<T> {
  readonly #label: string;

  // Replaced with every change and never changed itself, so that a walk which
  // is under way keeps to the handlers it began with.
  #entries: readonly Entry<T>[] = [];

  /** The label begins the report of a handler that throws. */
  constructor(label: string) {
    this.#label = label;
  }

  get empty(): boolean {
    return this.#entries.length === 0;
  }

  /** Adds a handler, behind the others. The returned function takes it away again. */
  add(handler: Handler<T>): () => void {
    const entry = { handler };
    const entries: Entry<T>[] = [];
    for (let i = 0; i < this.#entries.length; i++) entries[i] = this.#entries[i]!;
    entries[entries.length] = entry;
    this.#entries = entries;
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#entries = [];
  }

  /**
   * Calls every handler in turn. One that throws, or whose promise rejects, is
   * reported. Returns whether there was any.
   */
  emit(data: T): boolean {
    const entries = this.#entries;
    for (let i = 0; i < entries.length; i++) {
      try {
        const result = entries[i]!.handler(data);
        if (result !== undefined) this.#watch(result);
      } catch (error) {
        reportError(`${this.#label} threw:`, error);
      }
    }
    return entries.length > 0;
  }

  #watch(result: unknown): void {
    if (result instanceof Promise) {
      result.then(undefined, (error: unknown) => reportError(`${this.#label} rejected:`, error));
    }
  }
}
