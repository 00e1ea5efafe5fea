/**
 * The bridge: the only file that touches the globals which the host gives to an
 * extension, and the only one that makes globals for the host. Messages cross as
 * values; a host that sends JSON text is understood too.
 */

type Message = { readonly [name: string]: unknown };

interface BridgeGlobals {
  sendMessage?: (channel: string, data: unknown, more?: unknown) => unknown;
  __resolveRpc: (message: unknown) => void;
  __pushEvent: (message: unknown) => void;
  __pushWsEvent: (messageOrId: unknown, event: unknown, data: unknown) => void;
  __executeCommand: (message: unknown) => void;
  __triggerOnLoad: () => void;
  __triggerOnDispose: () => void;
}

const bridge = globalThis as unknown as BridgeGlobals;
const sendMessage = bridge.sendMessage;

/**
 * Where messages of the host go. A part of the SDK that has not been used yet
 * has no receiver, and nothing can be waiting for its messages.
 */
export const receivers: {
  reply?: (message: Message) => void;
  event?: (message: Message) => void;
  wsEvent?: (connectionId: unknown, event: unknown, data: unknown) => void;
  command?: (message: Message) => void;
  load?: () => void;
  dispose?: () => void;
} = {};

/** Hands a message to the host and returns what the host's function returns. */
export function send(channel: string, data: unknown, more?: unknown): unknown {
  if (typeof sendMessage !== "function") {
    throw new Error("sendMessage not available \u2014 not running inside SrcNexus");
  }
  return sendMessage(channel, data, more);
}

/** Asks the host for something that it knows at once. Throws what the host throws. */
export function query(method: string, params: object): unknown {
  return send("query", { method, params });
}

// No Map, for the sake of the many extensions that need none otherwise.
const parts: { [name: string]: unknown } = { __proto__: null, host: { part, query, receivers, send } };

/**
 * Returns what a part of the SDK exports. A part is a script of its own, as most
 * extensions have no use for it; it is run when it is first asked for.
 */
export function part<T>(name: string): T {
  return (parts[name] ??= (send("part", name) as (load: typeof part) => unknown)(part)) as T;
}

function deliver(receiver: ((message: Message) => void) | undefined, message: unknown): void {
  if (receiver === undefined) return;
  let value = message;
  try {
    if (typeof message === "string") value = JSON.parse(message);
  } catch {
    return;
  }
  if (typeof value === "object" && value !== null) receiver(value as Message);
}

bridge.__resolveRpc = (message) => deliver(receivers.reply, message);
bridge.__pushEvent = (message) => deliver(receivers.event, message);

// A host that sees a function with three parameters gives it the event in its parts.
bridge.__pushWsEvent = (messageOrId, event, data) => {
  if (event === undefined) deliver((m) => receivers.wsEvent?.(m["connectionId"], m["event"], m["data"]), messageOrId);
  else receivers.wsEvent?.(messageOrId, event, data);
};
bridge.__executeCommand = (message) => deliver(receivers.command, message);
bridge.__triggerOnLoad = () => receivers.load?.();
bridge.__triggerOnDispose = () => receivers.dispose?.();
