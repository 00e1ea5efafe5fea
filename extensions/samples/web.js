// What the web has: fetch and the WebSocket class. Neither needs the SDK. They
// obey the same rules as editor.network, so a server that may not be reached is
// refused here as well.
//
//     extrun --echo extensions/samples/web.js
async function main() {
  const response = await fetch("https://echo.websocket.org/notes", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ note: "water the plants" }),
    signal: AbortSignal.timeout(5000),
  });
  if (!response.ok) throw new Error("the server answered " + response.status);
  console.log("Saved:", (await response.json()).note);

  try {
    await fetch("http://localhost:4820/");
  } catch (err) {
    console.log("Refused:", err.cause.code);
  }

  const ws = new WebSocket("wss://echo.websocket.org/", { headers: { Authorization: "Bearer my-token" } });
  ws.onopen = () => ws.send("hello");
  ws.onmessage = (event) => {
    console.log("Message:", event.data);
    ws.close(1000, "done");
  };
  ws.onclose = (event) => console.log("Closed:", event.code, event.reason, event.wasClean ? "cleanly" : "");
}

main();
