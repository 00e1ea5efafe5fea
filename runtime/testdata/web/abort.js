import { equal, test, testNotNode, throws, wait } from "./harness.js";

test("DOM 3.1: abort once, with an event", () => {
  const controller = new AbortController();
  const { signal } = controller;
  const got = [];
  signal.onabort = (event) => got.push("on", event.type, event.isTrusted, event.target === signal);
  signal.addEventListener("abort", () => got.push("listener", signal.aborted));
  signal.throwIfAborted();
  equal([signal.aborted, signal.reason, controller.signal === signal], [false, undefined, true]);
  controller.abort();
  controller.abort("again");
  equal(got, ["on", "abort", true, true, "listener", true]);
  equal([signal.reason.name, signal.reason.code, signal.reason instanceof DOMException], ["AbortError", 20, true]);
  equal(throws("AbortError", () => signal.throwIfAborted()) === signal.reason, true);
});

test("DOM 3.2: a reason of one's own", () => {
  equal([AbortSignal.abort(null).reason, AbortSignal.abort("r").reason, AbortSignal.abort(undefined).reason.name], [null, "r", "AbortError"]);
  const controller = new AbortController();
  controller.abort(0);
  equal(controller.signal.reason, 0);
});

test("DOM 3.2: no constructor", () => throws("TypeError", () => new AbortSignal()));

test("DOM 3.2: timeout", async () => {
  const signal = AbortSignal.timeout(1);
  equal(signal.aborted, false);
  await wait(20);
  equal([signal.aborted, signal.reason.name, signal.reason.code], [true, "TimeoutError", 23]);
});

testNotNode("Web IDL 3.2.4.9: timeout enforces its range", () => {
  for (const wrong of [-1, "x", NaN, Infinity, 2 ** 53]) throws("TypeError", () => AbortSignal.timeout(wrong));
  throws("TypeError", () => AbortSignal.timeout());
});

test("DOM 3.2: any", () => {
  const a = new AbortController();
  const b = new AbortController();
  const got = [];
  const signal = AbortSignal.any([a.signal, b.signal]);
  const nested = AbortSignal.any([signal]);
  nested.onabort = () => got.push("nested");
  signal.onabort = () => got.push("any");
  b.signal.onabort = () => got.push("b", signal.aborted);
  equal([signal.aborted, AbortSignal.any([]).aborted], [false, false]);
  b.abort("reason");
  a.abort("late");
  equal([signal.reason, nested.reason, AbortSignal.any([a.signal, b.signal]).reason], ["reason", "reason", "late"]);
  equal(got.filter((word) => word !== true && word !== false), ["b", "any", "nested"]);
  throws("TypeError", () => AbortSignal.any());
  throws("TypeError", () => AbortSignal.any([5]));
});

testNotNode("DOM 3.2: what depends is aborted before the first event", () => {
  const controller = new AbortController();
  const signal = AbortSignal.any([controller.signal]);
  let seen;
  controller.signal.onabort = () => { seen = signal.aborted; };
  controller.abort();
  equal(seen, true);
});

test("HTML 8.1.8: onabort keeps its place, and can be replaced", () => {
  const controller = new AbortController();
  const got = [];
  controller.signal.onabort = () => got.push("old");
  controller.signal.addEventListener("abort", () => got.push("listener"));
  controller.signal.onabort = () => got.push("new");
  controller.abort();
  equal(got, ["new", "listener"]);
});

testNotNode("HTML 8.1.8.1, deactivate an event handler: what takes the place of none comes last", () => {
  const controller = new AbortController();
  const got = [];
  controller.signal.onabort = () => got.push("old");
  controller.signal.addEventListener("abort", () => got.push("listener"));
  controller.signal.onabort = null;
  controller.signal.onabort = () => got.push("new");
  controller.abort();
  equal(got, ["listener", "new"]);
});

testNotNode("HTML 8.1.8.1, event handler processing algorithm, step 5: false prevents the default", () => {
  const { signal } = new AbortController();
  const dispatched = (answer) => {
    signal.onabort = () => answer;
    return signal.dispatchEvent(new Event("abort", { cancelable: true }));
  };
  equal([false, undefined, 0].map(dispatched), [false, true, true]);
});

testNotNode("HTML 8.1.8: a handler that is no object is none", () => {
  const { signal } = new AbortController();
  signal.onabort = 5;
  equal(signal.onabort, null);
});

test("DOM 3.2: any, of which the first to abort gives the reason", () => {
  const [a, b] = [new AbortController(), new AbortController()];
  const got = [];
  const count = () => got.push("heard");
  const signals = [AbortSignal.any([a.signal, b.signal]), AbortSignal.any([a.signal, b.signal])];
  signals[0].addEventListener("abort", count);
  signals[0].removeEventListener("abort", count);
  b.abort("first");
  a.abort("second");
  equal(signals.map((signal) => [signal.aborted, signal.reason]), [[true, "first"], [true, "first"]]);
  signals[1].onabort = count;
  equal(got, []);
});
