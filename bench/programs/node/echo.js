import WebSocket from "ws";
import { task } from "./task.js";
import { payload } from "./payload.js";
import { done } from "./done.js";

const ws = new WebSocket(task.url, { perMessageDeflate: false });
ws.on("open", () => {
  const data = payload(task);
  const { count, inFlight } = task;
  let sent = 0;
  let got = 0;
  const begin = Date.now();
  ws.on("message", (message, binary) => {
    if ((binary ? message : message.toString()).length !== data.length) throw new Error("not what was sent");
    got++;
    if (sent < count) {
      sent++;
      ws.send(data);
    } else if (got === count) {
      done(begin);
      ws.close();
    }
  });
  while (sent < inFlight) {
    sent++;
    ws.send(data);
  }
});
