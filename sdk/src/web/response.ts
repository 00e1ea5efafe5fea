/** Response: what a server has answered. */

import { Body, extract } from "./body";
import { type BodyMembers, readable } from "./body_members";
import { byteString, isPrintable } from "./header_text";
import { copyHeaders, fillHeaders, Headers, makeHeaders } from "./headers";
import { dictionary, expose, needs, showing } from "./interface";
import { native } from "./native";
import type { Pair } from "./pairs";

const { parseURL, wellFormed } = native;
const { stringify } = JSON;

interface ResponseInit {
  headers?: unknown;
  status?: number;
  statusText?: string;
}

interface Answered {
  readonly type: string;
  readonly url: string;
  readonly redirected: boolean;
  readonly status: number;
  readonly statusText: string;
  readonly headers: Headers;
  readonly body: Body | null;
}

/** What came from the network; its headers can't be changed. */
export interface Received extends Omit<Answered, "headers" | "type"> {
  readonly headers: readonly Pair[];
}

export let received: (answer: Received) => Response;

let answeredOf: (response: Response) => Answered;

/** A status with which there is never a body. */
export const hasNoBody = (status: number): boolean => {
  return status === 101 || status === 103 || status === 204 || status === 205 || status === 304;
};

export interface Response extends BodyMembers {}

export class Response {
  #answered: Answered;

  static {
    received = ({ headers, ...rest }) => Response.#of({ ...rest, type: "basic", headers: makeHeaders(headers, true) });
    answeredOf = (response) => response.#answered;
    showing((object) => {
      if (!(#answered in object)) return undefined;
      const { status, statusText, headers, redirected, type, url, body } = (object as Response).#answered;
      const shown = { status, statusText, headers, ok: (object as Response).ok, redirected, type, url, bodyUsed: body?.used ?? false };
      return { name: "Response", fields: Object.entries(shown) };
    });
  }

  constructor(body: unknown = null, init: ResponseInit | undefined = undefined) {
    const { headers: given, status = 200, statusText = "" } = dictionary<ResponseInit>("Response", init);
    const code = statusOf(status);
    const reason = byteString(statusText);
    if (code < 200 || code > 599) throw new RangeError(`the status of a response must be from 200 to 599, not ${code}`);
    if (!isPrintable(reason)) throw new TypeError("the statusText of a response must be a line of text");
    const extracted = body === null ? undefined : extract(body);
    const headers = new Headers();
    if (given !== undefined) fillHeaders(headers, given);
    if (extracted !== undefined && hasNoBody(code)) throw bodyless(code);
    if (extracted?.type !== undefined && !headers.has("content-type")) headers.append("content-type", extracted.type);
    this.#answered = {
      type: "default", url: "", redirected: false, status: code, statusText: reason, headers,
      body: extracted === undefined ? null : new Body(extracted.content),
    };
  }

  static #of(answered: Answered): Response {
    const response = new Response();
    response.#answered = answered;
    return response;
  }

  /** What fetch makes of an error of the network, which it doesn't give to anybody. */
  static error(): Response {
    return Response.#of({ ...bare, type: "error", headers: makeHeaders([], true) });
  }

  static redirect(url: string, status: number | undefined = 302): Response {
    needs("Response.redirect", 1, arguments.length);
    const parts = parseURL(wellFormed(`${url}`), undefined);
    if (parts === null) throw new TypeError("Response.redirect needs an absolute URL");
    const code = statusOf(status);
    if (![301, 302, 303, 307, 308].includes(code)) throw new RangeError(`${code} is no status of a redirect`);
    return Response.#of({ ...bare, status: code, headers: makeHeaders([["location", parts[0]!]], true) });
  }

  static json(data: unknown, init: ResponseInit | undefined = undefined): Response {
    needs("Response.json", 1, arguments.length);
    const text: unknown = stringify(data);
    if (typeof text !== "string") throw new TypeError("Response.json: the value has no JSON");
    const response = new Response(null, init);
    const { status, headers } = response.#answered;
    if (hasNoBody(status)) throw bodyless(status);
    if (!headers.has("content-type")) headers.append("content-type", "application/json");
    response.#answered = { ...response.#answered, body: new Body(text) };
    return response;
  }

  get type(): string {
    return this.#answered.type;
  }

  get url(): string {
    return this.#answered.url;
  }

  get redirected(): boolean {
    return this.#answered.redirected;
  }

  get status(): number {
    return this.#answered.status;
  }

  get ok(): boolean {
    const { status } = this.#answered;
    return status >= 200 && status <= 299;
  }

  get statusText(): string {
    return this.#answered.statusText;
  }

  get headers(): Headers {
    return this.#answered.headers;
  }

  clone(): Response {
    const { headers, body, ...same } = this.#answered;
    const copy = body?.clone("Response.clone") ?? null;
    return Response.#of({ ...same, headers: copyHeaders(headers), body: copy });
  }
}

readable(Response, (response) => answeredOf(response));
expose(Response, "Response");

const bare: Omit<Answered, "headers"> = { type: "default", url: "", redirected: false, status: 0, statusText: "", body: null };

const bodyless = (status: number): TypeError => {
  return new TypeError(`a response with the status ${status} can't have a body`);
};

/** A number as Web IDL's unsigned short takes it. */
const statusOf = (value: unknown): number => {
  return new Uint16Array([Number(value)])[0]!;
};
