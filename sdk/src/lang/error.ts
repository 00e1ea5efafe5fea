/** Error.captureStackTrace and Error.stackTraceLimit, which only V8 has but packages take for granted. */

import { defineMissing, mustBeObject } from "./define";

function installStackTrace(): void {
  defineMissing(Error, {
    captureStackTrace(target: object, hidden?: unknown): void {
      mustBeObject(target, "what Error.captureStackTrace gets");
      const frames = framesBelow(hidden);
      const value = [headline(target as Error), ...frames].join("\n");
      Reflect.defineProperty(target, "stack", { value, writable: true, enumerable: false, configurable: true });
    },
  });
  if (!Object.hasOwn(Error, "stackTraceLimit")) Object.assign(Error, { stackTraceLimit: 10 });
}

/** The frames of those that have called captureStackTrace, without those from the function hidden upwards. */
function framesBelow(hidden: unknown): string[] {
  const lines = (new Error().stack ?? "").split("\n").filter((line) => /^\s+at /.test(line) && !line.includes("extrun!"));
  const frames = lines.map((line) => line.replace(/\(\d+\)(\)?)$/, "$1")); // without goja's own positions
  const name = typeof hidden === "function" ? hidden.name : "";
  if (name === "") return frames;
  const at = frames.findLastIndex((line) => line.trim().startsWith(`at ${name} (`));
  return frames.slice(at + 1);
}

function headline(target: Error): string {
  const name = target.name === undefined ? "Error" : String(target.name);
  const message = target.message === undefined ? "" : String(target.message);
  return name && message ? `${name}: ${message}` : name || message;
}

script.exports = { stackTrace: installStackTrace };
