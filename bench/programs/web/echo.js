import { task } from "./task.js";
import { payload } from "./payload.js";
import { done } from "./done.js";

const ws = new WebSocket(task.url);
ws.binaryType = "arraybuffer";
ws.onopen = () => {
  const data = payload(task);
  const binary = task.kind === "binary";
  const { count, inFlight } = task;
  let sent = 0;
  let got = 0;
  const begin = Date.now();
  ws.onmessage = (event) => {
    if ((binary ? event.data.byteLength : event.data.length) !== data.length) throw new Error("not what was sent");
    got++;
    if (sent < count) {
      sent++;
      ws.send(data);
    } else if (got === count) {
      done(begin);
      ws.close();
    }
  };
  while (sent < inFlight) {
    sent++;
    ws.send(data);
  }
};
