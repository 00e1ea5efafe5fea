import editor from "@srcnexus/ext-sdk";
import { task } from "./task.js";
import { done } from "./done.js";

editor.onLoad(async () => {
  const begin = Date.now();
  const ws = await editor.network.createWebSocket(task.url);
  ws.onMessage(() => {
    done(begin);
    if (!task.stay) ws.close();
  });
  ws.send("hello");
});
