import { parentPort } from "node:worker_threads";
import WebSocket from "ws";
import { task } from "./task.js";
import { obey } from "./obey.js";

const ws = new WebSocket(task.url, { perMessageDeflate: false });
ws.on("open", () => parentPort.postMessage("ready"));
ws.on("message", (message) => {
  const data = message.toString();
  if (!obey(data)) ws.send(data);
});
