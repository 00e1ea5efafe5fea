import WebSocket from "ws";
import { task } from "./task.js";
import { next, trade } from "./trade.js";
import { done } from "./done.js";

const ws = new WebSocket(task.url, { perMessageDeflate: false });
ws.on("open", () => {
  const { count, inFlight } = task;
  let sent = 0;
  let got = 0;
  const begin = Date.now();
  ws.on("message", (message) => {
    const was = JSON.parse(message.toString());
    got++;
    if (sent < count) {
      sent++;
      ws.send(JSON.stringify(next(was)));
    } else if (got === count) {
      done(begin);
      ws.close();
    }
  });
  while (sent < inFlight) {
    sent++;
    ws.send(JSON.stringify(trade()));
  }
});
