/** HTTP requests: the options, the call, and calling it off. A part of its own. */

import { aborted, coded, invalid, kindOf } from "../core/error";
import { cancel, request } from "../core/rpc";
import { bytesOf, encoded, tagOf } from "./bytes";
import { headerRecord, milliseconds, type Signal, signalOf } from "./options";

interface Options {
  method?: unknown;
  headers?: unknown;
  body?: unknown;
  responseType?: unknown;
  timeout?: unknown;
}

interface Params {
  url: string;
  method: unknown;
  headers: Record<string, string>;
  body: unknown;
  responseType: unknown;
  timeout?: number;
}

const formType = "application/x-www-form-urlencoded;charset=UTF-8";

/** Makes a request. What it throws, and what the host answers, is for the promise. */
export function fetch(
  url: unknown,
  options: unknown,
  fulfil: (result: unknown) => void,
  reject: (error: unknown) => void,
  site: Error,
): void {
  const params = fetchParams(url, options);
  const signal = signalOf(options);
  if (signal === undefined) request("network.fetch", params, fulfil, reject, site);
  else if (signal.aborted) reject(calledOff(signal));
  else fetchUnlessAborted(params, signal, fulfil, reject, site);
}

/** Aborting tells the host at once, and rejects when the host has answered: only then is nothing under way any more. */
function fetchUnlessAborted(
  params: Params,
  signal: Signal,
  fulfil: (result: unknown) => void,
  reject: (error: unknown) => void,
  site: Error,
): void {
  let abort = false;
  const onAbort = () => {
    if (abort) return;
    abort = true;
    cancel(id);
  };
  const settle = (settled: () => void) => {
    signal.removeEventListener("abort", onAbort);
    if (abort) reject(calledOff(signal));
    else settled();
  };
  const id = request(
    "network.fetch",
    params,
    (result) => settle(() => fulfil(result)),
    (error) => settle(() => reject(error)),
    site,
  );
  signal.addEventListener("abort", onAbort);
}

/** Returns the params of network.fetch, or throws what is wrong with the arguments. */
function fetchParams(url: unknown, options: unknown): Params {
  if (options !== undefined && options !== null && typeof options !== "object") {
    throw invalid(`fetch needs an object of options, got ${kindOf(options)}`);
  }
  const { method, headers, body, responseType, timeout } = (options ?? {}) as Options;
  const params: Params = {
    url: urlText(url),
    method: method ?? "GET",
    headers: headers === undefined || headers === null ? {} : headerRecord(headers),
    body: null,
    responseType: responseType ?? "text",
  };
  if (timeout !== undefined) params.timeout = milliseconds(timeout);
  putBody(params, body);
  return params;
}

/** Bytes cross as bytes, what the web has a type for as what the web makes of it; the host writes other objects as JSON. */
function putBody(params: Params, body: unknown): void {
  if (body === undefined || body === null) return;
  if (typeof body !== "object") params.body = body;
  else {
    const { content, type } = contentOf(body);
    params.body = content;
    if (type !== undefined && !Object.keys(params.headers).some((name) => name.toLowerCase() === "content-type")) {
      params.headers["content-type"] = type;
    }
  }
}

function contentOf(body: object): { readonly content: unknown; readonly type?: string } {
  switch (tagOf(body)) {
    case "[object URLSearchParams]":
      return { content: String(body), type: formType };
    case "[object Blob]":
    case "[object File]":
    case "[object FormData]":
      return encoded(body) ?? { content: body };
  }
  return { content: bytesOf("fetch", body) ?? body };
}

function urlText(url: unknown): string {
  if (typeof url === "string") return url;
  const href = (url as { href?: unknown } | null | undefined)?.href;
  if (typeof href === "string") return href;
  throw coded(new TypeError(`Invalid URL: expected a string, got ${kindOf(url)}`), "ERR_INVALID_URL");
}

function calledOff(signal: Signal): Error {
  return aborted("the request was aborted", signal.reason);
}
