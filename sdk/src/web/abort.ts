/** AbortController and AbortSignal: calling off what is under way. */

import { later } from "../core/global";
import { DOMException } from "./dom_exception";
import { Event, EventTarget } from "./event";

// Signals are made by the functions below only.
const internal = Symbol("AbortSignal");

let abortSignal: (signal: AbortSignal, reason: unknown) => void;

export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown;
  #onabort: ((event: Event) => unknown) | null = null;

  static {
    abortSignal = (signal, reason) => signal.#abort(reason);
  }

  constructor(key?: unknown) {
    if (key !== internal) throw new TypeError("AbortSignal can't be constructed: use AbortController");
    super();
  }

  /** A signal that is aborted already. */
  static abort(reason?: unknown): AbortSignal {
    const signal = newSignal();
    signal.#abort(reason);
    return signal;
  }

  /** A signal that is aborted after some milliseconds. */
  static timeout(ms: number): AbortSignal {
    if (!(ms >= 0 && ms <= Number.MAX_SAFE_INTEGER)) throw new TypeError("AbortSignal.timeout needs milliseconds");
    const signal = newSignal();
    later(() => signal.#abort(new DOMException("The operation timed out", "TimeoutError")), ms);
    return signal;
  }

  /** A signal that is aborted as soon as one of the others is. */
  static any(signals: Iterable<AbortSignal>): AbortSignal {
    const sources = Array.from(signals);
    const signal = newSignal();
    const first = sources.find((source) => source.aborted);
    if (first !== undefined) {
      signal.#abort(first.reason);
      return signal;
    }
    const follow = (event: Event) => {
      sources.forEach((source) => source.removeEventListener("abort", follow));
      signal.#abort((event.target as AbortSignal).reason);
    };
    sources.forEach((source) => source.addEventListener("abort", follow));
    return signal;
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  get onabort(): ((event: Event) => unknown) | null {
    return this.#onabort;
  }

  set onabort(handler: unknown) {
    if (this.#onabort !== null) this.removeEventListener("abort", this.#onabort);
    this.#onabort = typeof handler === "function" ? (handler as (event: Event) => unknown) : null;
    if (this.#onabort !== null) this.addEventListener("abort", this.#onabort);
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  override get [Symbol.toStringTag](): string {
    return "AbortSignal";
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
    this.dispatchEvent(new Event("abort"));
  }
}

export class AbortController {
  readonly #signal = newSignal();

  get signal(): AbortSignal {
    return this.#signal;
  }

  abort(reason?: unknown): void {
    abortSignal(this.#signal, reason);
  }

  get [Symbol.toStringTag](): string {
    return "AbortController";
  }
}

// Not within the class: a class that names itself loses its name when bundled.
function newSignal(): AbortSignal {
  return new AbortSignal(internal);
}
