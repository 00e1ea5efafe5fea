/** Commands, and the hooks around them. */

import { expose, type Handler, on, read, rpc, tell } from "./bridge";

type Labels = { label?: string; description?: string; category?: string };

const handlers: { [id: string]: Handler } = {};
const hooks: { [id: string]: Handler } = {};
let hookCount = 0;

export const commands = {
  registerCommand(id: string, handler: Handler, labels: Labels = {}) {
    handlers[id] = handler;
    const { label, description, category } = labels;
    return rpc("commands.register", { id, description: description || null, label: label || null, category: category || null });
  },
  executeCommand: (id: string, args?: unknown) => rpc("commands.execute", { id, args }),
  getCommands: (filter?: object) => rpc("commands.list", filter),

  /** The host's answer may give the hook another id; a failure is swallowed. */
  registerHook(commandId: string, type: string, handler: Handler, priority?: number) {
    const hookId = `__hook_${++hookCount}`;
    hooks[hookId] = handler;
    return rpc("commands.registerHook", { commandId, type, priority, hookId }).then(
      (answer) => {
        if (answer && answer.hookId !== hookId) {
          delete hooks[hookId];
          if (answer.hookId) hooks[answer.hookId] = handler;
        }
        return answer || { hookId };
      },
      (error: unknown) => console.error("[SDK] registerHook:", error),
    );
  },
};

expose("__executeCommand", (message) => {
  let commandId = "";
  let execId = "";
  const fail = (error: unknown) => tell("commandResult", { commandId, execId, error: String(error) });
  const succeed = (result: unknown) => tell("commandResult", { commandId, execId, result });
  try {
    const envelope = read(message);
    commandId = envelope.commandId || "";
    execId = envelope.execId || "";
    const handler = handlers[commandId];
    if (!handler) return tell("commandResult", { commandId, execId, error: `No handler registered for command: ${commandId}` });
    const result: any = handler(envelope.args);
    if (result && typeof result.then === "function") result.then(succeed).catch(fail);
    else succeed(result);
  } catch (error) {
    fail(error);
  }
});

on("hookInvoked", ({ hookId, invocationId, type, args }) => {
  const hook = hooks[hookId];
  if (!hook) return console.warn(`[SDK] No handler found for hookId=${hookId}`);
  const answer = (result: unknown) => {
    if (type === "before") rpc("commands.hookResponse", { invocationId, result: result !== false });
  };
  try {
    Promise.resolve(hook(args)).then(answer, () => answer(true));
  } catch {
    answer(true);
  }
});
