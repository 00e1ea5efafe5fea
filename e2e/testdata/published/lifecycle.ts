/** The beginning and the end: one callback each, the last one that was given. */

import { expose, tell } from "./bridge";

type Callback = () => unknown;

let load: Callback | undefined;
let dispose: Callback | undefined;

export function onLoad(callback: Callback): void {
  load = callback;
}

export function onDispose(callback: Callback): void {
  dispose = callback;
}

expose("__triggerOnLoad", () => run("onLoad", load));
expose("__triggerOnDispose", () => run("onDispose", dispose));

/** Runs a callback. The host hears that it is over, and not how it went. */
function run(phase: string, callback: Callback | undefined): void {
  const over = () => tell("lifecycleComplete", phase);
  try {
    const result = callback && (callback() as PromiseLike<unknown> | undefined);
    if (!result || typeof result.then !== "function") return over();
    result.then(over, (error: unknown) => {
      console.error(`[SDK] ${phase} async error:`, error);
      over();
    });
  } catch (error) {
    console.error(`[SDK] ${phase} error:`, error);
    over();
  }
}
