import editor from "@srcnexus/ext-sdk";
import { task } from "./task.js";
import { next, trade } from "./trade.js";
import { done } from "./done.js";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket(task.url);
  const { count, inFlight } = task;
  let sent = 0;
  let got = 0;
  const begin = Date.now();
  ws.onMessage((msg) => {
    const was = JSON.parse(msg.data);
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
