/**
 * The bridge: the only file that touches the globals which the host gives to an
 * extension, and the only one that makes globals for the host. Messages cross as
 * values; a host that sends JSON text is understood too.
 */

type Message = { readonly [name: string]: unknown };

interface BridgeGlobals {
  sendMessage?: (channel: string, data: unknown) => unknown;
  __resolveRpc: (message: unknown) => void;
  __pushEvent: (message: unknown) => void;
  __pushWsEvent: (message: unknown) => void;
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
  wsEvent?: (message: Message) => void;
  command?: (message: Message) => void;
  load?: () => void;
  dispose?: () => void;
} = {};

/** Hands a message to the host and returns what the host's function returns. */
export function send(channel: string, data: unknown): unknown {
  if (typeof sendMessage !== "function") {
    throw new Error("sendMessage not available \u2014 not running inside SrcNexus");
  }
  return sendMessage(channel, data);
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

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

bridge.__resolveRpc = (message) => deliver(receivers.reply, message);
bridge.__pushEvent = (message) => deliver(receivers.event, message);
bridge.__pushWsEvent = (message) => deliver(receivers.wsEvent, message);
bridge.__executeCommand = (message) => deliver(receivers.command, message);
bridge.__triggerOnLoad = () => receivers.load?.();
bridge.__triggerOnDispose = () => receivers.dispose?.();
