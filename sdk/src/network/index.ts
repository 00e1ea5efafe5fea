/** `network`: connections to other machines. */

import type { Network } from "../../index";
import { part, send } from "../core/host";
import type { Life } from "./life";
import { WebSocketConnection } from "./websocket";

/** Opens a connection. Whatever goes wrong rejects the promise; nothing is thrown. */
const createWebSocket = ((url: unknown, options?: unknown): Promise<unknown> => {
  if (typeof url !== "string" || (options !== undefined && options !== null)) {
    const site = new Error();
    return new Promise((fulfil, reject) => {
      part<typeof import("./connect")>("connect").connect(url, options, fulfil, reject, site);
    });
  }
  try {
    const request = { method: "network.wsConnect", params: { url, protocols: [] } };
    return send("call", request, (life: Partial<Life>) => new WebSocketConnection(life, url)) as Promise<unknown>;
  } catch (error) {
    return Promise.reject(error);
  }
}) as Network["createWebSocket"];

/** Makes an HTTP request. Whatever goes wrong rejects the promise; nothing is thrown. */
const fetch = ((url: unknown, options?: unknown): Promise<unknown> => {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    part<typeof import("./fetch")>("fetch").fetch(url, options, fulfil, reject, site);
  });
}) as Network["fetch"];

export const network = { createWebSocket, fetch };

// For the parts that begin where this one ends.
export { lines } from "./line";
export { WebSocketConnection } from "./websocket";
