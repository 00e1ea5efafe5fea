/** Opening a WebSocket: the options, the call, and calling it off. */

import type { Network } from "../../index";
import { part, query } from "../core/host";
import { call, cancel, request } from "../core/rpc";
import { Inbox } from "./inbox";
import { lifeOf } from "./life";
import { calledOff, type ConnectParams, connectParams, reconnects, type Signal, signalOf } from "./options";
import type { ReconnectingConnection } from "./reconnecting";
import { WebSocketConnection } from "./websocket";

// What is made for the first connection that is to be opened again when it is lost.
let again: typeof import("./reconnecting") | undefined;

type Connection = WebSocketConnection | ReconnectingConnection;

/** Opens a connection. Whatever goes wrong rejects the promise; nothing is thrown. */
export const createWebSocket = ((url: unknown, options?: unknown): Promise<Connection> => {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    if (reconnects(options)) return reconnecting().openReconnecting(url, options, fulfil, reject, site);
    const params = connectParams(url, options); // What it throws rejects the promise.
    const signal = signalOf(options);
    if (signal?.aborted) reject(calledOff(signal));
    else if (signal !== undefined) openUnlessAborted(params, signal, fulfil, reject, site);
    else request("network.wsConnect", params, (reply) => fulfil(opened(reply, params)), reject, site);
  });
}) as Network["createWebSocket"];

function reconnecting(): typeof import("./reconnecting") {
  const shared = { "./host": { query }, "./inbox": { Inbox }, "./rpc": { call, cancel, request } };
  return (again ??= part<typeof import("./reconnecting")>("reconnecting", shared));
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
  const { connectionId, url, protocol } = lifeOf(reply, params);
  return new WebSocketConnection(connectionId, url, protocol);
}
