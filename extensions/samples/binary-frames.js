// Sends and receives bytes. A message of the server is text or bytes: bytes
// have `binary` set, and come as `bytes`, and in base64 as `data`.
//
//     extrun --echo extensions/samples/binary-frames.js
import editor from "@srcnexus/ext-sdk";

editor.onLoad(async () => {
  const ws = await editor.network.createWebSocket("wss://echo.websocket.org");

  ws.onMessage((msg) => {
    if (msg.binary) {
      console.log("Bytes:", msg.bytes, "in base64:", msg.data);
    } else {
      console.log("Text:", msg.data);
      ws.close();
    }
  });

  // ArrayBuffers, typed arrays and DataViews go out as bytes.
  const pixel = new Uint8Array([255, 128, 0]);
  ws.send(pixel);
  pixel.fill(0); // has no effect: send took the bytes as they were

  ws.send(new Float32Array([0.5]).buffer);

  // Strings go out as text, and so does JSON.
  ws.send({ done: true });
});
