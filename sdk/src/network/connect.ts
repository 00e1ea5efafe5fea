/** Opening a WebSocket: the options, the call, and calling it off. */

import { aborted as abortError } from "../core/error";
import { cancel, request } from "../core/rpc";
import { type ConnectParams, connectParams, type Signal, signalOf } from "./options";
import { WebSocketConnection } from "./websocket";

/** Opens a connection. Whatever goes wrong rejects the promise; nothing is thrown. */
export function createWebSocket(url: unknown, options?: unknown): Promise<WebSocketConnection> {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    const params = connectParams(url, options); // What it throws rejects the promise.
    const signal = signalOf(options);
    if (signal?.aborted) reject(calledOff(signal));
    else if (signal !== undefined) openUnlessAborted(params, signal, fulfil, reject, site);
    else request("network.wsConnect", params, (reply) => fulfil(opened(reply, params)), reject, site);
  });
}

/**
 * Aborting tells the host at once, and rejects when the host has answered: only
 * then is the place of the connection free again.
 */
function openUnlessAborted(
  params: ConnectParams,
  signal: Signal,
  fulfil: (connection: WebSocketConnection) => void,
  reject: (error: unknown) => void,
  site: Error,
): void {
  let aborted = false;
  const onAbort = () => {
    if (aborted) return;
    aborted = true;
    cancel(id);
  };
  const id = request(
    "network.wsConnect",
    params,
    (reply) => {
      signal.removeEventListener("abort", onAbort);
      const connection = opened(reply, params);
      if (!aborted) return fulfil(connection);
      const rejectAborted = () => reject(calledOff(signal));
      connection.close().then(rejectAborted, rejectAborted);
    },
    (error) => {
      signal.removeEventListener("abort", onAbort);
      reject(aborted ? calledOff(signal) : error);
    },
    site,
  );
  signal.addEventListener("abort", onAbort);
}

/** Makes the connection in the very turn of the reply, so that no event can precede it. */
function opened(reply: unknown, params: ConnectParams): WebSocketConnection {
  const answer = (reply ?? {}) as { connectionId?: unknown; url?: unknown; protocol?: unknown };
  const url = typeof answer.url === "string" ? answer.url : params.url;
  const protocol = typeof answer.protocol === "string" ? answer.protocol : "";
  return new WebSocketConnection(String(answer.connectionId), url, protocol);
}

function calledOff(signal: Signal): Error {
  return abortError("opening the WebSocket was aborted", signal.reason);
}
