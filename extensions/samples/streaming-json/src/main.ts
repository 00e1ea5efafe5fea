// Subscribes to a stream of JSON messages and reads them with types: an
// extension in TypeScript, with a manifest. No build step is needed.
//
//     extrun --echo extensions/samples/streaming-json
//
// An echo server has no prices, so the program sends it some to get them back.
import editor from "@srcnexus/ext-sdk";

interface Subscription {
  action: "subscribe";
  channels: string[];
}

interface Price {
  symbol: string;
  price: number;
}

type Message = Subscription | Price;

function show(message: Message): void {
  if ("action" in message) console.log("Subscribed to:", message.channels.join(", "));
  else console.log("Price update:", message.symbol, message.price);
}

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org/data");

  ws.onMessage((msg) => {
    if (msg.data === "bye") {
      ws.close();
      return;
    }
    // What a server sends is never sure to be JSON.
    try {
      show(JSON.parse(msg.data) as Message);
    } catch {
      console.warn("Not JSON:", msg.data);
    }
  });

  // Objects go out as JSON.
  const subscription: Subscription = { action: "subscribe", channels: ["prices", "alerts"] };
  ws.send(subscription);

  // These stand for the server's messages.
  const prices: Price[] = [{ symbol: "ACME", price: 12.5 }, { symbol: "INIT", price: 3 }];
  for (const price of prices) ws.send(price);
  ws.send("{not json");
  ws.send("bye");
});
