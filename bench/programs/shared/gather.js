import process from "node:process";
import { task } from "./task.js";

// Starts the members of a crowd one after the other, and says what each of the
// last tenth took.
export async function gather(start) {
  const last = Math.ceil(task.members / 10);
  for (let i = last; i < task.members; i++) await start();
  const cpu = process.cpuUsage();
  const begin = Date.now();
  for (let i = 0; i < last; i++) await start();
  const used = process.cpuUsage(cpu);
  console.log(JSON.stringify({ cpu: (used.user + used.system) / last, wall: ((Date.now() - begin) * 1000) / last }));
}
