/** The events of a connection, on their way to its handlers and loops. */

import type { CloseInfo } from "../../index";
import { Emitter } from "../core/emitter";
import { requireFunction } from "../core/error";
import { nextTurn, reportWarning } from "../core/global";
import type { Handler, Handlers } from "../core/handlers";
import { part } from "../core/host";
import { query } from "../core/query";
import { HeldEvents, type Kind } from "./held";
import { lines } from "./line";
import type { MessageIterator } from "./loop";
import type { MessageLoops } from "./loops";

export class Inbox {
  #id: string;
  readonly #message: Emitter<any>;
  readonly #close: Emitter<any>;
  readonly #error: Emitter<any>;
  readonly #held = new HeldEvents();
  #further: Map<Kind, Emitter<any>> | undefined;
  #loops: MessageLoops | undefined;
  #shut = false;
  #ended = false;
  #draining = false;
  #heard: boolean;
  #warned = false;

  /** Is told of a close first, and reports whether it is not the end. */
  lost: ((info: CloseInfo) => boolean) | undefined;

  /** message has the handlers that there are already, and heard says whether there was ever one. */
  constructor(connectionId: string, message?: Handlers, heard = false) {
    this.#id = connectionId;
    this.#message = new Emitter(`[ws] onMessage handler of ${connectionId}`, message);
    this.#heard = heard;
    this.#close = new Emitter(`[ws] onClose handler of ${connectionId}`);
    this.#error = new Emitter(`[ws] onError handler of ${connectionId}`);
    lines[connectionId] = { inbox: this };
  }

  /** No event comes any more, though some may be held. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Goes on with the events of another connection. */
  follow(connectionId: string): void {
    delete lines[this.#id];
    this.#id = connectionId;
    lines[connectionId] = { inbox: this };
    if (this.#loops?.full) this.#pause(true);
  }

  /** Adds a kind of event of which none is held: without a handler it is dropped. */
  offer(kind: Kind, name: string): void {
    (this.#further ??= new Map()).set(kind, new Emitter(`[ws] ${name} handler of ${this.#id}`));
  }

  on(kind: Kind, name: string, handler: Handler<any>): () => void {
    requireFunction(name, handler);
    if (kind === "message") this.#heard = true;
    const unsubscribe = this.#emitter(kind).add(handler);
    this.#drain();
    return unsubscribe;
  }

  /** Begins a loop over the messages that come from now on, and those that are held if nobody else is to get them. */
  messages(): MessageIterator {
    this.#loops ??= new (part<typeof import("./loops")>("loops").MessageLoops)({
      pause: (paused) => this.#pause(paused),
      putBack: (rest) => this.#putBack(rest),
    });
    const iterator = this.#loops.begin(this.#message, this.#held);
    this.#endLoops();
    return iterator;
  }

  /** The extension wants no message any more, neither those that are held. */
  shut(): void {
    this.#shut = true;
    this.#held.drop("message");
    this.#endLoops();
  }

  /** Takes an event of the host. It is the only event of its turn. */
  receive(kind: Kind, data: unknown): void {
    if (kind === "message" && (this.#shut || (this.#held.empty && this.#message.emit(data)))) return;
    if (kind === "close" && this.#closes(data as CloseInfo)) return;
    if (this.#held.empty && this.#emit(kind, data)) return;
    if (this.#unheard(kind)) return;
    this.#held.add(kind, data);
    // An own close() must not be over before its close event is.
    if (this.#shut) this.#emitAll();
    else if (!this.#emitHeld()) this.#trim();
  }

  /** Forgets errors that nobody has listened to. */
  dropErrors(): void {
    this.#held.drop("error");
  }

  /** No event is taken from now on. */
  end(): void {
    this.#ended = true;
    delete lines[this.#id];
    this.#endLoops();
  }

  /** Closes what has ended, but still holds events: no message, and the last events before it is over. */
  closeEnded(): Promise<void> {
    this.shut();
    if (this.#held.empty) return Promise.resolve();
    return new Promise((fulfil) => nextTurn(() => fulfil(this.#emitAll())));
  }

  /** Takes note of a close; reports whether the handlers are not to know. */
  #closes(info: CloseInfo): boolean {
    delete lines[this.#id];
    if (this.lost?.(info)) return true;
    this.end();
    return false;
  }

  /**
   * Hands out what is held, one event a turn: all promise reactions of an event
   * have run before the next. Events that come meanwhile queue up behind, and
   * each lets one of those before it go, so the queue doesn't grow.
   */
  #drain(): void {
    if (this.#draining || this.#held.empty) return;
    this.#draining = true;
    nextTurn(() => {
      this.#draining = false;
      if (this.#emitHeld()) this.#drain();
      this.#endLoops();
    });
  }

  /** Emits the oldest held event of a kind that has a handler; reports whether there was one. */
  #emitHeld(): boolean {
    const event = this.#held.take((kind) => !this.#emitter(kind).empty);
    return event !== undefined && this.#emit(event.kind, event.data);
  }

  #emitAll(): void {
    while (this.#emitHeld());
  }

  /** Reports whether there was a handler. */
  #emit(kind: Kind, data: unknown): boolean {
    if (!this.#emitter(kind).emit(data)) return false;
    if (kind !== "close") return true;
    this.#message.clear();
    this.#close.clear();
    this.#error.clear();
    this.#further?.forEach((emitter) => emitter.clear());
    return true;
  }

  // The host's events are what they should be, or the handlers' problem.
  #emitter(kind: Kind): Emitter<any> {
    if (kind === "message") return this.#message;
    if (kind === "close") return this.#close;
    return this.#further?.get(kind) ?? this.#error;
  }

  /** Reports whether nobody is to have an event without a handler, now or later. */
  #unheard(kind: Kind): boolean {
    if (kind !== "message") return this.#further?.get(kind)?.empty === true;
    // The extension has stopped listening, and has had all that was held.
    return this.#heard && this.#message.empty && this.#held.messages === 0;
  }

  #trim(): void {
    if (!this.#held.trim() || this.#warned) return;
    this.#warned = true;
    reportWarning(`[ws] ${this.#id} has no onMessage handler: its oldest messages are dropped`);
  }

  #putBack(rest: HeldEvents): void {
    if (this.#shut) return;
    this.#held.prepend(rest);
    this.#heard = false;
  }

  #pause(paused: boolean): void {
    if (!this.#ended) query("network.wsPause", { connectionId: this.#id, paused });
  }

  #endLoops(): void {
    if (this.#shut || (this.#ended && this.#held.messages === 0)) this.#loops?.end(this.#shut);
  }
}
