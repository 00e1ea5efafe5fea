/** One open WebSocket, as an extension sees it. */

import type { CloseInfo, ErrorInfo, WebSocketMessage } from "../../index";
import { Emitter, type Handler } from "../core/emitter";
import { requireFunction } from "../core/error";
import { nextTurn, reportWarning } from "../core/global";
import { query, receivers } from "../core/host";
import { call } from "../core/rpc";
import { HeldEvents, type Kind } from "./held";
import { payloadOf, requireClosing } from "./outgoing";

const connections = new Map<unknown, WebSocketConnection>();
export class WebSocketConnection {
  readonly #id: string;
  readonly #url: string;
  readonly #protocol: string;
  readonly #message: Emitter<WebSocketMessage>;
  readonly #close: Emitter<CloseInfo>;
  readonly #error: Emitter<ErrorInfo>;
  readonly #held = new HeldEvents();
  #closing: Promise<void> | undefined;
  #ended = false;
  #draining = false;
  #heard = false;
  #warned = false;

  static {
    receivers.wsEvent = (message) => {
      const connection = connections.get(message["connectionId"]);
      const kind = message["event"];
      if (connection !== undefined && isKind(kind)) connection.#receive(kind, message["data"]);
    };
  }

  constructor(connectionId: string, url: string, protocol: string) {
    this.#id = connectionId;
    this.#url = url;
    this.#protocol = protocol;
    this.#message = new Emitter(`[ws] onMessage handler of ${connectionId}`);
    this.#close = new Emitter(`[ws] onClose handler of ${connectionId}`);
    this.#error = new Emitter(`[ws] onError handler of ${connectionId}`);
    connections.set(connectionId, this);
  }

  get connectionId(): string {
    return this.#id;
  }

  get url(): string {
    return this.#url;
  }

  get protocol(): string {
    return this.#protocol;
  }

  /** The bytes that were sent but have not left yet. */
  get bufferedAmount(): number {
    if (this.#ended) return 0;
    return query("network.wsBufferedAmount", { connectionId: this.#id }) as number;
  }

  /** Sends the data as it is now; sends go out in call order. */
  send(data: unknown): Promise<void> {
    try {
      const params = { connectionId: this.#id, data: payloadOf(data) };
      return call("network.wsSend", params) as Promise<void>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Ends the connection once everything sent has gone out. A second call waits for the first. */
  close(code?: number, reason?: string): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    if (this.#ended) return this.#closeEnded();
    try {
      requireClosing(code, reason);
    } catch (error) {
      return Promise.reject(error);
    }
    this.#held.dropMessages();
    const params: { [name: string]: unknown } = { connectionId: this.#id };
    if (code !== undefined) params["code"] = code;
    if (reason !== undefined) params["reason"] = reason;
    this.#closing = call("network.wsClose", params).then(() => this.#end());
    return this.#closing;
  }

  /** Closes what has ended, but still holds events: no message, and the last events before it is over. */
  #closeEnded(): Promise<void> {
    this.#held.dropMessages();
    this.#closing = this.#held.empty ? Promise.resolve() : new Promise((fulfil) => nextTurn(() => fulfil(this.#emitAll())));
    return this.#closing;
  }

  onMessage(handler: Handler<WebSocketMessage>): () => void {
    requireFunction("onMessage", handler);
    this.#heard = true;
    return this.#subscribe(this.#message, handler);
  }

  onClose(handler: Handler<CloseInfo>): () => void {
    requireFunction("onClose", handler);
    return this.#subscribe(this.#close, handler);
  }

  onError(handler: Handler<ErrorInfo>): () => void {
    requireFunction("onError", handler);
    return this.#subscribe(this.#error, handler);
  }

  #subscribe<T>(emitter: Emitter<T>, handler: Handler<T>): () => void {
    const unsubscribe = emitter.add(handler);
    this.#drain();
    return unsubscribe;
  }

  /** Takes an event of the host. It is the only event of its turn. */
  #receive(kind: Kind, data: unknown): void {
    if (kind === "close") this.#end();
    if (kind === "message" && this.#closing !== undefined) return;
    if (this.#held.empty && this.#emit(kind, data)) return;
    if (kind === "message" && this.#unheard()) return;
    this.#held.add(kind, data);
    // An own close() must not be over before its close event is.
    if (this.#closing !== undefined) this.#emitAll();
    else if (!this.#emitHeld()) this.#trim();
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
    return true;
  }

  // The host's events are what they should be, or the handlers' problem.
  #emitter(kind: Kind): Emitter<any> {
    if (kind === "message") return this.#message;
    return kind === "close" ? this.#close : this.#error;
  }

  /** Reports whether the extension has stopped listening, and has had all that was held. */
  #unheard(): boolean {
    return this.#heard && this.#message.empty && this.#held.messages === 0;
  }

  #trim(): void {
    if (!this.#held.trim() || this.#warned) return;
    this.#warned = true;
    reportWarning(`[ws] ${this.#id} has no onMessage handler: its oldest messages are dropped`);
  }

  #end(): void {
    this.#ended = true;
    connections.delete(this.#id);
  }
}

function isKind(value: unknown): value is Kind {
  return value === "message" || value === "close" || value === "error";
}
