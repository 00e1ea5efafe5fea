// Two extensions that don't trust each other, for good reason: each guesses the
// other's connection id and tries to send on it and to close it.
//
//     extrun --echo extensions/samples/isolation/alice.js extensions/samples/isolation/bob.js
//
// The host refuses, and says the same about connections that don't exist, so
// there is nothing to be learnt from it. Alice's own connection doesn't notice.
import editor from "@srcnexus/ext-sdk";
import { attack } from "./attack.js";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org/alice");
  console.log("my connection is", ws.connectionId);
  ws.onMessage((msg) => {
    console.log("received:", msg.data);
    ws.close();
  });
  ws.onClose((info) => console.log("closed:", info.code));

  await attack("bob_ws_0");

  // Long enough for Bob to have tried.
  setTimeout(() => ws.send("still my connection"), 300);
});
