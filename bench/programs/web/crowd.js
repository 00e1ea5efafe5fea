import { gather } from "./gather.js";

// The workers are kept, so that none of them is collected.
const workers = [];

await gather(() => {
  const worker = new Worker(new URL("./member.js", import.meta.url), { type: "module" });
  workers.push(worker);
  return new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = reject;
  });
});
