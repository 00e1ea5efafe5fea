/**
 * The module. Evaluating it makes the bridge and the lifecycle only; a service
 * is made when it is first asked for.
 */

import "./commands";
import { onDispose, onLoad } from "./lifecycle";

// esbuild makes a module that is only ever required run at its first require.
declare function require(id: "./network/index"): typeof import("./network/index");
declare function require(id: "./window"): typeof import("./window");
declare function require(id: "./gateway"): typeof import("./gateway");

let network: typeof import("./network/index").network | undefined;
let window: typeof import("./window").window | undefined;
let host: typeof import("./gateway").host | undefined;

const editor = {
  onLoad,
  onDispose,
  get network() {
    return (network ??= require("./network/index").network);
  },
  get window() {
    return (window ??= require("./window").window);
  },
  get host() {
    return (host ??= require("./gateway").host);
  },
};

// Not enumerable, so that nothing that walks the module goes in circles.
Object.defineProperty(editor, "default", { value: editor });

export = editor;
