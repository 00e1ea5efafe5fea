/** One open WebSocket, as an extension sees it. */

import type { CloseInfo, ErrorInfo, WebSocketMessage } from "../../index";
import type { Handler } from "../core/emitter";
import { part, query, send } from "../core/host";
import { call } from "../core/rpc";
import type { Life } from "./life";
import { Line } from "./line";

export class WebSocketConnection {
  readonly #life: Life;
  readonly #line: Line;
  #closing: Promise<void> | undefined;

  constructor(life: Life) {
    this.#life = life;
    this.#line = new Line(life.connectionId);
  }

  get connectionId(): string {
    return this.#life.connectionId;
  }

  get url(): string {
    return this.#life.url;
  }

  get protocol(): string {
    return this.#life.protocol;
  }

  /** The bytes that were sent but have not left yet. */
  get bufferedAmount(): number {
    if (this.#line.inbox?.ended) return 0;
    return query("network.wsBufferedAmount", { connectionId: this.#life.connectionId }) as number;
  }

  /** Sends the data as it is now; sends go out in call order. */
  send(data: unknown): Promise<void> {
    try {
      return send("send", this.#life.connectionId, typeof data === "string" ? data : outgoing().payloadOf(data)) as Promise<void>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Ends the connection once everything sent has gone out. A second call waits for the first. */
  close(code?: number, reason?: string): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    try {
      const inbox = this.#line.whole();
      if (inbox.ended) return (this.#closing = inbox.closeEnded());
      const params = outgoing().closeParams(this.#life.connectionId, code, reason);
      inbox.shut();
      return (this.#closing = call("network.wsClose", params).then(() => inbox.end()));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  onMessage(handler: Handler<WebSocketMessage>): () => void {
    return this.#line.onMessage(handler);
  }

  onClose(handler: Handler<CloseInfo>): () => void {
    return this.#line.whole().on("close", "onClose", handler);
  }

  onError(handler: Handler<ErrorInfo>): () => void {
    return this.#line.whole().on("error", "onError", handler);
  }

  // Connections become iterable once a script has `for await`: the first symbol of an extension costs it 7 KB.
  static {
    send("iterable", () => {
      const { asyncIterator } = part<typeof import("../core/symbol")>("symbol");
      const value = function (this: WebSocketConnection) {
        return this.#line.whole().messages();
      };
      Object.defineProperty(this.prototype, asyncIterator, { value, writable: true, configurable: true });
    });
  }
}

function outgoing(): typeof import("./outgoing") {
  return part("outgoing");
}
