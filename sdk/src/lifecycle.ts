/** What an extension wants to be called at its beginning and its end. */

import { part, receivers } from "./core/host";

export type Callback = () => unknown;

/** The callbacks of one phase, which the part `stage` runs one after the other, each awaited. */
export interface Stage {
  readonly phase: "onLoad" | "onDispose";
  readonly callbacks: Callback[];
  next: number;
  state: "waiting" | "running" | "done";
  failed: boolean;
  failure: unknown;
}

type Refusals = typeof import("./core/error");

const load: Stage = { phase: "onLoad", callbacks: [], next: 0, state: "waiting", failed: false, failure: undefined };
const dispose: Stage = { phase: "onDispose", callbacks: [], next: 0, state: "waiting", failed: false, failure: undefined };
receivers.load = load;
receivers.dispose = dispose;

export function onLoad(callback: Callback): void {
  if (typeof callback !== "function") part<Refusals>("error").requireFunction("onLoad", callback);
  if (load.state === "done" && !load.failed) part<typeof import("./late")>("late").run(callback);
  else load.callbacks[load.callbacks.length] = callback;
}

export function onDispose(callback: Callback): void {
  if (typeof callback !== "function") part<Refusals>("error").requireFunction("onDispose", callback);
  dispose.callbacks[dispose.callbacks.length] = callback;
}
