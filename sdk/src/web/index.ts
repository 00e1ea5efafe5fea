/** The web's own globals, by name. Each is made when its function is called first. */

import { shown } from "./interface";
import { setNative, type Native } from "./native";

// esbuild makes a module that is only ever required run at its first require.
declare function require(id: "./abort"): typeof import("./abort");
declare function require(id: "./base64"): typeof import("./base64");
declare function require(id: "./buffer"): typeof import("./buffer");
declare function require(id: "./clone"): typeof import("./clone");
declare function require(id: "./crypto"): typeof import("./crypto");
declare function require(id: "./dom_exception"): typeof import("./dom_exception");
declare function require(id: "./encoding"): typeof import("./encoding");
declare function require(id: "./event"): typeof import("./event");
declare function require(id: "./event_target"): typeof import("./event_target");
declare function require(id: "./performance"): typeof import("./performance");
declare function require(id: "./process"): typeof import("./process");
declare function require(id: "./report"): typeof import("./report");
declare function require(id: "./url"): typeof import("./url");
declare function require(id: "./url_search_params"): typeof import("./url_search_params");

const globals = {
  AbortController: () => require("./abort").AbortController,
  AbortSignal: () => require("./abort").AbortSignal,
  Buffer: () => require("./buffer").Buffer,
  Crypto: () => require("./crypto").Crypto,
  CustomEvent: () => require("./event").CustomEvent,
  DOMException: () => require("./dom_exception").DOMException,
  Event: () => require("./event").Event,
  EventTarget: () => require("./event_target").EventTarget,
  Performance: () => require("./performance").Performance,
  PerformanceEntry: () => require("./performance").PerformanceEntry,
  TextDecoder: () => require("./encoding").TextDecoder,
  TextEncoder: () => require("./encoding").TextEncoder,
  URL: () => require("./url").URL,
  URLSearchParams: () => require("./url_search_params").URLSearchParams,
  atob: () => require("./base64").atob,
  btoa: () => require("./base64").btoa,
  crypto: () => require("./crypto").crypto,
  performance: () => require("./performance").performance,
  process: () => require("./process").process,
  reportError: () => require("./report").reportError,
  structuredClone: () => require("./clone").structuredClone,
};

/** Is called once, with what the host gives. */
export = (native: Native) => {
  setNative(native);
  return { globals, shown };
};
