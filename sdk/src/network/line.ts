/** The messages of a connection, on the short way to their handlers. */

import { Emitter, type Handler } from "../core/emitter";
import { part, receivers } from "../core/host";
import { Table } from "../core/table";
import type { Inbox } from "./inbox";
import type { Kind } from "./held";

/** What takes the events of the connections that are open, by their ids. */
export const lines = new Table<{ receive(kind: Kind, data: unknown): void }>();

receivers.wsEvent = (connectionId, kind, data) => {
  if (kind === "message" || kind === "close" || kind === "error") lines.get(connectionId)?.receive(kind, data);
};

/**
 * A connection of which messages come that have handlers. Anything else makes
 * its inbox, which takes all its events from then on.
 */
export class Line {
  readonly #id: string;
  readonly #message: Emitter<any>;
  #heard = false;

  /** Undefined while none is needed. */
  inbox: Inbox | undefined;

  constructor(connectionId: string) {
    this.#id = connectionId;
    this.#message = new Emitter(`[ws] onMessage handler of ${connectionId}`);
    lines.set(connectionId, this);
  }

  onMessage(handler: Handler<any>): () => void {
    if (this.inbox !== undefined || typeof handler !== "function") {
      return this.whole().on("message", "onMessage", handler);
    }
    this.#heard = true;
    return this.#message.add(handler);
  }

  /** Takes an event of the host. */
  receive(kind: Kind, data: unknown): void {
    if (kind !== "message" || !this.#message.emit(data)) this.whole().receive(kind, data);
  }

  /** The inbox, made if there is none so far. */
  whole(): Inbox {
    const { Inbox } = part<typeof import("./inbox")>("inbox");
    return (this.inbox ??= new Inbox(this.#id, this.#message, this.#heard));
  }
}
