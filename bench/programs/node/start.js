import WebSocket from "ws";
import { task } from "./task.js";
import { done } from "./done.js";

const begin = Date.now();
const ws = new WebSocket(task.url, { perMessageDeflate: false });
ws.on("open", () => ws.send("hello"));
ws.on("message", () => {
  done(begin);
  if (!task.stay) ws.close();
});
