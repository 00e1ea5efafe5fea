/**
 * A stand-in for the SDK that extensions bring with them, made of what the
 * platform says about it, weaknesses included: this file calls the host and is
 * called by it.
 */

declare const sendMessage: (channel: string, data: string) => unknown;

type Globals = { [name: string]: unknown };
type Waiting = { resolve(result: unknown): void; reject(error: Error): void };
export type Handler = (data: any) => unknown;

// Plain objects, so that names which every object has are found in them.
const waiting: { [id: string]: Waiting } = {};
const handlers: { [event: string]: Handler[] } = {};
let calls = 0;

/** Calls a method of the host. Who waits is noted before the message leaves. */
export function rpc(method: string, params?: object): Promise<any> {
  return new Promise((resolve, reject) => {
    const id = String(++calls);
    waiting[id] = { resolve, reject };
    tell("rpc", { id, method, params: params || {} });
  });
}

/** Sends the host a JSON text. */
export function tell(channel: string, data: unknown): void {
  if (typeof sendMessage === "undefined") {
    throw new Error("sendMessage not available \u2014 not running inside SrcNexus");
  }
  sendMessage(channel, JSON.stringify(data));
}

/** Gives the host a function to call. */
export function expose(name: string, entry: (message?: unknown) => void): void {
  if (typeof globalThis !== "undefined") (globalThis as Globals)[name] = entry;
}

/** Reads a message of the host, which is a JSON text or a value. */
export function read(message: unknown): any {
  return typeof message === "string" ? JSON.parse(message) : message;
}

/** Adds a handler of the host's events. Removing it moves those behind it, also while they are called. */
export function on(event: string, handler: Handler): () => void {
  return subscribe((handlers[event] = handlers[event] || []), handler);
}

export function subscribe(list: Handler[], handler: Handler): () => void {
  list.push(handler);
  return () => {
    const place = list.indexOf(handler);
    if (place >= 0) list.splice(place, 1);
  };
}

expose("__resolveRpc", (message) => {
  try {
    const { id, result, error } = read(message);
    const who = waiting[id];
    if (!who) return;
    delete waiting[id];
    if (error) who.reject(new Error(error));
    else who.resolve(result);
  } catch (error) {
    console.error("[SDK] reply:", error);
  }
});

expose("__pushEvent", (message) => {
  try {
    const { event, data } = read(message);
    const list = handlers[event];
    if (!list) return;
    for (let i = 0; i < list.length; i++) {
      try {
        list[i]!(data);
      } catch (error) {
        console.error("[SDK] event handler:", error);
      }
    }
  } catch (error) {
    console.error("[SDK] event:", error);
  }
});
