/** CloseEvent: the end of a connection. */

import { Event, type EventInit } from "./event";
import { dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";

export interface CloseEventInit extends EventInit {
  wasClean?: boolean;
  code?: number;
  reason?: string;
}

export class CloseEvent extends Event {
  readonly #wasClean: boolean;
  readonly #code: number;
  readonly #reason: string;

  static {
    showing((object) => {
      if (!(#code in object)) return undefined;
      const event = object as CloseEvent;
      return { name: "CloseEvent", fields: [["type", event.type], ["wasClean", event.#wasClean], ["code", event.#code], ["reason", event.#reason]] };
    });
  }

  constructor(type: string, init?: CloseEventInit) {
    needs("CloseEvent", 1, arguments.length);
    super(type, init);
    const { code = 0, reason = "", wasClean } = dictionary("CloseEvent", init);
    this.#code = unsignedShort(code);
    this.#reason = native.wellFormed(`${reason}`);
    this.#wasClean = Boolean(wasClean);
  }

  get wasClean(): boolean {
    return this.#wasClean;
  }

  get code(): number {
    return this.#code;
  }

  get reason(): string {
    return this.#reason;
  }
}

expose(CloseEvent, "CloseEvent", 1);

const unsignedShort = (value: unknown): number => new Uint16Array([Number(value)])[0]!;
