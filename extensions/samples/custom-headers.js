// Sends headers with the opening handshake, such as the token that a server
// wants to see, and agrees with it on a subprotocol.
//
//     extrun --echo extensions/samples/custom-headers.js
import editor from "@srcnexus/ext-sdk";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org", {
    headers: {
      "Authorization": "Bearer my-token",
      "X-Custom-Header": "value",
    },
    // What this extension can speak, the preferred one first.
    protocols: ["chat.v2", "chat.v1"],
    // Milliseconds until it is given up.
    timeout: 10_000,
  });
  console.log("Connected:", ws.url);
  console.log("The server chose:", ws.protocol || "no subprotocol");
  await ws.close();

  // The headers that make a handshake what it is are not the extension's to
  // set. A refusal says so before anything is sent.
  try {
    await editor.network.createWebSocket("wss://echo.websocket.org", {
      headers: { "Host": "example.com" },
    });
  } catch (err) {
    console.log(err.code, err.message);
  }
});
