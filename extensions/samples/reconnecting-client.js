// Stays connected: whenever the connection is lost it waits a moment and
// connects again. After the third event it has seen enough and ends.
//
//     extrun --echo extensions/samples/reconnecting-client.js
//
// An echo server never goes away by itself, so the program asks it to: it sends
// an event, and once that has come back it leaves with the code 4000, which
// counts as a loss here. A server that hangs up, or is restarted, has the same
// effect.
import editor from "@srcnexus/ext-sdk";

const url = "wss://echo.websocket.org";
const delay = 200; // milliseconds; several seconds are kinder to a real server
const enough = 3;

let ws = null;
let timer;
let events = 0;

async function connect() {
  try {
    ws = await editor.network.createWebSocket(url);
  } catch (err) {
    console.error("Can't connect:", err.message);
    timer = setTimeout(connect, delay);
    return;
  }
  console.log("Connected:", ws.connectionId);

  ws.onMessage((msg) => {
    const event = JSON.parse(msg.data);
    console.log("Event:", event.type, event.payload);
    events++;
    if (events < enough) ws.close(4000, "try again");
    else ws.close();
  });

  // A failure is an error followed by a close, so onClose is the one place to
  // reconnect from.
  ws.onError((err) => {
    console.error("Connection error:", err.message);
  });
  ws.onClose((info) => {
    console.log("Disconnected:", info.code, info.reason);
    if (info.code !== 1000) timer = setTimeout(connect, delay);
  });

  ws.send({ type: "greeting", payload: events + 1 }).catch((err) => {
    console.error("Not sent:", err.message);
  });
}

editor.onLoad(connect);

// Otherwise the timer could open a connection that nobody wants any more.
editor.onDispose(async () => {
  clearTimeout(timer);
  await ws?.close();
});
