/** Headers: names and values of a message of HTTP. */

import { byteString, headerName, headerValue } from "./header_text";
import { expose, needs, showing } from "./interface";
import { pairIterator } from "./iterator";
import { pairsOf, type Pair } from "./pairs";

/** Headers that their owner fills: guarded ones can't be changed by anybody else. */
export let makeHeaders: (pairs: readonly Pair[], guarded: boolean) => Headers;

/** Headers of the same content, which can be changed if the others can. */
export let copyHeaders: (headers: Headers) => Headers;

/** Fills headers from what a script gives for them. */
export let fillHeaders: (headers: Headers, init: unknown) => void;

/** The names and values as they were given, in order. */
export let headerPairs: (headers: Headers) => readonly Pair[];

let iterate: <T>(headers: Headers, pick: (pair: Pair) => T) => IterableIterator<T>;

export class Headers {
  #pairs: Pair[] = []; // the names in lower case
  #sorted: Pair[] | undefined; // as they are iterated, until something changes
  #guarded = false;

  static {
    makeHeaders = (pairs, guarded) => {
      const headers = new Headers();
      headers.#pairs = pairs.map(([name, value]) => [name.toLowerCase(), value]);
      headers.#guarded = guarded;
      return headers;
    };
    copyHeaders = (headers) => makeHeaders(headers.#pairs, headers.#guarded);
    fillHeaders = (headers, init) => headers.#fill(init);
    headerPairs = (headers) => headers.#pairs;
    iterate = pairIterator("Headers", (headers: Headers) => headers.#combined()) as typeof iterate;
    showing((object) => (#pairs in object ? { name: "Headers", pairs: (object as Headers).#combined() } : undefined));
  }

  constructor(init: unknown = undefined) {
    if (init !== undefined) this.#fill(init);
  }

  append(name: string, value: string): void {
    needs("Headers.append", 2, arguments.length);
    this.#pairs; // the brand
    this.#append(byteString(name), byteString(value));
  }

  delete(name: string): void {
    needs("Headers.delete", 1, arguments.length);
    const wanted = headerName(byteString(name));
    this.#mayChange();
    this.#replace(this.#pairs.filter((pair) => pair[0] !== wanted));
  }

  get(name: string): string | null {
    needs("Headers.get", 1, arguments.length);
    const values = this.#values(name);
    return values.length === 0 ? null : values.join(", ");
  }

  getSetCookie(): string[] {
    return this.#values("set-cookie");
  }

  has(name: string): boolean {
    needs("Headers.has", 1, arguments.length);
    return this.#values(name).length > 0;
  }

  set(name: string, value: string): void {
    needs("Headers.set", 2, arguments.length);
    this.#pairs; // the brand
    const [givenName, givenValue] = [byteString(name), byteString(value)];
    const set: Pair = [headerName(givenName), headerValue(givenName, givenValue)];
    this.#mayChange();
    const at = this.#pairs.findIndex((pair) => pair[0] === set[0]);
    if (at < 0) this.#replace([...this.#pairs, set]);
    else this.#replace(this.#pairs.flatMap((pair, i) => (i === at ? [set] : pair[0] === set[0] ? [] : [pair])));
  }

  forEach(callback: (value: string, name: string, headers: this) => void, self: unknown = undefined): void {
    needs("Headers.forEach", 1, arguments.length);
    this.#pairs; // the brand
    if (typeof callback !== "function") throw new TypeError("Headers.forEach needs a function");
    for (let i = 0; i < this.#combined().length; i++) {
      const [name, value] = this.#combined()[i]!;
      Reflect.apply(callback, self, [value, name, this]);
    }
  }

  entries(): IterableIterator<[string, string]> {
    this.#pairs; // the brand
    return iterate(this, ([name, value]) => [name, value]);
  }

  keys(): IterableIterator<string> {
    this.#pairs;
    return iterate(this, (pair) => pair[0]);
  }

  values(): IterableIterator<string> {
    this.#pairs;
    return iterate(this, (pair) => pair[1]);
  }

  #fill(init: unknown): void {
    if ((typeof init !== "object" && typeof init !== "function") || init === null) {
      throw new TypeError("Headers are made of an object, a list of pairs or other Headers");
    }
    for (const [name, value] of pairsOf("Headers", init, byteString)) this.#append(name, value);
  }

  #append(name: string, value: string): void {
    const pair: Pair = [headerName(name), headerValue(name, value)];
    this.#mayChange();
    this.#pairs.push(pair);
    this.#sorted = undefined;
  }

  #values(name: string): string[] {
    const pairs = this.#pairs;
    const wanted = headerName(byteString(name));
    return pairs.filter((pair) => pair[0] === wanted).map((pair) => pair[1]);
  }

  #mayChange(): void {
    if (this.#guarded) throw new TypeError("these headers can't be changed: make a copy with new Headers(headers)");
  }

  #replace(pairs: Pair[]): void {
    this.#pairs = pairs;
    this.#sorted = undefined;
  }

  /** Sorted by name, with one value each, except for cookies, which may have commas in them. */
  #combined(): Pair[] {
    if (this.#sorted !== undefined) return this.#sorted;
    const values = new Map<string, string>();
    const pairs: Pair[] = [];
    for (const [name, value] of this.#pairs) {
      if (name === "set-cookie") pairs.push([name, value]);
      else values.set(name, values.has(name) ? `${values.get(name)}, ${value}` : value);
    }
    for (const pair of values) pairs.push(pair);
    return (this.#sorted = pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }
}

expose(Headers, "Headers");
Object.defineProperty(Headers.prototype, Symbol.iterator, {
  value: Headers.prototype.entries, writable: true, configurable: true,
});
