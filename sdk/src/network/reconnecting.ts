/** A WebSocket that is opened again when it is lost, as an extension sees it. */

import type { CloseInfo, ErrorInfo, ReconnectedInfo, ReconnectingInfo, WebSocketMessage } from "../../index";
import type { Handler } from "../core/handlers";
import { nextTurn } from "../core/global";
import { query } from "../core/query";
import { call } from "../core/rpc";
import { asyncIterator } from "../core/symbol";
import { Inbox } from "./inbox";
import type { Life } from "./life";
import { closeParams } from "./outgoing";
import { type Plan, planOf } from "./plan";
import { Redial } from "./redial";
import { SendQueue } from "./send_queue";

/** Opens a connection that lives through losses. Throws what is wrong with the arguments. */
export function openReconnecting(
  url: unknown,
  options: unknown,
  fulfil: (connection: ReconnectingConnection) => void,
  reject: (error: unknown) => void,
  site: Error,
): void {
  const plan = planOf(url, options);
  const redial: Redial = new Redial(plan, {
    opened: (life) => fulfil(new ReconnectingConnection(plan, redial, life)),
    waits: () => {}, // Nobody knows the connection yet.
    gaveUp: reject,
  });
  redial.begin(site);
}

export class ReconnectingConnection {
  readonly #redial: Redial;
  readonly #inbox: Inbox;
  readonly #sends: SendQueue;
  #life: Life;
  #state: "open" | "waiting" | "over" = "open";
  #last: CloseInfo | undefined; // how the connection was last closed
  #closing: Promise<void> | undefined;
  #finished: Promise<void> | undefined;

  constructor(plan: Plan, redial: Redial, life: Life) {
    this.#redial = redial;
    this.#life = life;
    this.#inbox = new Inbox(life.connectionId);
    this.#inbox.offer("reconnecting", "onReconnecting");
    this.#inbox.offer("reconnected", "onReconnected");
    this.#inbox.lost = (info) => this.#lost(info);
    this.#sends = new SendQueue(plan, life.connectionId);
    redial.listener = {
      opened: (next, attempts) => this.#opened(next, attempts),
      waits: (info) => this.#inbox.receive("reconnecting", info),
      gaveUp: (cause) => this.#gaveUp(cause),
    };
  }

  /** Names the connection that is open, or was open last. */
  get connectionId(): string {
    return this.#life.connectionId;
  }

  get url(): string {
    return this.#life.url;
  }

  get protocol(): string {
    return this.#life.protocol;
  }

  /** The bytes that were sent but have not left yet, and those that wait for the connection. */
  get bufferedAmount(): number {
    if (this.#state !== "open" || this.#inbox.ended) return this.#sends.bytes;
    return this.#sends.bytes + (query("network.wsBufferedAmount", { connectionId: this.#life.connectionId }) as number);
  }

  /** Sends the data as it is now, at once or when the connection is open again. */
  send(data: unknown): Promise<void> {
    return this.#sends.send(data);
  }

  /** Ends the connection for good. A second call waits for the first. */
  close(code?: number, reason?: string): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    if (this.#inbox.ended) return (this.#closing = this.#inbox.closeEnded());
    try {
      const params = closeParams(this.#life.connectionId, code, reason);
      this.#inbox.shut();
      this.#sends.end();
      return (this.#closing = this.#end(params));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  onMessage(handler: Handler<WebSocketMessage>): () => void {
    return this.#inbox.on("message", "onMessage", handler);
  }

  onClose(handler: Handler<CloseInfo>): () => void {
    return this.#inbox.on("close", "onClose", handler);
  }

  onError(handler: Handler<ErrorInfo>): () => void {
    return this.#inbox.on("error", "onError", handler);
  }

  onReconnecting(handler: Handler<ReconnectingInfo>): () => void {
    return this.#inbox.on("reconnecting", "onReconnecting", handler);
  }

  onReconnected(handler: Handler<ReconnectedInfo>): () => void {
    return this.#inbox.on("reconnected", "onReconnected", handler);
  }

  /** The messages, for a loop. */
  [asyncIterator](): AsyncIterableIterator<WebSocketMessage> {
    return this.#inbox.messages();
  }

  /** Closes what is open, or calls off what is under way. */
  #end(params: object): Promise<void> {
    const before = this.#state;
    if (before === "open") return call("network.wsClose", params).then(() => this.#inbox.end());
    this.#state = "over";
    if (before === "over") return this.#finish();
    return new Promise<void>((stopped) => this.#redial.stop(stopped)).then(() => this.#finish());
  }

  /** Reports whether the close is a loss that is not the end. */
  #lost(info: CloseInfo): boolean {
    if (this.#closing !== undefined || this.#state !== "open") return false;
    this.#last = info;
    this.#state = "waiting";
    this.#sends.lost();
    this.#redial.lost(info);
    return true;
  }

  #opened(life: Life, attempts: number): void {
    this.#life = life;
    this.#state = "open";
    this.#inbox.dropErrors();
    this.#inbox.follow(life.connectionId);
    this.#sends.opened(life.connectionId);
    this.#inbox.receive("reconnected", { attempts });
  }

  #gaveUp(cause: CloseInfo | Error): void {
    this.#state = "over";
    this.#sends.end();
    if (cause instanceof Error) this.#inbox.receive("error", { message: cause.message });
    this.#finish();
  }

  /** Delivers the close event, in a turn of its own. */
  #finish(): Promise<void> {
    return (this.#finished ??= new Promise((fulfil) => {
      nextTurn(() => fulfil(this.#inbox.receive("close", this.#last)));
    }));
  }
}
