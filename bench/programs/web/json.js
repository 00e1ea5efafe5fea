import { task } from "./task.js";
import { next, trade } from "./trade.js";
import { done } from "./done.js";

const ws = new WebSocket(task.url);
ws.onopen = () => {
  const { count, inFlight } = task;
  let sent = 0;
  let got = 0;
  const begin = Date.now();
  ws.onmessage = (event) => {
    const was = JSON.parse(event.data);
    got++;
    if (sent < count) {
      sent++;
      ws.send(JSON.stringify(next(was)));
    } else if (got === count) {
      done(begin);
      ws.close();
    }
  };
  while (sent < inFlight) {
    sent++;
    ws.send(JSON.stringify(trade()));
  }
};
