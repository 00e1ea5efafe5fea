/** One open WebSocket, as an extension sees it. */

import type { CloseInfo, ErrorInfo, WebSocketMessage } from "../../index";
import type { Handler } from "../core/emitter";
import { query, sendData } from "../core/host";
import { call } from "../core/rpc";
import { asyncIterator } from "../core/symbol";
import { Inbox } from "./inbox";
import { closeParams, payloadOf } from "./outgoing";

export class WebSocketConnection {
  readonly #id: string;
  readonly #url: string;
  readonly #protocol: string;
  readonly #inbox: Inbox;
  #closing: Promise<void> | undefined;

  constructor(connectionId: string, url: string, protocol: string) {
    this.#id = connectionId;
    this.#url = url;
    this.#protocol = protocol;
    this.#inbox = new Inbox(connectionId);
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
    if (this.#inbox.ended) return 0;
    return query("network.wsBufferedAmount", { connectionId: this.#id }) as number;
  }

  /** Sends the data as it is now; sends go out in call order. */
  send(data: unknown): Promise<void> {
    try {
      return sendData(this.#id, typeof data === "string" ? data : payloadOf(data));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Ends the connection once everything sent has gone out. A second call waits for the first. */
  close(code?: number, reason?: string): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    if (this.#inbox.ended) return (this.#closing = this.#inbox.closeEnded());
    try {
      const params = closeParams(this.#id, code, reason);
      this.#inbox.shut();
      return (this.#closing = call("network.wsClose", params).then(() => this.#inbox.end()));
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

  /** The messages, for a loop. */
  [asyncIterator](): AsyncIterableIterator<WebSocketMessage> {
    return this.#inbox.messages();
  }
}
