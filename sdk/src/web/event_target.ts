/** EventTarget, without a tree: an event has one target, and capturing listeners come first. */

import { reportError } from "../core/global";
import type { Dispatch, Event } from "./event";
import { expose, needs, showing } from "./interface";
import type { Step } from "./native";

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

/** The same for the host to go through, which runs promise reactions between the listeners; `then` comes after them. */
export let dispatchInSteps: (target: EventTarget, event: Event, then?: Step) => Step;

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
    dispatchInSteps = (target, event, then) => {
      dispatchOf(event).trusted = true;
      return target.#begin(event, then);
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
    for (let step = this.#begin(event, undefined); step !== undefined; ) step = step();
    return !event.defaultPrevented;
  }

  #begin(event: Event, then: Step): Step {
    const dispatch = dispatchOf(event);
    dispatch.target = this;
    dispatch.underWay = true;
    const { type } = event;
    const entries: Entry[] = [];
    let captures = false;
    for (let i = 0; i < this.#entries.length; i++) {
      const entry = this.#entries[i]!;
      if (entry.type !== type) continue;
      entries.push(entry);
      captures ||= entry.capture;
    }
    if (captures) entries.sort((a, b) => Number(b.capture) - Number(a.capture));
    return this.#next(event, entries, 0, then);
  }

  /** Calls the next listener, and returns how the dispatch goes on, or what comes after it. */
  #next(event: Event, entries: readonly Entry[], i: number, then: Step): Step {
    const dispatch = dispatchOf(event);
    for (; i < entries.length && !dispatch.stoppedAtOnce; i++) {
      const entry = entries[i]!;
      if (dispatch.stopped && (i === 0 || entries[i - 1]!.capture !== entry.capture)) break;
      if (entry.removed) continue;
      this.#call(entry, event);
      if (i + 1 < entries.length) return () => this.#next(event, entries, i + 1, then);
    }
    dispatch.underWay = dispatch.stopped = dispatch.stoppedAtOnce = false;
    return then;
  }

  #call(entry: Entry, event: Event): void {
    const { listener } = entry;
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

// Without an event nothing of that is needed.
declare function load(id: "./event"): typeof import("./event");
declare function load(id: "./dom_exception"): typeof import("./dom_exception");

let dispatchOf = (event: Event): Dispatch => {
  dispatchOf = load("./event").dispatchOf;
  return dispatchOf(event);
};

const invalidState = (): Error => {
  const { DOMException } = load("./dom_exception");
  return new DOMException("the event is already being dispatched", "InvalidStateError");
};
