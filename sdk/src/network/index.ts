/** `network`: connections to other machines. */

import type { Network } from "../../index";
import { part } from "../core/host";
import { cancel, request } from "../core/rpc";
import { createWebSocket } from "./connect";

// What is made for the first request.
let requests: typeof import("./fetch") | undefined;

/** Makes an HTTP request. Whatever goes wrong rejects the promise; nothing is thrown. */
const fetch = ((url: unknown, options?: unknown): Promise<unknown> => {
  const site = new Error();
  return new Promise((fulfil, reject) => {
    const made = (requests ??= part<typeof import("./fetch")>("fetch", { "./rpc": { cancel, request } }));
    made.fetch(url, options, fulfil, reject, site);
  });
}) as Network["fetch"];

export const network = { createWebSocket, fetch };
