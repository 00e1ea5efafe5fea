/**
 * The module. Evaluating it makes the bridge and the lifecycle only; a service
 * is a part of its own, and made when it is first asked for.
 */

import { part } from "./core/host";
import { onDispose, onLoad } from "./lifecycle";

const editor = {
  onLoad,
  onDispose,
  get network() {
    return part<typeof import("./network/index")>("network").network;
  },
  get window() {
    return part<typeof import("./window")>("window").window;
  },
  get host() {
    return part<typeof import("./gateway")>("gateway").host;
  },
};

export = editor;
