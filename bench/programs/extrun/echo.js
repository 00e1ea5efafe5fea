import editor from "@srcnexus/ext-sdk";
import { task } from "./task.js";
import { payload } from "./payload.js";
import { done } from "./done.js";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket(task.url);
  const data = payload(task);
  const binary = task.kind === "binary";
  const { count, inFlight } = task;
  let sent = 0;
  let got = 0;
  const begin = Date.now();
  ws.onMessage((msg) => {
    if ((binary ? msg.bytes : msg.data).length !== data.length) throw new Error("not what was sent");
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
