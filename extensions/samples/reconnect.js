// One connection that lives through losses: it is opened again by itself, what
// is sent meanwhile waits, and handlers stay. After the third event it ends.
//
//     extrun --echo extensions/samples/reconnect.js
//
// reconnecting-client.js does the same by hand.
import editor from "@srcnexus/ext-sdk";

const enough = 3;
let attempts = 0;

editor.onLoad(async () => {
  // A function is asked anew for each attempt: so a token is never too old.
  const ws = await editor.network.createWebSocket(() => "wss://echo.websocket.org/?attempt=" + ++attempts, {
    reconnect: {
      minReconnectionDelay: 200, // milliseconds; the default is kinder to a real server
      maxRetries: 10,
      // Whatever ends it counts as a loss, unless this says otherwise.
      shouldReconnect: (cause) => cause.code !== 1000,
    },
  });
  console.log("Connected:", ws.connectionId);

  ws.onReconnecting(({ attempt, cause }) => console.log("Lost:", cause.code, "- attempt", attempt));
  ws.onError((err) => console.error("Connection error:", err.message));
  ws.onClose((info) => console.log("Closed:", info.code)); // the final end

  let events = 0;
  const next = () => ws.send({ type: "greeting", payload: events + 1 });
  ws.onMessage((msg) => {
    const event = JSON.parse(msg.data);
    console.log("Event:", event.type, event.payload);
    events++;
    if (events < enough) next();
    else ws.close();
  });
  next();

  // A message that had left when the connection was lost may have been lost with
  // it, as with any connection: so ask again for what has not been answered.
  ws.onReconnected(() => {
    console.log("Connected again:", ws.connectionId);
    next();
  });
});
