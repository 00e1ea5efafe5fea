/** Handlers with what few of them need. */

import { add, emit, type Handler, type Handlers } from "./handlers";

export class Emitter<T> {
  readonly #handlers: Handlers;

  /** The label begins the report of a handler that throws. There may be handlers already, which it takes over. */
  constructor(label: string, handlers: Handlers = { label, entries: [] }) {
    this.#handlers = handlers;
  }

  get empty(): boolean {
    return this.#handlers.entries.length === 0;
  }

  /** Adds a handler, behind the others. The returned function takes it away again. */
  add(handler: Handler<T>): () => void {
    return add(this.#handlers, handler);
  }

  clear(): void {
    this.#handlers.entries = [];
  }

  /** Calls every handler in turn; returns whether there was any. */
  emit(data: T): boolean {
    return emit(this.#handlers, data);
  }
}
