/** Opening a WebSocket with options: what they say, the call, and calling it off. A part of its own. */

import { part } from "../core/host";
import { cancel, request } from "../core/rpc";
import { lifeOf } from "./life";
import { calledOff, type ConnectParams, connectParams, reconnects, type Signal, signalOf } from "./options";
import type { ReconnectingConnection } from "./reconnecting";
import { WebSocketConnection } from "./websocket";

type Connection = WebSocketConnection | ReconnectingConnection;

/** Opens a connection. What it throws, and what the host answers, is for the promise. */
export function connect(
  url: unknown,
  options: unknown,
  fulfil: (connection: Connection) => void,
  reject: (error: unknown) => void,
  site: Error,
): void {
  if (reconnects(options)) {
    const { openReconnecting } = part<typeof import("./reconnecting")>("reconnecting");
    return openReconnecting(url, options, fulfil, reject, site);
  }
  const params = connectParams(url, options);
  const signal = signalOf(options);
  if (signal?.aborted) reject(calledOff(signal));
  else if (signal !== undefined) openUnlessAborted(params, signal, fulfil, reject, site);
  else request("network.wsConnect", params, (reply) => fulfil(opened(reply, params)), reject, site);
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
  return new WebSocketConnection(lifeOf(reply, params), params.url);
}
