// Keeps two connections, each with handlers of its own, and closes both when
// the extension is deactivated. An extension can have five at a time.
//
//     extrun --echo extensions/samples/multiple-connections.js
import editor from "@srcnexus/ext-sdk";

editor.onLoad(async () => {
  // Opened at the same time; two different servers, usually.
  const [prices, chat] = await Promise.all([
    editor.network.createWebSocket("wss://echo.websocket.org/prices"),
    editor.network.createWebSocket("wss://echo.websocket.org/chat"),
  ]);

  prices.onMessage((msg) => {
    console.log("[Prices]", msg.data);
    prices.close();
  });
  chat.onMessage((msg) => {
    console.log("[Chat]", msg.data);
    chat.close();
  });

  prices.send("ACME 12.50");
  chat.send("Good morning!");

  // Also runs at Ctrl-C. Closing what is closed already does nothing.
  editor.onDispose(async () => {
    await Promise.all([prices.close(), chat.close()]);
    console.log("Both are closed.");
  });
});
