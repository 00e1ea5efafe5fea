/** process: as little of Node's as lets packages made for both run, without taking this for Node. */

const settled = Promise.resolve();
const ignored = (): object => process;

export const process: object = {
  // What bundles ask for; packages that know it take it for a browser's stand-in.
  browser: true,
  env: Object.freeze({ NODE_ENV: "production" }),
  argv: [] as string[],
  version: "",
  versions: Object.freeze({}),
  cwd: () => "/",

  nextTick(callback: (...args: unknown[]) => void, ...args: unknown[]): void {
    if (typeof callback !== "function") throw new TypeError("process.nextTick: the callback must be a function");
    settled.then(() => {
      callback(...args);
    });
  },

  // There are no events of a process here, and listening to them is no mistake.
  on: ignored,
  once: ignored,
  off: ignored,
  addListener: ignored,
  removeListener: ignored,
  removeAllListeners: ignored,
  emit: () => false,
  emitWarning(warning: unknown): void {
    console.warn(`${warning}`);
  },
};

declare const console: { warn(text: string): void };
