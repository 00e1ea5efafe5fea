/** What is registered for the beginning of an extension that has begun. A part of its own. */

import { reportError } from "./core/global";
import type { Callback } from "./lifecycle";

/** Runs a callback after all others have run. */
export function run(callback: Callback): void {
  Promise.resolve()
    .then(callback)
    .then(undefined, (error: unknown) => reportError("onLoad callback threw:", error));
}
