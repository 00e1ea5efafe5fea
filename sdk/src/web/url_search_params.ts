/** URLSearchParams: the names and values of a query, by themselves or of a URL. */

import { expose, needs, showing } from "./interface";
import { pairIterator } from "./iterator";
import { native } from "./native";
import { pairsOf, type Pair } from "./pairs";

const { encodeQuery, parseQuery, wellFormed } = native;

/** Fills the parameters of a URL from its query; changed is told of every change that comes from elsewhere. */
export let fillParams: (params: URLSearchParams, query: string, changed: (query: string) => void) => void;

/** Whether an object is one, whatever it says of itself. */
export let isParams: (object: object) => object is URLSearchParams;

let iterate: <T>(params: URLSearchParams, pick: (pair: Pair) => T) => IterableIterator<T>;

export class URLSearchParams {
  #pairs: Pair[] = [];
  #changed: ((query: string) => void) | undefined;

  static {
    fillParams = (params, query, changed) => {
      params.#pairs = pairsIn(query);
      params.#changed = changed;
    };
    isParams = (object): object is URLSearchParams => #pairs in object;
    iterate = pairIterator("URLSearchParams", (params: URLSearchParams) => params.#pairs) as typeof iterate;
    showing((object) => (#pairs in object ? { name: "URLSearchParams", pairs: (object as URLSearchParams).#pairs } : undefined));
  }

  constructor(init: unknown = "") {
    if ((typeof init === "object" && init !== null) || typeof init === "function") this.#pairs = pairsOf("URLSearchParams", init, textOf);
    else this.#pairs = pairsIn(`${init}`);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: string, value: string): void {
    needs("URLSearchParams.append", 2, arguments.length);
    this.#pairs.push(pair(name, value));
    this.#update();
  }

  delete(name: string, value: string | undefined = undefined): void {
    needs("URLSearchParams.delete", 1, arguments.length);
    const matches = matching(name, value);
    this.#pairs = this.#pairs.filter((p) => !matches(p));
    this.#update();
  }

  get(name: string): string | null {
    needs("URLSearchParams.get", 1, arguments.length);
    return this.#pairs.find(matching(name, undefined))?.[1] ?? null;
  }

  getAll(name: string): string[] {
    needs("URLSearchParams.getAll", 1, arguments.length);
    return this.#pairs.filter(matching(name, undefined)).map((p) => p[1]);
  }

  has(name: string, value: string | undefined = undefined): boolean {
    needs("URLSearchParams.has", 1, arguments.length);
    return this.#pairs.some(matching(name, value));
  }

  set(name: string, value: string): void {
    needs("URLSearchParams.set", 2, arguments.length);
    const set = pair(name, value);
    const at = this.#pairs.findIndex((p) => p[0] === set[0]);
    if (at < 0) this.#pairs.push(set);
    else this.#pairs = this.#pairs.flatMap((p, i) => (i === at ? [set] : p[0] === set[0] ? [] : [p]));
    this.#update();
  }

  sort(): void {
    this.#pairs.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
    this.#update();
  }

  forEach(callback: (value: string, name: string, params: this) => void, self: unknown = undefined): void {
    needs("URLSearchParams.forEach", 1, arguments.length);
    if (typeof callback !== "function") throw new TypeError("URLSearchParams.forEach needs a function");
    for (let i = 0; i < this.#pairs.length; i++) {
      const [name, value] = this.#pairs[i]!;
      Reflect.apply(callback, self, [value, name, this]);
    }
  }

  entries(): IterableIterator<Pair> {
    this.#pairs; // the brand
    return iterate(this, ([name, value]) => [name, value]);
  }

  keys(): IterableIterator<string> {
    this.#pairs;
    return iterate(this, (p) => p[0]);
  }

  values(): IterableIterator<string> {
    this.#pairs;
    return iterate(this, (p) => p[1]);
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => encodeQuery(name) + "=" + encodeQuery(value)).join("&");
  }

  #update(): void {
    this.#changed?.(this.toString());
  }
}

expose(URLSearchParams, "URLSearchParams");
Object.defineProperty(URLSearchParams.prototype, Symbol.iterator, {
  value: URLSearchParams.prototype.entries, writable: true, configurable: true,
});

const textOf = (value: unknown): string => {
  return wellFormed(`${value}`);
};

const pair = (name: unknown, value: unknown): Pair => {
  return [textOf(name), textOf(value)];
};

const matching = (name: unknown, value: unknown): (p: Pair) => boolean => {
  const wanted = textOf(name);
  if (value === undefined) return (p) => p[0] === wanted;
  const given = textOf(value);
  return (p) => p[0] === wanted && p[1] === given;
};

const pairsIn = (query: string): Pair[] => {
  const flat = parseQuery(query.startsWith("?") ? query.slice(1) : query);
  const pairs: Pair[] = [];
  for (let i = 0; i < flat.length; i += 2) pairs.push([flat[i]!, flat[i + 1]!]);
  return pairs;
};
