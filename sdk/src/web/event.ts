/** Event and CustomEvent, for targets that are not in a tree. */

import { constants, dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";

export interface EventInit {
  bubbles?: boolean;
  cancelable?: boolean;
  composed?: boolean;
}

/** What EventTarget writes to while it dispatches an event. */
export interface Dispatch {
  target: object | null;
  underWay: boolean;
  stopped: boolean;
  stoppedAtOnce: boolean;
  passive: boolean;
  trusted: boolean;
}

/** The dispatch of an event; throws for everything else. */
export let dispatchOf: (event: Event) => Dispatch;

const atTarget = 2;

/** The property that every event has of its own, since it can't be forged. */
let isTrusted: PropertyDescriptor;

export class Event {
  #type: string;
  #bubbles: boolean;
  #cancelable: boolean;
  readonly #composed: boolean;
  readonly #timeStamp = native.now();
  readonly #dispatch: Dispatch = {
    target: null, underWay: false, stopped: false, stoppedAtOnce: false, passive: false, trusted: false,
  };
  #prevented = false;

  static {
    dispatchOf = (event) => event.#dispatch;
    const trusted = function (this: Event) {
      return this.#dispatch.trusted;
    };
    Object.defineProperty(trusted, "name", { value: "get isTrusted" });
    isTrusted = { get: trusted, enumerable: true, configurable: false };
    showing((object) => {
      if (!(#dispatch in object)) return undefined;
      const event = object as Event;
      return { name: "Event", fields: [["type", event.#type], ["cancelable", event.#cancelable], ["defaultPrevented", event.#prevented]] };
    });
  }

  constructor(type: string, init?: EventInit) {
    needs("Event", 1, arguments.length);
    this.#type = `${type}`;
    const { bubbles, cancelable, composed } = dictionary("Event", init);
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
    this.#composed = Boolean(composed);
    Object.defineProperty(this, "isTrusted", isTrusted);
  }

  get type(): string {
    return this.#type;
  }

  get target(): object | null {
    return this.#dispatch.target;
  }

  get srcElement(): object | null {
    return this.#dispatch.target;
  }

  get currentTarget(): object | null {
    return this.#dispatch.underWay ? this.#dispatch.target : null;
  }

  composedPath(): object[] {
    return this.#dispatch.underWay && this.#dispatch.target !== null ? [this.#dispatch.target] : [];
  }

  get eventPhase(): number {
    return this.#dispatch.underWay ? atTarget : 0;
  }

  stopPropagation(): void {
    this.#dispatch.stopped = true;
  }

  get cancelBubble(): boolean {
    return this.#dispatch.stopped;
  }

  set cancelBubble(value: boolean) {
    const dispatch = this.#dispatch;
    dispatch.stopped ||= Boolean(value);
  }

  stopImmediatePropagation(): void {
    this.#dispatch.stopped = this.#dispatch.stoppedAtOnce = true;
  }

  get bubbles(): boolean {
    return this.#bubbles;
  }

  get cancelable(): boolean {
    return this.#cancelable;
  }

  get returnValue(): boolean {
    return !this.#prevented;
  }

  set returnValue(value: boolean) {
    if (!value) this.preventDefault();
  }

  preventDefault(): void {
    if (this.#cancelable && !this.#dispatch.passive) this.#prevented = true;
  }

  get defaultPrevented(): boolean {
    return this.#prevented;
  }

  get composed(): boolean {
    return this.#composed;
  }

  get timeStamp(): number {
    return this.#timeStamp;
  }

  initEvent(type: string, bubbles = false, cancelable = false): void {
    needs("initEvent", 1, arguments.length);
    const dispatch = this.#dispatch;
    if (dispatch.underWay) return;
    dispatch.stopped = dispatch.stoppedAtOnce = dispatch.trusted = this.#prevented = false;
    dispatch.target = null;
    this.#type = `${type}`;
    this.#bubbles = Boolean(bubbles);
    this.#cancelable = Boolean(cancelable);
  }
}

expose(Event, "Event", 1);
constants(Event, new Map([["NONE", 0], ["CAPTURING_PHASE", 1], ["AT_TARGET", atTarget], ["BUBBLING_PHASE", 3]]));

export class CustomEvent extends Event {
  #detail: unknown;

  static {
    showing((object) => {
      if (!(#detail in object)) return undefined;
      return { name: "CustomEvent", fields: [["type", (object as CustomEvent).type], ["detail", (object as CustomEvent).#detail]] };
    });
  }

  constructor(type: string, init?: EventInit & { detail?: unknown }) {
    needs("CustomEvent", 1, arguments.length);
    super(type, init);
    const { detail = null } = dictionary("CustomEvent", init);
    this.#detail = detail;
  }

  get detail(): unknown {
    return this.#detail;
  }

  initCustomEvent(type: string, bubbles = false, cancelable = false, detail: unknown = null): void {
    needs("initCustomEvent", 1, arguments.length);
    if (dispatchOf(this).underWay) return;
    this.initEvent(type, bubbles, cancelable);
    this.#detail = detail;
  }
}

expose(CustomEvent, "CustomEvent", 1);
