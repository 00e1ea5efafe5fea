import { Worker } from "node:worker_threads";
import { gather } from "./gather.js";

await gather(() => {
  const worker = new Worker(new URL("./member.js", import.meta.url));
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
});
