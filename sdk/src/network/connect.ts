/** Opening a WebSocket: the options, the call, and calling it off. */

import { aborted } from "../core/error";
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

function openUnlessAborted(
  params: ConnectParams,
  signal: Signal,
  fulfil: (connection: WebSocketConnection) => void,
  reject: (error: unknown) => void,
  site: Error,
): void {
  let id: string | undefined;
  let over = false;
  const onAbort = () => {
    if (id !== undefined) cancel(id);
    finish(() => reject(calledOff(signal)));
  };
  const finish = (settle: () => void) => {
    if (over) return;
    over = true;
    signal.removeEventListener("abort", onAbort);
    settle();
  };
  signal.addEventListener("abort", onAbort);
  id = request(
    "network.wsConnect",
    params,
    (reply) => {
      const connection = opened(reply, params);
      if (over) closeQuietly(connection);
      else finish(() => fulfil(connection));
    },
    (error) => finish(() => reject(error)),
    site,
  );
}

/** Makes the connection in the very turn of the reply, so that no event can precede it. */
function opened(reply: unknown, params: ConnectParams): WebSocketConnection {
  const answer = (reply ?? {}) as { connectionId?: unknown; url?: unknown; protocol?: unknown };
  const url = typeof answer.url === "string" ? answer.url : params.url;
  const protocol = typeof answer.protocol === "string" ? answer.protocol : "";
  return new WebSocketConnection(String(answer.connectionId), url, protocol);
}

/** Gives back a socket that opened although it had been called off. */
function closeQuietly(connection: WebSocketConnection): void {
  connection.close().then(undefined, () => undefined);
}

function calledOff(signal: Signal): Error {
  return aborted("opening the WebSocket was aborted", signal.reason);
}
