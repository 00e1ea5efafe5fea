/** MessageEvent: a message from outside. There are no message ports here, and no windows. */

import { Event, type EventInit } from "./event";
import { dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";

export interface MessageEventInit extends EventInit {
  data?: unknown;
  origin?: string;
  lastEventId?: string;
  source?: null;
  ports?: Iterable<never>;
}

const noPorts: readonly never[] = Object.freeze([]);

export class MessageEvent extends Event {
  #data: unknown;
  #origin: string;
  #lastEventId: string;
  #ports: readonly never[];

  static {
    showing((object) => {
      if (!(#data in object)) return undefined;
      const event = object as MessageEvent;
      return { name: "MessageEvent", fields: [["type", event.type], ["data", event.#data], ["origin", event.#origin]] };
    });
  }

  constructor(type: string, init?: MessageEventInit) {
    needs("MessageEvent", 1, arguments.length);
    super(type, init);
    const { data = null, lastEventId = "", origin = "", ports, source = null } = dictionary("MessageEvent", init);
    this.#data = data;
    this.#lastEventId = `${lastEventId}`;
    this.#origin = native.wellFormed(`${origin}`);
    this.#ports = ports === undefined ? noPorts : portsOf(ports);
    requireNoSource(source);
  }

  get data(): unknown {
    return this.#data;
  }

  get origin(): string {
    return this.#origin;
  }

  get lastEventId(): string {
    return this.#lastEventId;
  }

  get source(): null {
    this.#data; // the brand
    return null;
  }

  get ports(): readonly never[] {
    return this.#ports;
  }

  initMessageEvent(
    type: string, bubbles = false, cancelable = false, data: unknown = null, origin = "", lastEventId = "", source: unknown = null,
    ports: Iterable<never> = [],
  ): void {
    needs("initMessageEvent", 1, arguments.length);
    this.#data; // the brand
    requireNoSource(source);
    const given = portsOf(ports);
    if (this.eventPhase !== 0) return;
    this.initEvent(type, bubbles, cancelable);
    this.#data = data;
    this.#origin = native.wellFormed(`${origin}`);
    this.#lastEventId = `${lastEventId}`;
    this.#ports = given;
  }
}

expose(MessageEvent, "MessageEvent", 1);

const requireNoSource = (source: unknown): void => {
  if (source !== null) throw new TypeError("the source of a MessageEvent can only be null here");
};

const portsOf = (ports: Iterable<never>): readonly never[] => {
  if (typeof ports !== "object" || ports === null) throw new TypeError("the ports of a MessageEvent must be iterable");
  for (const _ of ports) throw new TypeError("a MessageEvent can have no ports here");
  return Object.freeze([]);
};
