/** The beginning and the end of an extension. A part of its own, which isn't kept between the two. */

import { part, send } from "./core/host";
import type { Stage } from "./lifecycle";

/** Runs a stage. Once it has run, only its outcome is told again. */
export function start(stage: Stage): void {
  if (stage.state === "running") return;
  if (stage.state === "waiting") run(stage);
  else answer(stage);
}

function run(stage: Stage): void {
  stage.state = "running";
  while (stage.next < stage.callbacks.length) {
    try {
      const result = stage.callbacks[stage.next++]!();
      if (typeof result === "object" && result !== null && typeof (result as { then?: unknown }).then === "function") {
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
  const { phase, failed, failure } = stage;
  if (failed) part<typeof import("./core/global")>("global").reportError(`${phase} callback threw:`, failure);
  stage.failed = true;
  stage.failure = error ?? new Error(`${phase} callback threw ${String(error)}`);
  if (phase === "onLoad") stage.callbacks.length = stage.next;
}

function answer({ phase, failed, failure }: Stage): void {
  send("lifecycleComplete", failed ? { phase, error: failure } : { phase });
}
