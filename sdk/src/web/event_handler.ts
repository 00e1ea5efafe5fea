/** Event handler attributes, such as onopen: one listener for each, which can be replaced. */

import type { Event } from "./event";
import { EventTarget } from "./event_target";

const { addEventListener, removeEventListener } = EventTarget.prototype;

interface Handler {
  callback: object;
  readonly listener: (event: Event) => void;
}

/** The handlers of one target. Its place among the listeners a handler has from when there was none before it. */
export class EventHandlers {
  readonly #target: EventTarget;
  readonly #handlers = new Map<string, Handler>();

  constructor(target: EventTarget) {
    this.#target = target;
  }

  get(type: string): object | null {
    return this.#handlers.get(type)?.callback ?? null;
  }

  /** Sets the handler of a type of events; what is no object removes it. */
  set(type: string, value: unknown): void {
    const handler = this.#handlers.get(type);
    if (typeof value !== "function" && (typeof value !== "object" || value === null)) this.#remove(type, handler);
    else if (handler !== undefined) handler.callback = value;
    else this.#add(type, value);
  }

  #add(type: string, callback: object): void {
    const handler: Handler = {
      callback,
      listener: (event) => {
        const { callback } = handler;
        if (typeof callback === "function" && Reflect.apply(callback, this.#target, [event]) === false) event.preventDefault();
      },
    };
    this.#handlers.set(type, handler);
    Reflect.apply(addEventListener, this.#target, [type, handler.listener]);
  }

  #remove(type: string, handler: Handler | undefined): void {
    if (handler === undefined) return;
    this.#handlers.delete(type);
    Reflect.apply(removeEventListener, this.#target, [type, handler.listener]);
  }
}
