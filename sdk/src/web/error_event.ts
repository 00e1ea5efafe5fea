/** ErrorEvent: a failure, and what is known of it. */

import { Event, type EventInit } from "./event";
import { dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";

export interface ErrorEventInit extends EventInit {
  message?: string;
  filename?: string;
  lineno?: number;
  colno?: number;
  error?: unknown;
}

export class ErrorEvent extends Event {
  readonly #message: string;
  readonly #filename: string;
  readonly #lineno: number;
  readonly #colno: number;
  readonly #error: unknown;

  static {
    showing((object) => {
      if (!(#message in object)) return undefined;
      const event = object as ErrorEvent;
      return { name: "ErrorEvent", fields: [["type", event.type], ["message", event.#message], ["error", event.#error]] };
    });
  }

  constructor(type: string, init?: ErrorEventInit) {
    needs("ErrorEvent", 1, arguments.length);
    super(type, init);
    const { colno = 0, error, filename = "", lineno = 0, message = "" } = dictionary("ErrorEvent", init);
    this.#colno = Number(colno) >>> 0;
    this.#error = error;
    this.#filename = native.wellFormed(`${filename}`);
    this.#lineno = Number(lineno) >>> 0;
    this.#message = `${message}`;
  }

  get message(): string {
    return this.#message;
  }

  get filename(): string {
    return this.#filename;
  }

  get lineno(): number {
    return this.#lineno;
  }

  get colno(): number {
    return this.#colno;
  }

  get error(): unknown {
    return this.#error;
  }
}

expose(ErrorEvent, "ErrorEvent", 1);
