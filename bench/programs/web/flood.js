import { task } from "./task.js";
import { done } from "./done.js";

const ws = new WebSocket(task.url);
ws.onopen = () => {
  const { count, size } = task;
  let got = 0;
  const begin = Date.now();
  ws.onmessage = (event) => {
    if (event.data.length !== size) throw new Error("not what was asked for");
    got++;
    if (got === count) {
      done(begin);
      ws.close();
    }
  };
  ws.send("go");
};
