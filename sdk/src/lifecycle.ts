/** The beginning and the end of an extension. */

import { requireFunction } from "./core/error";
import { reportError } from "./core/global";
import { receivers, send } from "./core/host";

export type Callback = () => unknown;

type Phase = "onLoad" | "onDispose";

/** The callbacks of one phase, which run one after the other, each awaited. */
class Stage {
  readonly #phase: Phase;
  readonly #callbacks: Callback[] = [];
  #next = 0;
  #state: "waiting" | "running" | "done" = "waiting";
  #failed = false;
  #failure: unknown;

  constructor(phase: Phase) {
    this.#phase = phase;
  }

  get succeeded(): boolean {
    return this.#state === "done" && !this.#failed;
  }

  add(callback: Callback): void {
    this.#callbacks.push(callback);
  }

  /** Runs the stage. Once it has run, only its outcome is told again. */
  start(): void {
    if (this.#state === "done") this.#answer();
    if (this.#state !== "waiting") return;
    this.#state = "running";
    this.#run();
  }

  #run(): void {
    while (this.#next < this.#callbacks.length) {
      try {
        const result = this.#callbacks[this.#next++]!();
        if (isThenable(result)) {
          Promise.resolve(result).then(
            () => this.#run(),
            (error: unknown) => {
              this.#fail(error);
              this.#run();
            },
          );
          return;
        }
      } catch (error) {
        this.#fail(error);
      }
    }
    this.#state = "done";
    this.#answer();
  }

  /**
   * A failed onLoad ends the stage; a failed onDispose does not keep the others
   * from cleaning up. The host reports the failure that the outcome has, which is
   * the last one: so all are reported in order.
   */
  #fail(error: unknown): void {
    if (this.#failed) reportError(`${this.#phase} callback threw:`, this.#failure);
    this.#failed = true;
    this.#failure = error ?? new Error(`${this.#phase} callback threw ${String(error)}`);
    if (this.#phase === "onLoad") this.#callbacks.length = this.#next;
  }

  #answer(): void {
    const outcome = this.#failed ? { phase: this.#phase, error: this.#failure } : { phase: this.#phase };
    send("lifecycleComplete", outcome);
  }
}

const load = new Stage("onLoad");
const dispose = new Stage("onDispose");
receivers.load = () => load.start();
receivers.dispose = () => dispose.start();

export function onLoad(callback: Callback): void {
  requireFunction("onLoad", callback);
  if (load.succeeded) runLate(callback);
  else load.add(callback);
}

export function onDispose(callback: Callback): void {
  requireFunction("onDispose", callback);
  dispose.add(callback);
}

function runLate(callback: Callback): void {
  Promise.resolve()
    .then(callback)
    .then(undefined, (error: unknown) => reportError("onLoad callback threw:", error));
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
