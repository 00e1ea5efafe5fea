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

/** Hands data of a connection to the host, which makes the promise: nothing of a send is kept here. */
export function sendData(connectionId: string, data: string | Uint8Array): Promise<void> {
  return send("send", connectionId, data) as Promise<void>;
}

/**
 * Runs a part of the SDK that is a script of its own, as most extensions have no
 * use for it, and returns what it exports. modules are those that it shares with
 * the rest.
 */
export function part<T>(name: string, modules: { readonly [id: string]: object }): T {
  const start = send("part", name) as (load: (id: string) => unknown) => T;
  return start((id) => modules[id]);
}

/** Asks the host for something that it knows at once. Throws what the host throws. */
export function query(method: string, params: object): unknown {
  return send("query", { method, params });
}

function deliver(receiver: ((message: Message) => void) | undefined, message: unknown): void {
  if (receiver === undefined) return;
  const value = typeof message === "string" ? parse(message) : message;
  if (typeof value === "object" && value !== null) receiver(value as Message);
}

// A host that sees a function with three parameters gives it the event in its parts.
const wsMessage = (m: Message) => receivers.wsEvent?.(m["connectionId"], m["event"], m["data"]);

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

bridge.__resolveRpc = (message) => deliver(receivers.reply, message);
bridge.__pushEvent = (message) => deliver(receivers.event, message);
bridge.__pushWsEvent = (messageOrId, event, data) => {
  if (event === undefined) deliver(wsMessage, messageOrId);
  else receivers.wsEvent?.(messageOrId, event, data);
};
bridge.__executeCommand = (message) => deliver(receivers.command, message);
bridge.__triggerOnLoad = () => receivers.load?.();
bridge.__triggerOnDispose = () => receivers.dispose?.();
