/** fetch: asks a server. The host does it, as it does for network.fetch. */

import { Body, type Content } from "./body";
import { headerPairs } from "./headers";
import { native, type Failure } from "./native";
import type { Pair } from "./pairs";
import { type Asked, askedOf, Request } from "./request";
import type { RequestInit } from "./request_init";
import { hasNoBody, received, type Response } from "./response";

const { cancelRequest, request } = native;

/** What the host answers. */
interface Reply {
  readonly status: number;
  readonly statusText: string;
  readonly headerPairs: readonly Pair[];
  readonly body: Uint8Array;
  readonly url: string;
  readonly redirected: boolean;
}

// Only needed where there is a signal.
declare function load(id: "./abort"): typeof import("./abort");

// A method, so that it is no constructor.
export const { fetch } = {
  fetch(input: unknown, init: RequestInit | undefined = undefined): Promise<Response> {
    const failed = new TypeError(); // made here, so that its stack leads to the extension's line
    return new Promise((fulfil, reject) => ask(askedOf(new Request(input, init)), failed, fulfil, reject));
  },
};

const ask = (asked: Asked, failed: TypeError, fulfil: (response: Response) => void, reject: (reason: unknown) => void): void => {
  const { source } = asked;
  const body = asked.body?.take() ?? null;
  if (source?.aborted) return reject(source.reason);
  refuse(asked);
  let release = (): void => {};
  const call = begin(asked, body, (failure, result) => {
    release();
    if (failure === undefined) fulfil(responseOf(result as Reply, asked));
    else reject(explained(failed, failure));
    return undefined;
  });
  if (source === undefined) return;
  release = load("./abort").whenAborted(source, () => {
    reject(source.reason);
    cancelRequest(call);
  });
};

const begin = (asked: Asked, body: Content | null, answered: (failure: Failure | undefined, result: unknown) => undefined): number => {
  const { url, method, headers, choices } = asked;
  return request("network.fetch", { url, method, headers: headerPairs(headers), body, redirect: choices.redirect, responseType: "bytes" }, answered);
};

/** Throws where a promise that the request asks for couldn't be kept. */
const refuse = ({ choices }: Asked): void => {
  if (choices.integrity !== "") throw new TypeError("fetch can't check the integrity of what it gets: leave the option out, and compare a hash yourself");
  if (choices.cache === "only-if-cached") throw new TypeError("fetch has no cache, in which only-if-cached could find anything");
};

/** Until its body was read, a response can still be called off. */
const responseOf = (reply: Reply, { method, source }: Asked): Response => {
  const { status, statusText, url, redirected } = reply;
  const check = (): void => {
    if (source?.aborted) throw source.reason;
  };
  const body = hasNoBody(status) || method === "HEAD" ? null : new Body(reply.body, check);
  return received({ status, statusText, url, redirected, headers: reply.headerPairs, body });
};

/** What an extension sees of a failure; the host's messages tell no secrets. */
const explained = (failed: TypeError, { message, code }: Failure): TypeError => {
  const cause = Object.assign(new Error(message), { code });
  hide(cause, "stack", `Error: ${message}`);
  hide(failed, "message", `fetch: ${message}`);
  hide(failed, "cause", cause);
  return failed;
};

const hide = (error: Error, name: string, value: unknown): void => {
  Object.defineProperty(error, name, { value, writable: true, configurable: true });
};
