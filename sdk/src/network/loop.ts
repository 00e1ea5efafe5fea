/** Messages that are taken one by one, as by `for await`. */

import type { WebSocketMessage } from "../../index";
import { asyncIterator } from "../core/symbol";
import { HeldEvents } from "./held";

type Result = IteratorResult<WebSocketMessage, undefined>;

// With what is under way then, this bounds what a loop can have before it.
const maxMessages = 256;
const maxBytes = 1024 * 1024;

/** The messages of one loop that it has not taken yet. Nothing of it is dropped. */
export class MessageLoop {
  readonly #waiting: ((result: Result) => void)[] = []; // calls of next, the oldest first
  readonly #onFull: (full: boolean) => void;
  #queue = new HeldEvents();
  #full = false;
  #ended = false;

  /** Is told what is left when the loop wants nothing more. */
  onLeave: (rest: HeldEvents) => void = () => {};

  /** onFull is told when the loop has enough messages before it, and when it hasn't any more. */
  constructor(onFull: (full: boolean) => void) {
    this.#onFull = onFull;
  }

  push(message: unknown): void {
    const taker = this.#waiting.shift();
    if (taker !== undefined) return taker({ value: message as WebSocketMessage, done: false });
    this.#queue.add("message", message);
    if (this.#queue.messages >= maxMessages || this.#queue.bytes >= maxBytes) this.#report(true);
  }

  /** No message comes any more; those that wait are still taken, unless they are to be dropped. */
  end(drop: boolean): void {
    this.#ended = true;
    if (drop) this.#queue = new HeldEvents();
    while (this.#waiting.length > 0) this.#waiting.shift()!({ value: undefined, done: true });
  }

  take(): Promise<Result> {
    const event = this.#queue.take(() => true);
    if (event === undefined && !this.#ended) return new Promise((fulfil) => this.#waiting.push(fulfil));
    if (this.#queue.messages <= maxMessages / 2 && this.#queue.bytes <= maxBytes / 2) this.#report(false);
    if (event === undefined) return Promise.resolve({ value: undefined, done: true });
    return Promise.resolve({ value: event.data as WebSocketMessage, done: false });
  }

  leave(): void {
    const rest = this.#queue;
    this.end(true);
    this.#report(false);
    this.onLeave(rest);
  }

  #report(full: boolean): void {
    if (this.#full === full) return;
    this.#full = full;
    this.#onFull(full);
  }
}

/** What a loop of the extension holds. */
export class MessageIterator implements AsyncIterableIterator<WebSocketMessage> {
  readonly #loop: MessageLoop;

  constructor(loop: MessageLoop) {
    this.#loop = loop;
  }

  [asyncIterator](): this {
    return this;
  }

  /** The next message, as soon as there is one. */
  next(): Promise<Result> {
    return this.#loop.take();
  }

  /** Ends the loop, not the connection. */
  return(): Promise<Result> {
    this.#loop.leave();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(error: unknown): Promise<Result> {
    this.#loop.leave();
    return Promise.reject(error);
  }
}
