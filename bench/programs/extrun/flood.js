import editor from "@srcnexus/ext-sdk";
import { task } from "./task.js";
import { done } from "./done.js";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket(task.url);
  const { count, size } = task;
  let got = 0;
  const begin = Date.now();
  ws.onMessage((msg) => {
    if (msg.data.length !== size) throw new Error("not what was asked for");
    got++;
    if (got === count) {
      done(begin);
      ws.close();
    }
  });
  ws.send("go");
});
