/** URL: the parser is the host's, so that what a URL means is the same here and where it is dialled. */

import { expose, needs, showing } from "./interface";
import { native } from "./native";
import { fillParams, URLSearchParams } from "./url_search_params";

const { parseURL, setURL, wellFormed } = native;

/** The places of what parseURL and setURL return. */
const enum Part {
  href, origin, protocol, username, password, host, hostname, port, pathname, search, hash,
}

export class URL {
  #parts: string[];
  #params: URLSearchParams | undefined;

  static {
    showing((object) => {
      if (!(#parts in object)) return undefined;
      const p = (object as URL).#parts;
      const fields: [string, unknown][] = [
        ["href", p[Part.href]], ["origin", p[Part.origin]], ["protocol", p[Part.protocol]], ["username", p[Part.username]],
        ["password", p[Part.password]], ["host", p[Part.host]], ["hostname", p[Part.hostname]], ["port", p[Part.port]],
        ["pathname", p[Part.pathname]], ["search", p[Part.search]], ["searchParams", (object as URL).searchParams], ["hash", p[Part.hash]],
      ];
      return { name: "URL", fields };
    });
  }

  constructor(url: string, base: string | undefined = undefined) {
    needs("URL", 1, arguments.length);
    this.#parts = parse(url, base) ?? refuse(url, base);
  }

  static parse(url: string, base: string | undefined = undefined): URL | null {
    needs("URL.parse", 1, arguments.length);
    const parts = parse(url, base);
    return parts === null ? null : new URL(parts[Part.href]!);
  }

  static canParse(url: string, base: string | undefined = undefined): boolean {
    needs("URL.canParse", 1, arguments.length);
    return parse(url, base) !== null;
  }

  get href(): string {
    return this.#parts[Part.href]!;
  }

  set href(value: string) {
    this.#parts; // the brand
    this.#parts = parse(value, undefined) ?? refuse(value, undefined);
    this.#refill();
  }

  get origin(): string {
    return this.#parts[Part.origin]!;
  }

  get protocol(): string {
    return this.#parts[Part.protocol]!;
  }

  set protocol(value: string) {
    this.#set("protocol", value);
  }

  get username(): string {
    return this.#parts[Part.username]!;
  }

  set username(value: string) {
    this.#set("username", value);
  }

  get password(): string {
    return this.#parts[Part.password]!;
  }

  set password(value: string) {
    this.#set("password", value);
  }

  get host(): string {
    return this.#parts[Part.host]!;
  }

  set host(value: string) {
    this.#set("host", value);
  }

  get hostname(): string {
    return this.#parts[Part.hostname]!;
  }

  set hostname(value: string) {
    this.#set("hostname", value);
  }

  get port(): string {
    return this.#parts[Part.port]!;
  }

  set port(value: string) {
    this.#set("port", value);
  }

  get pathname(): string {
    return this.#parts[Part.pathname]!;
  }

  set pathname(value: string) {
    this.#set("pathname", value);
  }

  get search(): string {
    return this.#parts[Part.search]!;
  }

  set search(value: string) {
    this.#set("search", value);
    this.#refill();
  }

  get searchParams(): URLSearchParams {
    if (this.#params === undefined) {
      this.#parts; // the brand
      this.#params = new URLSearchParams();
      this.#refill();
    }
    return this.#params;
  }

  get hash(): string {
    return this.#parts[Part.hash]!;
  }

  set hash(value: string) {
    this.#set("hash", value);
  }

  toJSON(): string {
    return this.#parts[Part.href]!;
  }

  toString(): string {
    return this.#parts[Part.href]!;
  }

  #set(part: string, value: unknown): void {
    this.#parts = setURL(this.#parts[Part.href]!, part, wellFormed(`${value}`));
  }

  /** Makes the parameters, if somebody has them, those of the query. */
  #refill(): void {
    if (this.#params === undefined) return;
    fillParams(this.#params, this.#parts[Part.search]!, (query) => this.#set("search", query));
  }
}

expose(URL, "URL", 1);

const parse = (url: unknown, base: unknown): string[] | null => {
  const text = wellFormed(`${url}`);
  return parseURL(text, base === undefined ? undefined : wellFormed(`${base}`));
};

const refuse = (url: unknown, base: unknown): never => {
  const error: TypeError & { code?: string; input?: string; base?: string } = new TypeError("Invalid URL");
  error.code = "ERR_INVALID_URL";
  error.input = `${url}`;
  if (base !== undefined) error.base = `${base}`;
  throw error;
};
