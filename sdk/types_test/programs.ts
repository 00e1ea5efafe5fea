// The programs of the API document, as they stand there but for their types.

import editor from "@srcnexus/ext-sdk";
import type { WebSocketConnection } from "@srcnexus/ext-sdk";

// Quick start
editor.onLoad(function () {
  editor.network.createWebSocket("wss://echo.websocket.org").then(function (ws) {
    ws.onMessage(function (msg) {
      console.log("Received:", msg.data);
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

// Echo client
editor.onLoad(async function () {
  let ws = await editor.network.createWebSocket("wss://echo.websocket.org");
  ws.onMessage(function (msg) {
    editor.window.showToast("Echo: " + msg.data);
  });
  ws.onError(function (err) {
    editor.window.showToast("WS Error: " + err.message);
  });
  ws.send("Hello from my extension!");
});

// Reconnecting client
let ws: WebSocketConnection | null = null;
function connect() {
  editor.network
    .createWebSocket("wss://api.example.com/events")
    .then(function (conn) {
      ws = conn;
      ws.onMessage(function (msg) {
        let event = JSON.parse(msg.data);
        console.log("Event:", event.type, event.payload);
      });
      ws.onClose(function (info) {
        console.log("Disconnected:", info.code, info.reason);
        if (info.code !== 1000) {
          setTimeout(connect, 3000);
        }
      });
      ws.onError(function (err) {
        console.error("Connection error:", err.message);
      });
    })
    .catch(function (err) {
      console.error("Failed to connect:", err);
      setTimeout(connect, 5000);
    });
}
editor.onLoad(function () {
  connect();
});
editor.onDispose(function () {
  if (ws) {
    ws.close();
    ws = null;
  }
});

// Streaming JSON messages
editor.onLoad(async function () {
  let ws = await editor.network.createWebSocket("wss://stream.example.com/data", {
    headers: { Authorization: "Bearer my-token", "X-Custom-Header": "value" },
  });
  let unsub = ws.onMessage(function (msg) {
    try {
      let payload = JSON.parse(msg.data);
      console.log("Price update:", payload.symbol, payload.price);
    } catch (e) {
      console.warn("Non-JSON message:", msg.data);
    }
  });
  ws.send({ action: "subscribe", channels: ["prices", "alerts"] });
  unsub();
});

// Multiple connections
editor.onLoad(async function () {
  let priceWs = await editor.network.createWebSocket("wss://prices.example.com");
  let chatWs = await editor.network.createWebSocket("wss://chat.example.com");
  priceWs.onMessage(function (msg) {
    console.log("[Prices]", msg.data);
  });
  chatWs.onMessage(function (msg) {
    console.log("[Chat]", msg.data);
  });
  editor.onDispose(async function () {
    await priceWs.close();
    await chatWs.close();
  });
});
