/** The beginning and the end of an extension. */

import { reportError } from "./core/global";
import { part, receivers, send } from "./core/host";

export type Callback = () => unknown;

/** The callbacks of one phase, which run one after the other, each awaited. */
interface Stage {
  readonly phase: "onLoad" | "onDispose";
  readonly callbacks: Callback[];
  next: number;
  state: "waiting" | "running" | "done";
  failed: boolean;
  failure: unknown;
}

const load: Stage = { phase: "onLoad", callbacks: [], next: 0, state: "waiting", failed: false, failure: undefined };
const dispose: Stage = { phase: "onDispose", callbacks: [], next: 0, state: "waiting", failed: false, failure: undefined };
receivers.load = () => start(load);
receivers.dispose = () => start(dispose);

export function onLoad(callback: Callback): void {
  if (typeof callback !== "function") refuse("onLoad", callback);
  if (load.state === "done" && !load.failed) runLate(callback);
  else load.callbacks.push(callback);
}

export function onDispose(callback: Callback): void {
  if (typeof callback !== "function") refuse("onDispose", callback);
  dispose.callbacks.push(callback);
}

function refuse(where: string, callback: unknown): void {
  part<typeof import("./core/error")>("error").requireFunction(where, callback);
}

function runLate(callback: Callback): void {
  Promise.resolve()
    .then(callback)
    .then(undefined, (error: unknown) => reportError("onLoad callback threw:", error));
}

/** Runs a stage. Once it has run, only its outcome is told again. */
function start(stage: Stage): void {
  if (stage.state === "done") answer(stage);
  if (stage.state !== "waiting") return;
  stage.state = "running";
  run(stage);
}

function run(stage: Stage): void {
  while (stage.next < stage.callbacks.length) {
    try {
      const result = stage.callbacks[stage.next++]!();
      if (isThenable(result)) {
        Promise.resolve(result).then(
          () => run(stage),
          (error: unknown) => {
            fail(stage, error);
            run(stage);
          },
        );
        return;
      }
    } catch (error) {
      fail(stage, error);
    }
  }
  stage.state = "done";
  answer(stage);
}

/**
 * A failed onLoad ends the stage; a failed onDispose does not keep the others
 * from cleaning up. The host reports the failure that the outcome has, which is
 * the last one: so all are reported in order.
 */
function fail(stage: Stage, error: unknown): void {
  if (stage.failed) reportError(`${stage.phase} callback threw:`, stage.failure);
  stage.failed = true;
  stage.failure = error ?? new Error(`${stage.phase} callback threw ${String(error)}`);
  if (stage === load) stage.callbacks.length = stage.next;
}

function answer({ phase, failed, failure }: Stage): void {
  send("lifecycleComplete", failed ? { phase, error: failure } : { phase });
}

function isThenable(value: unknown): boolean {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
