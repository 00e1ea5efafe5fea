// Opens a connection, says hello, and shows everything that happens to it.
//
//     extrun --echo extensions/samples/quick-start.js
//
// --echo answers for echo.websocket.org on this machine; without it, the program
// talks to the real server.
import editor from "@srcnexus/ext-sdk";

editor.onLoad(function () {
  editor.network.createWebSocket("wss://echo.websocket.org").then(function (ws) {
    ws.onMessage(function (msg) {
      console.log("Received:", msg.data);
      ws.close(); // nothing is open any more, so extrun ends
    });

    ws.onClose(function (info) {
      console.log("Closed:", info.code, info.reason);
    });

    ws.onError(function (err) {
      console.log("Error:", err.message);
    });

    ws.send("Hello, server!");
  });
});
