// Reads messages in a loop. Its body may wait as long as it likes: the messages
// that come meanwhile are kept, and a server that is too fast has to wait.
//
//     extrun --echo extensions/samples/for-await.js
import editor from "@srcnexus/ext-sdk";

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org");
  for (const word of ["hello", "one", "two", "three", "bye"]) ws.send(word);

  // Leaving a loop leaves the connection open, and the rest for the next loop.
  for await (const msg of ws) {
    console.log("First:", msg.data);
    break;
  }

  for await (const msg of ws) {
    if (msg.data === "bye") ws.close(); // ends the loop, too
    else console.log("Then:", msg.data);
    await pause(10);
  }
  console.log("That was all.");
});
