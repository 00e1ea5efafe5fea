import editor from "@srcnexus/ext-sdk";
import { task } from "./task.js";
import { obey } from "./obey.js";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket(task.url);
  ws.onMessage(({ data }) => {
    if (!obey(data)) ws.send(data);
  });
});
