/** The handlers of one kind of event: functions instead of a class, which costs each extension more. */

import { part } from "./host";

type Reports = typeof import("./global");

export type Handler<T> = (data: T) => unknown;

interface Entry {
  readonly handler: Handler<any>;
}

export interface Handlers {
  /** Begins the report of a handler that throws. */
  readonly label: string;

  /**
   * Replaced with every change and never changed itself, so that a walk which
   * is under way keeps to the handlers it began with.
   */
  entries: readonly Entry[];
}

/** Adds a handler, behind the others. The returned function takes it away again. */
export function add(handlers: Handlers, handler: Handler<any>): () => void {
  const entry = { handler };
  const entries: Entry[] = [];
  for (let i = 0; i < handlers.entries.length; i++) entries[i] = handlers.entries[i]!;
  entries[entries.length] = entry;
  handlers.entries = entries;
  return () => {
    handlers.entries = handlers.entries.filter((other) => other !== entry);
  };
}

/**
 * Calls every handler in turn. One that throws, or whose promise rejects, is
 * reported. Returns whether there was any.
 */
export function emit(handlers: Handlers, data: unknown): boolean {
  const { entries } = handlers;
  for (let i = 0; i < entries.length; i++) {
    try {
      const result = entries[i]!.handler(data);
      if (result !== undefined && result instanceof Promise) part<Reports>("global").watch(handlers.label, result);
    } catch (error) {
      part<Reports>("global").reportError(`${handlers.label} threw:`, error);
    }
  }
  return entries.length > 0;
}
