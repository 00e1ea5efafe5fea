import { task } from "./task.js";
import { done } from "./done.js";

const begin = Date.now();
const ws = new WebSocket(task.url);
ws.onopen = () => ws.send("hello");
ws.onmessage = () => {
  done(begin);
  if (!task.stay) ws.close();
};
