/** The globals of the host that are not the bridge: the console and the timer. */

interface HostGlobals {
  setImmediate?: (callback: () => void) => unknown;
  setTimeout?: (callback: () => void, ms: number) => unknown;
  clearTimeout?: (timer: unknown) => void;
  console?: { error(...args: unknown[]): void; warn(...args: unknown[]): void };
}

const globals = globalThis as unknown as HostGlobals;

/** The longest time that a timer can have: the host runs one with more at once. */
const longest = 2 ** 31 - 1;

/**
 * Runs the callback after some milliseconds, however many, in a turn of its own: after all
 * promise reactions of this one. A host without timers gets it in a microtask.
 */
export function later(callback: () => void, ms: number): void {
  if (typeof globals.setTimeout !== "function") Promise.resolve().then(callback);
  else if (ms > longest) globals.setTimeout(() => later(callback, ms - longest), longest);
  else globals.setTimeout(callback, ms);
}

/**
 * Runs the callback after some milliseconds, as far as a timer goes, in a turn of
 * its own, unless the function that it returns is called before.
 */
export function alarm(callback: () => void, ms: number): () => void {
  const timer = globals.setTimeout?.(callback, Math.min(ms, longest));
  return () => globals.clearTimeout?.(timer);
}

/** Runs the callback in a turn of its own, as soon as there is one. */
export function nextTurn(callback: () => void): void {
  if (typeof globals.setImmediate === "function") globals.setImmediate(callback);
  else later(callback, 0);
}

/** Reports a failure of the extension's own code; the host prints stacks of errors. */
export function reportError(text: string, error: unknown): void {
  try {
    globals.console?.error(text, error);
  } catch {
    // The extension has replaced its console by something that throws.
  }
}

/** Reports when a promise rejects that something of the extension's own has returned. */
export function watch(label: string, promise: Promise<unknown>): void {
  promise.then(undefined, (error: unknown) => reportError(`${label} rejected:`, error));
}

/** Reports what went wrong outside the extension. */
export function reportFailure(text: string): void {
  try {
    globals.console?.error(text);
  } catch {
    // As above.
  }
}

export function reportWarning(text: string): void {
  try {
    globals.console?.warn(text);
  } catch {
    // As above.
  }
}
