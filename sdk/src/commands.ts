/** Commands that the host runs in the extension. None can be registered yet, but each is answered. */

import { receivers, send } from "./core/host";

receivers.command = (message) => {
  const commandId = text(message["commandId"]);
  send("commandResult", {
    commandId,
    execId: text(message["execId"]),
    error: `No handler registered for command: ${commandId}`,
  });
};

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
