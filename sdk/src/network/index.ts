/** `network`: connections to other machines. */

import type { Network } from "../../index";
import { part } from "../core/host";
import { request } from "../core/rpc";
import { lifeOf } from "./life";
import { WebSocketConnection } from "./websocket";

/** Opens a connection. Whatever goes wrong rejects the promise; nothing is thrown. */
const createWebSocket = ((url: unknown, options?: unknown): Promise<unknown> => {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    if (typeof url !== "string" || (options !== undefined && options !== null)) {
      return part<typeof import("./connect")>("connect").connect(url, options, fulfil, reject, site);
    }
    const params = { url, protocols: [] };
    const opened = (reply: unknown) => fulfil(new WebSocketConnection(lifeOf(reply, params)));
    request("network.wsConnect", params, opened, reject, site);
  });
}) as Network["createWebSocket"];

/** Makes an HTTP request. Whatever goes wrong rejects the promise; nothing is thrown. */
const fetch = ((url: unknown, options?: unknown): Promise<unknown> => {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    part<typeof import("./fetch")>("fetch").fetch(url, options, fulfil, reject, site);
  });
}) as Network["fetch"];

export const network = { createWebSocket, fetch };
