/** Request: what is asked of a server. */

import type { AbortSignal } from "./abort";
import { Body, extract } from "./body";
import { type BodyMembers, readable } from "./body_members";
import { copyHeaders, fillHeaders, headerPairs, Headers } from "./headers";
import { dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";
import { type Choices, chosen, defaults, methodOf, type RequestInit } from "./request_init";

const { parseURL, wellFormed } = native;

// Only needed where there is a signal.
declare function load(id: "./abort"): typeof import("./abort");

/** What fetch needs to know. */
export interface Asked {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly choices: Choices;
  readonly body: Body | null;
  /** The signal that the request was given, undefined without one. */
  readonly source: AbortSignal | undefined;
}

/** What a request asks; throws for everything else. */
export let askedOf: (request: Request) => Asked;

export interface Request extends BodyMembers {}

export class Request {
  #asked: Asked;
  #signal: AbortSignal | undefined;

  static {
    askedOf = (request) => request.#asked;
    showing((object) => {
      if (!(#asked in object)) return undefined;
      const { method, url, headers } = (object as Request).#asked;
      return { name: "Request", fields: [["method", method], ["url", url], ["headers", headers], ["bodyUsed", (object as Request).bodyUsed]] };
    });
  }

  constructor(input: unknown, init: RequestInit | undefined = undefined) {
    needs("Request", 1, arguments.length);
    const from = typeof input === "object" && input !== null && #asked in input ? (input as Request).#asked : undefined;
    const options = dictionary<RequestInit>("Request", init);
    const url = from?.url ?? parsed(input);
    const choices = chosen(options, from?.choices ?? defaults);
    const method = options.method === undefined ? from?.method ?? "GET" : methodOf(options.method);
    const { signal = from?.source } = options;
    if (signal !== null && signal !== undefined && !load("./abort").isSignal(signal)) throw new TypeError("the signal of a request must be an AbortSignal");
    const headers = new Headers();
    if (options.headers !== undefined) fillHeaders(headers, options.headers);
    else if (from !== undefined) for (const [name, value] of headerPairs(from.headers)) headers.append(name, value);
    const body = bodyFor(method, headers, options.body, from?.body ?? null);
    this.#asked = { url, method, headers, choices, body, source: (signal ?? undefined) as AbortSignal | undefined };
  }

  get method(): string {
    return this.#asked.method;
  }

  get url(): string {
    return this.#asked.url;
  }

  get headers(): Headers {
    return this.#asked.headers;
  }

  get destination(): string {
    this.#asked; // the brand
    return "";
  }

  get referrer(): string {
    return this.#asked.choices.referrer;
  }

  get referrerPolicy(): string {
    return this.#asked.choices.referrerPolicy;
  }

  get mode(): string {
    return this.#asked.choices.mode;
  }

  get credentials(): string {
    return this.#asked.choices.credentials;
  }

  get cache(): string {
    return this.#asked.choices.cache;
  }

  get redirect(): string {
    return this.#asked.choices.redirect;
  }

  get integrity(): string {
    return this.#asked.choices.integrity;
  }

  get keepalive(): boolean {
    return this.#asked.choices.keepalive;
  }

  get isReloadNavigation(): boolean {
    this.#asked;
    return false;
  }

  get isHistoryNavigation(): boolean {
    this.#asked;
    return false;
  }

  get duplex(): string {
    this.#asked;
    return "half";
  }

  /** A signal of the request's own, which follows the one that it was given. */
  get signal(): AbortSignal {
    const { source } = this.#asked;
    return (this.#signal ??= load("./abort").AbortSignal.any(source === undefined ? [] : [source]));
  }

  clone(): Request {
    const { body, headers, ...same } = this.#asked;
    const copy = new Request(this.#asked.url);
    copy.#asked = { ...same, headers: copyHeaders(headers), body: body?.clone("Request.clone") ?? null };
    return copy;
  }
}

readable(Request, askedOf);
expose(Request, "Request", 1);

/** The URL of what a request is made of, which must be absolute. */
const parsed = (input: unknown): string => {
  const text = wellFormed(`${input}`);
  const parts = parseURL(text, undefined);
  if (parts === null) throw new TypeError("Request needs an absolute URL: there is no page that a relative one could refer to");
  const [href, , , username, password] = parts;
  if (username !== "" || password !== "") throw new TypeError("the URL of a request can't have a user name or password: use the header Authorization");
  return href!;
};

/** The body that is given, or else that of the request before, which has none any more then. */
const bodyFor = (method: string, headers: Headers, init: unknown, before: Body | null): Body | null => {
  const given = init !== undefined && init !== null;
  if ((given || before !== null) && (method === "GET" || method === "HEAD")) {
    throw new TypeError(`a request with the method ${method} can't have a body`);
  }
  if (!given) return before === null ? null : new Body(before.take());
  const { content, type } = extract(init);
  if (type !== undefined && !headers.has("content-type")) headers.append("content-type", type);
  return new Body(content);
};
