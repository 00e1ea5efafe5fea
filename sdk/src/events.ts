/** Events of the platform, which the host pushes to every extension. */

import { Emitter } from "./core/emitter";
import { requireFunction } from "./core/error";
import type { Handler } from "./core/handlers";
import { receivers } from "./core/host";

const emitters = new Map<unknown, Emitter<unknown>>();

receivers.event = (message) => emitters.get(message["event"])?.emit(message["data"]);

/** Adds a handler of a platform event. Events that nobody handles are dropped. */
export function on(event: string, handler: Handler<unknown>): () => void {
  if (typeof event !== "string" || event === "") throw new TypeError("on needs the name of an event");
  requireFunction(`on("${event}")`, handler);
  let emitter = emitters.get(event);
  if (emitter === undefined) {
    emitter = new Emitter(`[event] handler of ${event}`);
    emitters.set(event, emitter);
  }
  return emitter.add(handler);
}
