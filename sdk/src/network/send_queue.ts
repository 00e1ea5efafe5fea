/** What an extension sends over a connection that may be lost and opened again. */

import { type CodedError, coded } from "../core/error";
import { request } from "../core/rpc";
import { type Payload, payloadOf } from "./outgoing";
import type { Plan } from "./plan";

interface Entry {
  readonly number: number;
  readonly data: Payload;
  fulfil(): void;
  reject(error: unknown): void;
  readonly site: Error;
}

/**
 * Sends at once while the connection is open. What can't be sent, or comes back
 * because it never left, waits for the next opening, in the order of the calls.
 */
export class SendQueue {
  readonly #maxMessages: number;
  readonly #maxBytes: number;
  #id: string;
  #open = true;
  #ended = false;
  #entries: Entry[] = [];
  #bytes = 0;
  #sends = 0;

  constructor(plan: Plan, connectionId: string) {
    this.#maxMessages = plan.maxMessages;
    this.#maxBytes = plan.maxBytes;
    this.#id = connectionId;
  }

  get bytes(): number {
    return this.#bytes;
  }

  send(data: unknown): Promise<void> {
    const site = new Error();
    return new Promise((fulfil, reject) => {
      const payload = this.#captured(data); // What it throws rejects the promise.
      const entry: Entry = { number: ++this.#sends, data: payload, fulfil, reject, site };
      if (this.#ended || (this.#open && this.#entries.length === 0)) this.#transmit(entry);
      else this.#enqueue(entry);
    });
  }

  lost(): void {
    this.#open = false;
  }

  /** Sends what waits over the connection that is open now. */
  opened(connectionId: string): void {
    this.#id = connectionId;
    this.#open = true;
    for (const entry of this.#takeAll()) this.#transmit(entry);
  }

  /** Nothing waits any more: what does is rejected. */
  end(): void {
    this.#ended = true;
    const text = `WebSocket ${this.#id} ended before the message was sent`;
    for (const { reject, site } of this.#takeAll()) reject(refusal(site, text, "ERR_CLOSED"));
  }

  /** The host copies bytes during the call; what may be sent later has to be copied here. */
  #captured(data: unknown): Payload {
    const payload = payloadOf(data);
    return typeof payload === "string" || this.#maxMessages === 0 ? payload : payload.slice();
  }

  #transmit(entry: Entry): void {
    const params = { connectionId: this.#id, data: entry.data };
    request("network.wsSend", params, () => entry.fulfil(), (error) => this.#refused(entry, error), entry.site);
  }

  /** ERR_CLOSED says that the server has not got it, so it may be sent again. */
  #refused(entry: Entry, error: unknown): void {
    const unsent = (error as CodedError | undefined)?.code === "ERR_CLOSED";
    if (unsent && !this.#ended && this.#maxMessages > 0) this.#enqueue(entry);
    else entry.reject(error);
  }

  #enqueue(entry: Entry): void {
    if (this.#maxMessages === 0) return entry.reject(this.#notQueued(entry.site));
    if (this.#entries.length >= this.#maxMessages || this.#bytes + entry.data.length > this.#maxBytes) {
      return entry.reject(this.#full(entry.site));
    }
    let at = this.#entries.length;
    while (at > 0 && this.#entries[at - 1]!.number > entry.number) at--;
    this.#entries.splice(at, 0, entry);
    this.#bytes += entry.data.length;
  }

  #takeAll(): Entry[] {
    const entries = this.#entries;
    this.#entries = [];
    this.#bytes = 0;
    return entries;
  }

  #notQueued(site: Error): Error {
    const text = `WebSocket ${this.#id} is reconnecting, and its sends are not queued: wait for onReconnected`;
    return refusal(site, text, "ERR_CLOSED");
  }

  #full(site: Error): Error {
    const text =
      `WebSocket ${this.#id} is reconnecting and has ${this.#entries.length} messages of ${this.#bytes} bytes waiting: ` +
      `more than ${this.#maxMessages} or ${this.#maxBytes} bytes don't fit, wait for onReconnected`;
    return refusal(site, text, "ERR_BUFFER_FULL");
  }
}

function refusal(site: Error, message: string, code: string): Error {
  Object.defineProperty(site, "message", { value: message, writable: true, configurable: true });
  return coded(site, code);
}
