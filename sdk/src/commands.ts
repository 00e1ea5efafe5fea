/** Commands that the host runs in the extension. None can be registered yet, but each is answered. A part of its own. */

import { receivers, send } from "./core/host";

receivers.command = ({ commandId, execId }) => {
  const id = typeof commandId === "string" ? commandId : "";
  send("commandResult", {
    commandId: id,
    execId: typeof execId === "string" ? execId : "",
    error: `No handler registered for command: ${id}`,
  });
};
