/** The messages of a connection, on the short way to their handlers. */

import { emit, type Handlers } from "../core/handlers";
import { part, receivers } from "../core/host";
import type { Inbox } from "./inbox";
import type { Life } from "./life";

/**
 * A connection of which messages come, and their handlers. Anything else makes
 * its inbox, which takes all its events from then on.
 */
export interface Line extends Life, Handlers {
  heard: boolean;
  inbox: Inbox | undefined;
}

/** What takes the events of the connections that are open, by their ids. No Map: most extensions need none otherwise. */
export const lines: { [id: string]: Line | { readonly inbox: Inbox; readonly label?: undefined } } = { __proto__: null } as never;

receivers.wsEvent = (id, kind, data) => {
  if (typeof id !== "string" || (kind !== "message" && kind !== "close" && kind !== "error")) return;
  const line = lines[id];
  if (line === undefined) return;
  if (line.label === undefined || line.inbox !== undefined) line.inbox!.receive(kind, data);
  else if (kind !== "message" || !emit(line, data)) whole(line).receive(kind, data);
};

/** The inbox of a connection, made if there is none so far. */
export function whole(line: Line): Inbox {
  return (line.inbox ??= new (part<typeof import("./inbox")>("inbox").Inbox)(line.connectionId, line, line.heard));
}
