/**
 * The module. Evaluating it makes the bridge and the lifecycle only; a service
 * is a part of its own, and made when it is first asked for.
 */

import "./commands";
import { aborted, coded, invalid, kindOf, requireFunction } from "./core/error";
import { part, query, receivers, send, sendData } from "./core/host";
import { onDispose, onLoad } from "./lifecycle";

type Modules = { [id: string]: object };

let network: typeof import("./network/index").network | undefined;
let window: typeof import("./window").window | undefined;
let host: typeof import("./gateway").host | undefined;

let shared: Modules | undefined;

function service<T>(name: string): T {
  return part<T>(name, (shared ??= withCalls()));
}

/** The modules that all services share, with those that make calls. */
function withCalls(): Modules {
  const modules: Modules = {
    "./error": { aborted, coded, invalid, kindOf, requireFunction },
    "./host": { part, query, receivers, send, sendData },
  };
  modules["./rpc"] = part("rpc", modules);
  return modules;
}

const editor = {
  onLoad,
  onDispose,
  get network() {
    return (network ??= service<typeof import("./network/index")>("network").network);
  },
  get window() {
    return (window ??= service<typeof import("./window")>("window").window);
  },
  get host() {
    return (host ??= service<typeof import("./gateway")>("gateway").host);
  },
};

// Not enumerable, so that nothing that walks the module goes in circles.
Object.defineProperty(editor, "default", { value: editor });

export = editor;
