// What the tests of WebSocket have in common.
import { sockets } from "./server.js";

/** The URL of one of the server's parts, with what it is asked for. */
export function at(part, asks = {}) {
  const query = Object.entries(asks).flatMap(([name, values]) => [values].flat().map((value) => name + "=" + encodeURIComponent(value)));
  return "ws://" + sockets + "/" + part + (query.length > 0 ? "?" + query.join("&") : "");
}

/** Where runtimes leave the standard in more than one test. */
export const noClose = "fires no close event when the handshake fails";
export const untrusted = "its events aren't trusted";
export const uncounted = "doesn't count what it can't send";

/** The next event of a type. */
export const next = (target, type) => new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));

/** An open connection, with its bytes as ArrayBuffers. */
export async function opened(part, asks, protocols = []) {
  const ws = new WebSocket(at(part, asks), protocols);
  ws.binaryType = "arraybuffer";
  await next(ws, "open");
  return ws;
}

/** Closes a connection, and waits until it is. */
export async function ended(ws) {
  if (ws.readyState === WebSocket.CLOSED) return;
  const over = next(ws, "close");
  ws.close();
  await over;
}

/** Writes down all events of a connection, each as what `describe` makes of it. */
export function record(ws, describe = (event) => event.type) {
  const got = [];
  for (const type of ["open", "message", "error", "close"]) ws.addEventListener(type, (event) => got.push(describe(event)));
  return got;
}

export const bytesOf = (buffer) => [...new Uint8Array(buffer)];
