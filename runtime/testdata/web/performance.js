import { equal, test, throws, wait } from "./harness.js";

test("High Resolution Time 7.1: now and timeOrigin", async () => {
  const before = performance.now();
  await wait(5);
  equal([performance.now() > before, performance.now() - before < 5000, Math.abs(performance.timeOrigin + performance.now() - Date.now()) < 5000], [true, true, true]);
  equal([typeof performance.toJSON().timeOrigin, performance instanceof EventTarget], ["number", true]);
});

test("User Timing 3: mark and measure", () => {
  const mark = performance.mark("a", { startTime: 5, detail: { x: 1 } });
  performance.mark("b", { startTime: 8 });
  equal([mark.name, mark.entryType, mark.startTime, mark.duration, mark.detail.x], ["a", "mark", 5, 0, 1]);
  const measure = performance.measure("m", "a", "b");
  equal([measure.entryType, measure.startTime, measure.duration], ["measure", 5, 3]);
  equal(performance.measure("n", { start: 1, duration: 4 }).duration, 4);
  equal(performance.measure("o", { end: 9, duration: 4 }).startTime, 5);
  equal([performance.getEntriesByName("m").length, performance.getEntriesByType("mark").map((entry) => entry.name)], [1, ["a", "b"]]);
  throws("SyntaxError", () => performance.measure("m", "none"));
  performance.clearMarks("a");
  performance.clearMeasures();
  equal(performance.getEntries().filter((entry) => entry.entryType.startsWith("m")).map((entry) => entry.name), ["b"]);
  performance.clearMarks();
});
