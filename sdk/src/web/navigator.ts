/** navigator: what packages ask of the place that they run in, without a word about the machine. */

import { expose, showing } from "./interface";

const internal = Symbol("Navigator");
const languages: readonly string[] = Object.freeze(["en-US"]);

/** As on Node.js and Deno, a part of what HTML gives windows and workers. */
export class Navigator {
  readonly #brand = true;

  static {
    showing((object) => (#brand in object ? { name: "Navigator" } : undefined));
  }

  constructor(key?: unknown) {
    if (key !== internal) throw new TypeError("Navigator can't be constructed: use navigator");
  }

  get userAgent(): string {
    this.#brand;
    return "extrun";
  }

  get language(): string {
    this.#brand;
    return languages[0]!;
  }

  get languages(): readonly string[] {
    this.#brand;
    return languages;
  }

  /** Always: false would say that there is no network for sure. */
  get onLine(): boolean {
    this.#brand;
    return true;
  }

  /** An extension has one thread. */
  get hardwareConcurrency(): number {
    this.#brand;
    return 1;
  }
}

expose(Navigator, "Navigator");

/** The one there is. */
export const navigator = new Navigator(internal);
