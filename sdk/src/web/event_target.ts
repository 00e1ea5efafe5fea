/** EventTarget, without a tree: an event has one target, and capturing listeners come first. */

import { reportError } from "../core/global";
import { dispatchOf, type Event } from "./event";
import { expose, needs, showing } from "./interface";

export type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

export interface ListenerOptions {
  capture?: boolean;
  once?: boolean;
  passive?: boolean;
  signal?: Signal;
}

/** What a listener is removed by: an AbortSignal. */
interface Signal {
  readonly aborted: boolean;
  addEventListener(type: string, listener: () => void, options: { once: boolean }): void;
}

interface Entry {
  readonly type: string;
  readonly listener: Listener;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  removed: boolean;
}

/** Dispatches an event of the host's own. */
export let dispatchTrusted: (target: EventTarget, event: Event) => void;

/** Has a function called whenever a listener comes or goes, with whether there are any. */
export let watchListeners: (target: EventTarget, changed: (some: boolean) => void) => void;

export class EventTarget {
  #entries: Entry[] = [];
  #changed: ((some: boolean) => void) | undefined;

  static {
    watchListeners = (target, changed) => {
      target.#changed = changed;
    };
    dispatchTrusted = (target, event) => {
      dispatchOf(event).trusted = true;
      target.#dispatch(event);
    };
    showing((object) => (#entries in object ? { name: "EventTarget" } : undefined));
  }

  addEventListener(type: string, listener: Listener | null, options?: boolean | ListenerOptions): void {
    needs("addEventListener", 2, arguments.length);
    if (!isListener(listener)) return;
    const { capture, once, passive, signal } = flatten(options);
    this.#entries; // the brand is checked before anything happens
    if (signal !== undefined && signal.aborted) return;
    type = `${type}`;
    if (this.#find(type, listener, capture) !== undefined) return;
    const entry: Entry = { type, listener, capture, once, passive, removed: false };
    this.#entries.push(entry);
    this.#changed?.(true);
    signal?.addEventListener("abort", () => this.#remove(entry), { once: true });
  }

  removeEventListener(type: string, listener: Listener | null, options?: boolean | ListenerOptions): void {
    needs("removeEventListener", 2, arguments.length);
    if (!isListener(listener)) return;
    const capture = typeof options === "object" && options !== null ? Boolean(options.capture) : Boolean(options);
    const entry = this.#find(`${type}`, listener, capture);
    if (entry !== undefined) this.#remove(entry);
  }

  /** Calls the listeners in order of registration; reports whether none has prevented the default. */
  dispatchEvent(event: Event): boolean {
    needs("dispatchEvent", 1, arguments.length);
    const dispatch = dispatchOf(event);
    if (dispatch.underWay) throw invalidState();
    dispatch.trusted = false;
    return this.#dispatch(event);
  }

  #dispatch(event: Event): boolean {
    const dispatch = dispatchOf(event);
    dispatch.target = this;
    dispatch.underWay = true;
    const entries = this.#entries.filter((entry) => entry.type === event.type);
    for (const capture of [true, false]) {
      if (dispatch.stopped) break;
      for (let i = 0; i < entries.length && !dispatch.stoppedAtOnce; i++) {
        if (entries[i]!.capture === capture) this.#call(entries[i]!, event);
      }
    }
    dispatch.underWay = dispatch.stopped = dispatch.stoppedAtOnce = false;
    return !event.defaultPrevented;
  }

  #call(entry: Entry, event: Event): void {
    const { listener } = entry;
    if (entry.removed) return;
    if (entry.once) this.#remove(entry);
    const dispatch = dispatchOf(event);
    dispatch.passive = entry.passive;
    try {
      if (typeof listener === "function") Reflect.apply(listener, this, [event]);
      else listener.handleEvent(event);
    } catch (error) {
      reportError(`listener of the ${event.type} event threw:`, error);
    }
    dispatch.passive = false;
  }

  #find(type: string, listener: Listener, capture: boolean): Entry | undefined {
    return this.#entries.find((e) => e.type === type && e.listener === listener && e.capture === capture);
  }

  #remove(entry: Entry): void {
    entry.removed = true;
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.#changed?.(this.#entries.length > 0);
  }
}

expose(EventTarget, "EventTarget");

const isListener = (listener: unknown): listener is Listener => {
  if (listener === null || listener === undefined) return false;
  if (typeof listener === "function" || typeof listener === "object") return true;
  throw new TypeError("a listener must be a function or an object with handleEvent");
};

const flatten = (options: boolean | ListenerOptions | null | undefined) => {
  if (typeof options !== "object" || options === null) {
    return { capture: Boolean(options), once: false, passive: false, signal: undefined };
  }
  const { capture, once, passive, signal } = options;
  if (signal !== undefined && typeof signal?.addEventListener !== "function") {
    throw new TypeError("addEventListener needs an AbortSignal as signal");
  }
  return { capture: Boolean(capture), once: Boolean(once), passive: Boolean(passive), signal };
};

// esbuild makes a module that is only ever required run at its first require.
declare function require(id: "./dom_exception"): typeof import("./dom_exception");

const invalidState = (): Error => {
  const { DOMException } = require("./dom_exception");
  return new DOMException("the event is already being dispatched", "InvalidStateError");
};
