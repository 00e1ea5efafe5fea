// Sends a text to an echo server and shows in the editor what comes back. In a
// terminal, a toast is a line of text.
//
//     extrun --echo extensions/samples/echo-client.js
import editor from "@srcnexus/ext-sdk";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org");

  ws.onMessage((msg) => {
    editor.window.showToast("Echo: " + msg.data);
    ws.close();
  });
  ws.onError((err) => {
    editor.window.showToast("WebSocket error: " + err.message);
  });

  await ws.send("Hello from my extension!");
});
