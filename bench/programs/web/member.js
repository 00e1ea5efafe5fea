import { task } from "./task.js";
import { obey } from "./obey.js";

const ws = new WebSocket(task.url);
ws.onopen = () => self.postMessage("ready");
ws.onmessage = ({ data }) => {
  if (!obey(data)) ws.send(data);
};
