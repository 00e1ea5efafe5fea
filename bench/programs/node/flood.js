import WebSocket from "ws";
import { task } from "./task.js";
import { done } from "./done.js";

const ws = new WebSocket(task.url, { perMessageDeflate: false });
ws.on("open", () => {
  const { count, size } = task;
  let got = 0;
  const begin = Date.now();
  ws.on("message", (message) => {
    if (message.toString().length !== size) throw new Error("not what was asked for");
    got++;
    if (got === count) {
      done(begin);
      ws.close();
    }
  });
  ws.send("go");
});
