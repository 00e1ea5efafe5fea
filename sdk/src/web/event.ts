/** Event and EventTarget, without a tree: an event has one target and no phases. */

import { reportError } from "../core/global";

export interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

export type Listener = ((event: Event) => unknown) | { handleEvent(event: Event): unknown };

export interface ListenerOptions {
  capture?: boolean;
  once?: boolean;
  passive?: boolean;
  signal?: EventTarget & { readonly aborted: boolean };
}

/** What EventTarget writes to while it dispatches an event. */
interface Dispatch {
  target: EventTarget | null;
  underWay: boolean;
  stopped: boolean;
}

let dispatchOf: (event: Event) => Dispatch;

export class Event {
  readonly type: string;
  readonly bubbles: boolean;
  readonly cancelable: boolean;
  readonly composed: boolean;
  readonly timeStamp = Date.now();
  readonly #dispatch: Dispatch = { target: null, underWay: false, stopped: false };
  #prevented = false;

  static {
    dispatchOf = (event) => event.#dispatch;
  }

  constructor(type: string, init: EventInit = {}) {
    if (arguments.length === 0) throw new TypeError("Event needs a type");
    this.type = String(type);
    this.bubbles = Boolean(init.bubbles);
    this.cancelable = Boolean(init.cancelable);
    this.composed = Boolean(init.composed);
  }

  get target(): EventTarget | null {
    return this.#dispatch.target;
  }

  get currentTarget(): EventTarget | null {
    return this.#dispatch.underWay ? this.#dispatch.target : null;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  preventDefault(): void {
    if (this.cancelable) this.#prevented = true;
  }

  stopPropagation(): void {
    // There is nowhere to go on to.
  }

  stopImmediatePropagation(): void {
    this.#dispatch.stopped = true;
  }

  get [Symbol.toStringTag](): string {
    return "Event";
  }
}

interface Entry {
  readonly type: string;
  readonly listener: Listener;
  readonly capture: boolean;
  readonly once: boolean;
  removed: boolean;
}

export class EventTarget {
  #entries: Entry[] = [];

  addEventListener(type: string, listener: Listener | null, options?: boolean | ListenerOptions): void {
    if (listener === null || listener === undefined) return;
    if (typeof listener !== "function" && typeof listener !== "object") {
      throw new TypeError("addEventListener needs a function or an object with handleEvent");
    }
    const { once, signal } = typeof options === "object" && options !== null ? options : ({} as ListenerOptions);
    const capture = captures(options);
    if (signal?.aborted || this.#find(type, listener, capture) !== undefined) return;
    this.#entries.push({ type: String(type), listener, capture, once: Boolean(once), removed: false });
    signal?.addEventListener("abort", () => this.removeEventListener(type, listener, capture), { once: true });
  }

  removeEventListener(type: string, listener: Listener | null, options?: boolean | ListenerOptions): void {
    const entry = this.#find(type, listener, captures(options));
    if (entry !== undefined) this.#remove(entry);
  }

  /** Calls the listeners in order of registration; reports whether none has prevented the default. */
  dispatchEvent(event: Event): boolean {
    const dispatch = dispatchOf(event);
    if (dispatch.underWay) throw new TypeError("the event is already being dispatched");
    dispatch.target = this;
    dispatch.underWay = true;
    const entries = this.#entries.slice();
    for (let i = 0; i < entries.length && !dispatch.stopped; i++) this.#call(entries[i]!, event);
    dispatch.underWay = false;
    dispatch.stopped = false;
    return !event.defaultPrevented;
  }

  get [Symbol.toStringTag](): string {
    return "EventTarget";
  }

  #call(entry: Entry, event: Event): void {
    const { listener } = entry;
    if (entry.removed || entry.type !== event.type) return;
    if (entry.once) this.#remove(entry);
    try {
      if (typeof listener === "function") listener.call(this, event);
      else listener.handleEvent(event);
    } catch (error) {
      reportError(`listener of the ${event.type} event threw:`, error);
    }
  }

  #find(type: string, listener: Listener | null, capture: boolean): Entry | undefined {
    return this.#entries.find((e) => e.type === String(type) && e.listener === listener && e.capture === capture);
  }

  #remove(entry: Entry): void {
    entry.removed = true;
    this.#entries = this.#entries.filter((other) => other !== entry);
  }
}

function captures(options: boolean | ListenerOptions | undefined): boolean {
  return typeof options === "object" && options !== null ? Boolean(options.capture) : Boolean(options);
}
