/** What new WebSocket is called with: a URL, and protocols or an object of options. */

import { DOMException } from "./dom_exception";
import { native } from "./native";

// Most connections are opened without headers.
declare function load(id: "./headers"): typeof import("./headers");

/** A connection that is to be opened. */
export interface Opening {
  readonly url: string;
  readonly origin: string;
  /** The URL without what may be secret in it. */
  readonly shown: string;
  readonly protocols: readonly string[];
  readonly headers: Record<string, string> | undefined;
}

interface Options {
  headers?: unknown;
  protocols?: unknown;
}

/** Reads the arguments, and throws what the standard says is wrong with them. */
export const openingOf = (url: unknown, options: unknown): Opening => {
  const text = `${url}`;
  const { headers, protocols } = optionsOf(options);
  const list = protocols === undefined ? [] : listOf(protocols);
  const fields = headers === undefined ? undefined : fieldsOf(headers);
  const target = targetOf(text);
  requireProtocols(list);
  return { ...target, protocols: list, headers: fields };
};

/** Only an object that can't be iterated is one of options. */
const optionsOf = (value: unknown): Options => {
  if (typeof value !== "object" || value === null || iteratorOf(value) !== undefined) return { protocols: value };
  const { headers, protocols } = value as Options;
  return { headers, protocols };
};

const listOf = (protocols: unknown): string[] => {
  const some = typeof protocols === "object" && protocols !== null && iteratorOf(protocols) !== undefined;
  return some ? Array.from(protocols as Iterable<unknown>, (protocol) => `${protocol}`) : [`${protocols}`];
};

const iteratorOf = (value: object): unknown => (value as { [Symbol.iterator]?: unknown })[Symbol.iterator] ?? undefined;

const fieldsOf = (init: unknown): Record<string, string> => {
  const { Headers } = load("./headers");
  const fields: Record<string, string> = Object.create(null);
  new Headers(init as never).forEach((value: string, name: string) => {
    fields[name] = value;
  });
  return fields;
};

/** The URL's record: there is no base, and http stands for ws. */
const targetOf = (text: string): { url: string; origin: string; shown: string } => {
  const plain = native.parseURL(text, undefined);
  if (plain === null) throw wrong("the URL can't be parsed: it must be absolute, such as wss://example.com/");
  const scheme = plain[2] === "http:" ? "ws:" : plain[2] === "https:" ? "wss:" : plain[2];
  if (scheme !== "ws:" && scheme !== "wss:") throw wrong(`the URL's scheme must be ws, wss, http or https, not ${scheme!.slice(0, -1)}`);
  const [url, origin, , , , , , , pathname] = scheme === plain[2] ? plain : native.setURL(plain[0]!, "protocol", scheme);
  if (url!.includes("#")) throw wrong("the URL has a fragment (#…), which a WebSocket can't have: write %23 for the sign itself");
  return { url: url!, origin: origin!, shown: origin! + pathname };
};

/** The tokens of RFC 9110. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

const requireProtocols = (list: readonly string[]): void => {
  const seen = new Set<string>();
  for (const protocol of list) {
    if (!token.test(protocol)) throw wrong(`the protocol ${JSON.stringify(protocol.slice(0, 100))} is no token of HTTP`);
    if (seen.has(protocol)) throw wrong(`the protocol ${protocol.slice(0, 100)} is given twice`);
    seen.add(protocol);
  }
};

const wrong = (text: string): Error => new DOMException(`WebSocket: ${text}`, "SyntaxError");
