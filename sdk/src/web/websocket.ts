/** WebSocket, as the standard has it, on a connection of the host's. */

import { coded } from "../core/error";
import { reportFailure } from "../core/global";
import { CloseEvent, type CloseEventInit } from "./close_event";
import { DOMException } from "./dom_exception";
import { ErrorEvent } from "./error_event";
import { Event } from "./event";
import { EventHandlers } from "./event_handler";
import { dispatchInSteps, EventTarget } from "./event_target";
import { constants, expose, needs, showing } from "./interface";
import { MessageEvent } from "./message_event";
import type { Failure, Step } from "./native";
import { closingOf } from "./websocket_closing";
import { closed, closing, connecting, Link, open } from "./websocket_link";
import { type Opening, openingOf } from "./websocket_opening";
import { payloadOf } from "./websocket_payload";

// Only needed where bytes are to be blobs.
declare function load(id: "./blob"): typeof import("./blob");

export class WebSocket extends EventTarget {
  readonly #opening: Opening;
  readonly #handlers = new EventHandlers(this);
  readonly #link: Link;
  #binaryType = "arraybuffer";

  static {
    showing((object) => {
      if (!(#opening in object)) return undefined;
      const { url, readyState, protocol, bufferedAmount } = object as WebSocket;
      return { name: "WebSocket", fields: [["url", url], ["readyState", readyState], ["protocol", protocol], ["bufferedAmount", bufferedAmount]] };
    });
  }

  constructor(url: string, protocols: unknown = []) {
    needs("WebSocket", 1, arguments.length);
    const opening = openingOf(url, protocols);
    super();
    this.#opening = opening;
    this.#link = new Link(opening, {
      opened: () => dispatchInSteps(this, new Event("open")),
      received: (data) => dispatchInSteps(this, new MessageEvent("message", { data: this.#delivered(data), origin: opening.origin })),
      ended: (close, failure) => this.#ended(close, failure),
    });
  }

  get url(): string {
    return this.#opening.url;
  }

  get readyState(): number {
    return this.#link.state;
  }

  /** The bytes that were sent but have not left yet, or never will. */
  get bufferedAmount(): number {
    return this.#link.buffered;
  }

  get extensions(): string {
    return this.#link.extensions;
  }

  get protocol(): string {
    return this.#link.protocol;
  }

  /** Unlike the standard's, it is not blob until it is set to that. What is neither of the two is ignored. */
  get binaryType(): string {
    return this.#binaryType;
  }

  set binaryType(value: string) {
    this.#binaryType; // the brand
    const type = `${value}`;
    if (type === "arraybuffer" || type === "blob") this.#binaryType = type;
  }

  get onopen(): object | null {
    return this.#handlers.get("open");
  }

  set onopen(handler: unknown) {
    this.#handlers.set("open", handler);
  }

  get onmessage(): object | null {
    return this.#handlers.get("message");
  }

  set onmessage(handler: unknown) {
    this.#handlers.set("message", handler);
  }

  get onerror(): object | null {
    return this.#handlers.get("error");
  }

  set onerror(handler: unknown) {
    this.#handlers.set("error", handler);
  }

  get onclose(): object | null {
    return this.#handlers.get("close");
  }

  set onclose(handler: unknown) {
    this.#handlers.set("close", handler);
  }

  /** Sends the data as it is now. After the end it is only counted. */
  send(data: unknown): void {
    needs("send", 1, arguments.length);
    const link = this.#link;
    const payload = payloadOf(data);
    if (link.state === connecting) throw new DOMException("the WebSocket is not open yet: wait for its open event", "InvalidStateError");
    link.send(payload);
  }

  close(code: number | undefined = undefined, reason: string | undefined = undefined): void {
    const link = this.#link;
    link.close(closingOf(code, reason));
  }

  /** Bytes as binaryType says: they come as an ArrayBuffer. */
  #delivered(data: unknown): unknown {
    if (typeof data === "string" || this.#binaryType === "arraybuffer") return data;
    return load("./blob").blobOf({ bytes: new Uint8Array(data as ArrayBuffer), type: "" });
  }

  /** The connection is closed: error, if it has failed, and close are one task. */
  #ended(close: CloseEventInit, failure: Failure | undefined): Step {
    const last = () => dispatchInSteps(this, new CloseEvent("close", close));
    if (failure === undefined) return last();
    const { message, code } = failure;
    if (code !== "ERR_ABORTED") report(this.#opening.shown, message);
    const error = code === "" ? new Error(message) : coded(new Error(message), code);
    return dispatchInSteps(this, new ErrorEvent("error", { message, error }), last);
  }
}

expose(WebSocket, "WebSocket", 1);
constants(WebSocket, new Map([["CONNECTING", connecting], ["OPEN", open], ["CLOSING", closing], ["CLOSED", closed]]));

/** What fails while it is opened has a message that names the URL. */
const report = (shown: string, message: string): void => {
  reportFailure(message.includes(shown) ? `WebSocket failed: ${message}` : `WebSocket ${shown} failed: ${message}`);
};
