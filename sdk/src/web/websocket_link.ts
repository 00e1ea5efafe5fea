/** A WebSocket's connection, from the call that opens it to its last event. */

import type { CloseEventInit } from "./close_event";
import { type Failure, native, type Step } from "./native";
import type { Closing } from "./websocket_closing";
import type { Opening } from "./websocket_opening";
import type { Payload } from "./websocket_payload";

/** The states, as readyState tells them. */
export const connecting = 0;
export const open = 1;
export const closing = 2;
export const closed = 3;

/** Whose connection it is. Each method is a task of its own, and none is called while the link is made. */
export interface Owner {
  opened(): Step;
  received(data: unknown): Step;
  /** It is over. With a failure, it was failed; what the code ERR_ABORTED has, was wanted so. */
  ended(close: CloseEventInit, failure: Failure | undefined): Step;
}

/** The code of an end without a closing handshake. */
const lost = 1006;

/** How long a call waits where the host can take none. */
const retry = 100;

const aborted = "ERR_ABORTED";

export class Link {
  state = connecting;
  protocol = "";
  extensions = "";
  /** The bytes that were sent but have not left yet, or never will. */
  buffered = 0;
  readonly #owner: Owner;
  #call = 0; // that opens it
  #id = "";
  #full = false; // a message was refused: those behind it must not go either
  #failure: Failure | undefined;

  constructor(opening: Opening, owner: Owner) {
    this.#owner = owner;
    const { url, protocols, headers } = opening;
    try {
      this.#call = native.request("network.wsConnect", { url, protocols, headers }, (failure, reply) => this.#answered(failure, reply));
    } catch (error) {
      const { message } = error as Error;
      native.later(() => this.#answered({ message, code: "" }, undefined), 0);
    }
  }

  /** Sends a message, or only counts it where it can't be sent any more. */
  send({ data, size }: Payload): void {
    this.buffered += size;
    if (this.state !== open || this.#full) return;
    const answered = (failure: Failure | undefined): Step => {
      if (failure === undefined) this.buffered -= size;
      else if (failure.code === "ERR_BUFFER_FULL") this.#overflow(failure);
      return undefined;
    };
    try {
      this.#full = native.request("network.wsSend", { connectionId: this.#id, data }, answered) === 0;
    } catch (error) {
      this.#overflow({ message: (error as Error).message, code: "" });
    }
  }

  close(how: Closing): void {
    if (this.state === connecting) {
      this.#failure = { message: "it was closed before it was open", code: aborted };
      native.cancelRequest(this.#call);
    } else if (this.state === open) {
      this.#close(how);
    } else return;
    this.state = closing;
  }

  #answered(failure: Failure | undefined, reply: unknown): Step {
    if (failure !== undefined) return this.#refused(failure);
    const { connectionId, protocol, extensions } = reply as { connectionId: string; protocol: string; extensions?: string };
    this.#id = connectionId;
    native.listen(connectionId, (event, data) => this.#receive(event, data));
    if (this.state !== connecting) {
      this.#close({ code: undefined, reason: "" });
      return undefined;
    }
    this.state = open;
    this.protocol = protocol;
    this.extensions = extensions ?? "";
    return this.#owner.opened();
  }

  /** An extension that ends hears nothing of it any more. */
  #refused(failure: Failure): Step {
    const ending = failure.code === aborted && this.#failure === undefined;
    this.#failure ??= failure;
    if (!ending) return this.#end(lost, "");
    this.state = closed;
    return undefined;
  }

  #receive(event: string, data: unknown): Step {
    if (event === "message") return this.state === open ? this.#owner.received(data) : undefined;
    if (event === "close") {
      const { code, reason } = data as { code: number; reason: string };
      return this.#end(code, reason);
    }
    this.#failure ??= { message: (data as { message: string }).message, code: "" };
    return undefined;
  }

  #end(code: number, reason: string): Step {
    this.state = closed;
    const wasClean = this.#failure === undefined && code !== lost;
    return this.#owner.ended(wasClean ? { wasClean, code, reason } : { wasClean, code: lost, reason: "" }, this.#failure);
  }

  /** A message can't be taken: the connection is failed, since those that come after it would tell another story. */
  #overflow(failure: Failure): void {
    if (this.state !== open) return;
    this.state = closing;
    this.#full = true;
    this.#failure = failure;
    this.#close({ code: undefined, reason: "" });
  }

  #close(how: Closing): void {
    const { code, reason } = how;
    try {
      native.request("network.wsClose", { connectionId: this.#id, code: code ?? null, reason, bare: code === undefined }, () => undefined);
    } catch {
      native.later(() => this.#close(how), retry);
    }
  }
}
