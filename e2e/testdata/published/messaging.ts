/** Messages between extensions, by channel. */

import { type Handler, on, rpc, subscribe } from "./bridge";

const channels: { [id: string]: Handler[] } = {};

on("__message", ({ id, message }) => {
  for (const handler of channels[id] || []) handler(message);
});

/** The first listener of a channel tells the host, and the last one that leaves. */
export function listen(id: string, handler: Handler): () => void {
  if (!channels[id]) {
    channels[id] = [];
    rpc("messaging.listen", { id });
  }
  const list = channels[id]!;
  const leave = subscribe(list, handler);
  return () => {
    leave();
    if (list.length > 0 || channels[id] !== list) return;
    delete channels[id];
    rpc("messaging.unlisten", { id });
  };
}

export function post(id: string, message?: unknown): Promise<void> {
  return rpc("messaging.post", { id, message });
}
