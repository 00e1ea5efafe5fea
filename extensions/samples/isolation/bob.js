// Alice's counterpart: see alice.js.
import editor from "@srcnexus/ext-sdk";
import { attack } from "./attack.js";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org/bob");
  console.log("my connection is", ws.connectionId);
  ws.onMessage((msg) => {
    console.log("received:", msg.data);
    ws.close();
  });
  ws.onClose((info) => console.log("closed:", info.code));

  await attack("alice_ws_0"); // exists
  await attack("alice_ws_99"); // doesn't

  setTimeout(() => ws.send("still my connection"), 300);
});
