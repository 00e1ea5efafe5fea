/**
 * The bridge: the only file that touches the globals which the host gives to an
 * extension, and the only one that makes globals for it. Messages cross as
 * values; a host that sends JSON text is understood too.
 */

import type { Stage } from "../lifecycle";

type Message = { readonly [name: string]: unknown };

interface BridgeGlobals {
  sendMessage?: (channel: string, data: unknown, more?: unknown) => unknown;
}

/** The globals by which the host calls the extension. */
type Entry = "__resolveRpc" | "__pushEvent" | "__pushWsEvent" | "__executeCommand" | "__triggerOnLoad" | "__triggerOnDispose";

type Delivery = typeof import("./delivery");
type Running = typeof import("../stage");

const { sendMessage } = globalThis as unknown as BridgeGlobals;

/**
 * Where messages of the host go. A part of the SDK that has not been used yet
 * has no receiver, and nothing can be waiting for its messages.
 */
export const receivers: {
  reply?: (message: Message) => void;
  event?: (message: Message) => void;
  wsEvent?: (connectionId: unknown, event: unknown, data: unknown) => void;
  command?: (message: Message) => void;
  load?: Stage;
  dispose?: Stage;
} = {};

/** Hands a message to the host and returns what the host's function returns. */
export function send(channel: string, data: unknown, more?: unknown): unknown {
  if (typeof sendMessage !== "function") {
    throw new Error("sendMessage not available \u2014 not running inside SrcNexus");
  }
  return sendMessage(channel, data, more);
}

// No Map, for the sake of the many extensions that need none otherwise.
const parts: { [name: string]: unknown } = { __proto__: null, host: { part, receivers, send } };

/**
 * Returns what a part of the SDK exports. A part is a script of its own, as most
 * extensions have no use for it; it is run when it is first asked for, and each
 * time if it isn't to be kept.
 */
export function part<T>(name: string, keep = true): T {
  const exports = parts[name] ?? (send("part", name) as (load: typeof part) => unknown)(part);
  if (keep) parts[name] = exports;
  return exports as T;
}

/** Makes a function that the host calls, when the host first looks for it. */
const entry = (name: Entry): unknown => {
  switch (name) {
    case "__resolveRpc":
      return (message: unknown) => part<Delivery>("delivery").deliver("reply", message);
    case "__pushEvent":
      return (message: unknown) => part<Delivery>("delivery").deliver("event", message);
    case "__pushWsEvent":
      // A host that sees a function with three parameters gives it the event in its parts.
      return (messageOrId: unknown, event: unknown, data: unknown) => {
        if (event === undefined) part<Delivery>("delivery").deliver("wsEvent", messageOrId);
        else receivers.wsEvent?.(messageOrId, event, data);
      };
    case "__executeCommand":
      return (message: unknown) => part<Delivery>("delivery").deliver("command", message);
    case "__triggerOnLoad":
      return () => part<Running>("stage", false).start(receivers.load!);
    case "__triggerOnDispose":
      return () => part<Running>("stage", false).start(receivers.dispose!);
  }
};
if (typeof sendMessage === "function") send("entries", entry);
