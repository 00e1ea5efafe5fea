/** The web's own globals, by name. Each is made when its function is called first. */

// esbuild makes a module that is only ever required run at its first require.
declare function require(id: "./event"): typeof import("./event");
declare function require(id: "./abort"): typeof import("./abort");
declare function require(id: "./dom_exception"): typeof import("./dom_exception");

export = {
  AbortController: () => require("./abort").AbortController,
  AbortSignal: () => require("./abort").AbortSignal,
  DOMException: () => require("./dom_exception").DOMException,
  Event: () => require("./event").Event,
  EventTarget: () => require("./event").EventTarget,
};
