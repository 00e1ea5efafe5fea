/** AbortController and AbortSignal: calling off what is under way. */

import { DOMException } from "./dom_exception";
import { Event } from "./event";
import type { EventHandlers } from "./event_handler";
import { dispatchTrusted, EventTarget, watchListeners } from "./event_target";
import { expose, needs, showing } from "./interface";
import { native } from "./native";

// Only needed for onabort.
declare function load(id: "./event_handler"): typeof import("./event_handler");

// Signals are made by the functions below only.
const internal = Symbol("AbortSignal");

/** The longest time that a timer can have. */
const longest = 2 ** 31 - 1;

/** Counts what happens to signals. */
let events = 0;

/** Has a function called once the signal is aborted, before its event, and returns a function that takes that back. */
export let whenAborted: (signal: AbortSignal, run: () => void) => () => void;

export let isSignal: (value: unknown) => value is AbortSignal;

let abortSignal: (signal: AbortSignal, reason: unknown) => void;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown;
  #handlers: EventHandlers | undefined; // that of onabort, once it was set
  #order = 0; // of its end, or of the birth of one that depends on others
  #sources: AbortSignal[] | undefined; // of one that depends on others: those that don't
  #dependents = new Set<AbortSignal>(); // that somebody listens to; the others ask when they are asked
  #steps: (() => void)[] = []; // of the host's own
  #heard = false; // whether there are listeners

  static {
    abortSignal = (signal, reason) => signal.#abort(reason);
    whenAborted = (signal, run) => signal.#when(run);
    isSignal = (value): value is AbortSignal => typeof value === "object" && value !== null && #aborted in value;
    showing((object) => (#aborted in object ? { name: "AbortSignal", fields: [["aborted", (object as AbortSignal).#isAborted()]] } : undefined));
  }

  constructor(key?: unknown) {
    if (key !== internal) throw new TypeError("AbortSignal can't be constructed: use AbortController");
    super();
  }

  /** A signal that is aborted already. */
  static abort(reason: unknown = undefined): AbortSignal {
    const signal = newSignal();
    signal.#abort(reason);
    return signal;
  }

  /** A signal that is aborted after some milliseconds, for which nobody waits. */
  static timeout(ms: number): AbortSignal {
    needs("AbortSignal.timeout", 1, arguments.length);
    const asked = Math.trunc(Number(ms));
    if (!(asked >= 0 && asked <= Number.MAX_SAFE_INTEGER)) throw new TypeError("AbortSignal.timeout needs milliseconds from 0 on");
    const signal = newSignal();
    const wait = (left: number): void =>
      native.later(() => {
        if (left > longest) wait(left - longest);
        else signal.#abort(new DOMException("The operation was aborted due to timeout", "TimeoutError"));
      }, Math.min(left, longest));
    wait(asked);
    return signal;
  }

  /** A signal that is aborted as soon as one of the others is. */
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    needs("AbortSignal.any", 1, arguments.length);
    if (typeof signals !== "object" && typeof signals !== "function") throw new TypeError("AbortSignal.any needs signals that can be iterated");
    const given = [...signals];
    if (!given.every(isSignal)) throw new TypeError("AbortSignal.any takes signals only");
    const signal = newSignal();
    const first = given.find((source) => source.#isAborted());
    if (first !== undefined) {
      signal.#aborted = true;
      signal.#reason = first.#reason;
      return signal;
    }
    signal.#sources = [...new Set(given.flatMap((source) => source.#sources ?? [source]))];
    signal.#order = ++events;
    watchListeners(signal, (some) => {
      signal.#heard = some;
      signal.#listen();
    });
    return signal;
  }

  get aborted(): boolean {
    return this.#isAborted();
  }

  get reason(): unknown {
    this.#isAborted();
    return this.#reason;
  }

  throwIfAborted(): void {
    if (this.#isAborted()) throw this.#reason;
  }

  get onabort(): object | null {
    this.#aborted; // the brand
    return this.#handlers?.get("abort") ?? null;
  }

  set onabort(handler: unknown) {
    this.#handlers ??= new (load("./event_handler").EventHandlers)(this);
    this.#handlers.set("abort", handler);
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    const following = [...this.#dependents].sort((a, b) => a.#order - b.#order);
    this.#order = ++events;
    this.#become(reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason);
    for (const signal of following) signal.#become(this.#reason);
    for (const signal of [this, ...following]) {
      const steps = signal.#steps;
      signal.#steps = [];
      for (const step of steps) step();
      dispatchTrusted(signal, new Event("abort"));
    }
  }

  #become(reason: unknown): void {
    this.#aborted = true;
    this.#reason = reason;
    for (const source of this.#sources ?? []) source.#dependents.delete(this);
    this.#sources = undefined;
    this.#dependents.clear();
  }

  #isAborted(): boolean {
    if (this.#aborted || this.#sources === undefined) return this.#aborted;
    const [first] = this.#sources.filter((source) => source.#aborted).sort((a, b) => a.#order - b.#order);
    if (first !== undefined) this.#become(first.#reason);
    return this.#aborted;
  }

  #when(run: () => void): () => void {
    const step = (): void => run(); // one that is no other's
    this.#steps.push(step);
    this.#listen();
    return () => {
      this.#steps = this.#steps.filter((other) => other !== step);
      this.#listen();
    };
  }

  #listen(): void {
    for (const source of this.#sources ?? []) {
      if (this.#heard || this.#steps.length > 0) source.#dependents.add(this);
      else source.#dependents.delete(this);
    }
  }
}

export class AbortController {
  readonly #signal = newSignal();

  static {
    showing((object) => (#signal in object ? { name: "AbortController", fields: [["signal", (object as AbortController).#signal]] } : undefined));
  }

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason: unknown = undefined): void {
    abortSignal(this.#signal, reason);
  }
}

expose(AbortSignal, "AbortSignal");
expose(AbortController, "AbortController");

// Not within the class: a class that names itself loses its name when bundled.
const newSignal = (): AbortSignal => {
  return new AbortSignal(internal);
};
