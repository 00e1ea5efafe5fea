/** What requests can be told, and how much of it there is here. */

import { byteString, isToken } from "./header_text";
import { native } from "./native";

const { parseURL, wellFormed } = native;

export interface RequestInit {
  body?: unknown;
  cache?: string;
  credentials?: string;
  duplex?: string;
  headers?: unknown;
  integrity?: string;
  keepalive?: boolean;
  method?: string;
  mode?: string;
  priority?: string;
  redirect?: string;
  referrer?: string;
  referrerPolicy?: string;
  signal?: unknown;
  window?: unknown;
}

/** What is kept of the choices, as the interface shows them. */
export interface Choices {
  cache: string;
  credentials: string;
  integrity: string;
  keepalive: boolean;
  mode: string;
  redirect: string;
  referrer: string;
  referrerPolicy: string;
}

export const defaults: Choices = {
  cache: "default", credentials: "same-origin", integrity: "", keepalive: false, mode: "cors", redirect: "follow",
  referrer: "about:client", referrerPolicy: "",
};

/** The words that an option can be. */
const known = new Map([
  ["cache", "default no-store reload no-cache force-cache only-if-cached"],
  ["credentials", "omit same-origin include"],
  ["duplex", "half"],
  ["mode", "cors no-cors same-origin navigate"],
  ["priority", "high low auto"],
  ["redirect", "follow error manual"],
  // It can be empty, too.
  ["referrerPolicy", " no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin strict-origin-when-cross-origin unsafe-url"],
]);

const isOneOf = (words: string, word: string): boolean => {
  return words.split(" ").includes(word);
};

/** One of the words that an option can be, or the one it is without the option. */
const choice = (name: string, value: unknown, otherwise: string): string => {
  if (value === undefined) return otherwise;
  const word = `${value}`;
  if (!isOneOf(known.get(name)!, word)) throw new TypeError(`${JSON.stringify(word.slice(0, 100))} is no ${name} of a request`);
  return word;
};

/** The choices of a request that is made of another one, or of the defaults. */
export const chosen = (init: RequestInit, from: Choices): Choices => {
  const { cache, credentials, duplex, integrity, keepalive, mode, priority, redirect, referrer, referrerPolicy, window } = init;
  if (window !== undefined && window !== null) throw new TypeError("the window of a request can only be null");
  choice("duplex", duplex, "half");
  choice("priority", priority, "auto");
  const choices: Choices = {
    cache: choice("cache", cache, from.cache),
    credentials: choice("credentials", credentials, from.credentials),
    integrity: integrity === undefined ? from.integrity : wellFormed(`${integrity}`),
    keepalive: keepalive === undefined ? from.keepalive : Boolean(keepalive),
    mode: choice("mode", mode, from.mode),
    redirect: choice("redirect", redirect, from.redirect),
    referrer: referrer === undefined ? from.referrer : referrerOf(`${referrer}`),
    referrerPolicy: choice("referrerPolicy", referrerPolicy, from.referrerPolicy),
  };
  if (mode === "navigate") throw new TypeError("the mode of a request can't be navigate");
  if (choices.cache === "only-if-cached" && choices.mode !== "same-origin") {
    throw new TypeError("the cache mode only-if-cached needs the mode same-origin");
  }
  return choices;
};

/** There is no page that requests come from: none of another origin is told either. */
const referrerOf = (referrer: string): string => {
  if (referrer === "") return "";
  if (parseURL(wellFormed(referrer), undefined) === null) throw new TypeError("the referrer of a request must be a URL");
  return "about:client";
};

/** The method of a request; other names than those of old stay as they are written. */
export const methodOf = (method: unknown): string => {
  const name = byteString(method);
  if (!isToken(name)) throw new TypeError(`${JSON.stringify(name.slice(0, 100))} is no method of a request`);
  const upper = name.toUpperCase();
  if (isOneOf("CONNECT TRACE TRACK", upper)) throw new TypeError(`the method ${upper} can't be used`);
  return isOneOf("DELETE GET HEAD OPTIONS POST PUT", upper) ? upper : name;
};
