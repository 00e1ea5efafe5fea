/** Messages of the host that come whole: as values, or as JSON text. */

import { part, receivers } from "./host";

type Message = { readonly [name: string]: unknown };

/** Hands a message to whoever receives those of its kind. What isn't understood is dropped. */
export function deliver(kind: "reply" | "event" | "command" | "wsEvent", message: unknown): void {
  let value = message;
  try {
    if (typeof message === "string") value = JSON.parse(message);
  } catch {
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const fields = value as Message;
  if (kind === "command") part("commands"); // which is its receiver
  if (kind === "wsEvent") receivers.wsEvent?.(fields["connectionId"], fields["event"], fields["data"]);
  else receivers[kind]?.(fields);
}
