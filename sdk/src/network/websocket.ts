/** One open WebSocket, as an extension sees it. */

import type { CloseInfo, ErrorInfo, WebSocketMessage } from "../../index";
import { add, type Handler } from "../core/handlers";
import { part, send } from "../core/host";
import type { Life } from "./life";
import { type Line, lines, whole } from "./line";

type Outgoing = typeof import("./outgoing");

export class WebSocketConnection {
  readonly #line: Line;
  #closing: Promise<void> | undefined;

  /** What the host has told, as far as it has, about the connection to the URL that was asked for. */
  constructor({ connectionId, url, protocol }: Partial<Life>, asked: string) {
    const id = `${connectionId}`;
    lines[id] = this.#line = {
      connectionId: id,
      url: url ?? asked,
      protocol: protocol ?? "",
      label: `[ws] onMessage handler of ${id}`,
      entries: [],
      heard: false,
      inbox: undefined,
    };
  }

  get connectionId(): string {
    return this.#line.connectionId;
  }

  get url(): string {
    return this.#line.url;
  }

  get protocol(): string {
    return this.#line.protocol;
  }

  /** The bytes that were sent but have not left yet. */
  get bufferedAmount(): number {
    if (this.#line.inbox?.ended) return 0;
    return send("query", { method: "network.wsBufferedAmount", params: { connectionId: this.#line.connectionId } }) as number;
  }

  /** Sends the data as it is now; sends go out in call order. */
  send(data: unknown): Promise<void> {
    try {
      return send("send", this.#line.connectionId, typeof data === "string" ? data : part<Outgoing>("outgoing").payloadOf(data)) as Promise<void>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /** Ends the connection once everything sent has gone out. A second call waits for the first. */
  close(code?: number, reason?: string): Promise<void> {
    if (this.#closing !== undefined) return this.#closing;
    try {
      const inbox = whole(this.#line);
      if (inbox.ended) return (this.#closing = inbox.closeEnded());
      const params = part<Outgoing>("outgoing").closeParams(this.#line.connectionId, code, reason);
      inbox.shut();
      return (this.#closing = part<typeof import("../core/rpc")>("rpc").call("network.wsClose", params).then(() => inbox.end()));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  onMessage(handler: Handler<WebSocketMessage>): () => void {
    const line = this.#line;
    if (line.inbox !== undefined || typeof handler !== "function") return whole(line).on("message", "onMessage", handler);
    line.heard = true;
    return add(line, handler);
  }

  onClose(handler: Handler<CloseInfo>): () => void {
    return whole(this.#line).on("close", "onClose", handler);
  }

  onError(handler: Handler<ErrorInfo>): () => void {
    return whole(this.#line).on("error", "onError", handler);
  }

  // Connections become iterable once a script has `for await`: the first symbol of an extension costs it 7 KB.
  static {
    send("iterable", () => {
      const { asyncIterator } = part<typeof import("../core/symbol")>("symbol");
      const value = function (this: WebSocketConnection) {
        return whole(this.#line).messages();
      };
      Object.defineProperty(this.prototype, asyncIterator, { value, writable: true, configurable: true });
    });
  }
}
