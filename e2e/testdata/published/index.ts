/** The 15 names of the module. */

import { commands } from "./commands";
import { onDispose, onLoad } from "./lifecycle";
import { listen, post } from "./messaging";
import { network } from "./network";
import { editor, events, formatters, snippets, storage, terminal, window, workspace } from "./services";
import "./web";

/** Which extensions there are; this platform has no methods for it. */
const extensions = {};

export { onLoad, onDispose, commands, window, workspace, events, terminal, storage, network, extensions, editor, snippets, formatters, listen, post };
export default { onLoad, onDispose, commands, window, workspace, events, terminal, storage, network, extensions, editor, snippets, formatters, listen, post };
