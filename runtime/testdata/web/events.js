import { equal, test, testNotNode, throws, wait } from "./harness.js";

const fire = (target, init) => target.dispatchEvent(new Event("x", init));

test("DOM 2.2: the constructor", () => {
  const event = new Event("x", { bubbles: 1, cancelable: true, composed: "" });
  equal([event.type, event.bubbles, event.cancelable, event.composed], ["x", true, true, false]);
  equal([event.target, event.currentTarget, event.srcElement, event.eventPhase, event.defaultPrevented, event.returnValue], [null, null, null, 0, false, true]);
  equal([event.isTrusted, event.composedPath(), event.cancelBubble, typeof event.timeStamp], [false, [], false, "number"]);
  throws("TypeError", () => new Event());
  throws("TypeError", () => new Event(Symbol()));
  equal([new Event(5).type, new Event(null).type], ["5", "null"]);
});

test("DOM 2.2: constants", () => {
  equal([Event.NONE, Event.CAPTURING_PHASE, Event.AT_TARGET, Event.BUBBLING_PHASE], [0, 1, 2, 3]);
});

testNotNode("DOM 2.2: isTrusted is the event's own, and can't be replaced", () => {
  const own = Object.getOwnPropertyDescriptor(new Event("x"), "isTrusted");
  equal([typeof own.get, own.set, own.enumerable, own.configurable], ["function", undefined, true, false]);
  equal(own.get, Object.getOwnPropertyDescriptor(new Event("y"), "isTrusted").get);
});

test("DOM 2.4: CustomEvent", () => {
  equal([new CustomEvent("x").detail, new CustomEvent("x", { detail: 5 }).detail, new CustomEvent("x") instanceof Event], [null, 5, true]);
});

testNotNode("DOM 2.4: initCustomEvent, initEvent", () => {
  const event = new CustomEvent("x");
  event.initCustomEvent("y", true, true, 7);
  equal([event.type, event.bubbles, event.cancelable, event.detail], ["y", true, true, 7]);
  event.initEvent("z");
  equal([event.type, event.bubbles], ["z", false]);
});

test("DOM 2.7: listeners are called in order, once each, with the target as this", () => {
  const target = new EventTarget();
  const got = [];
  const first = function (event) { got.push("first", this === target, event.target === target, event.currentTarget === target, event.eventPhase, event.composedPath().length); };
  target.addEventListener("x", first);
  target.addEventListener("x", first);
  target.addEventListener("x", { handleEvent(event) { got.push("object", event.type); } });
  target.addEventListener("x", null);
  target.addEventListener("y", () => got.push("y"));
  const event = new Event("x");
  equal(target.dispatchEvent(event), true);
  equal(got, ["first", true, true, true, 2, 1, "object", "x"]);
  equal([event.target === target, event.currentTarget, event.eventPhase], [true, null, 0]);
});

test("DOM 2.7: what is no listener", () => {
  const target = new EventTarget();
  throws("TypeError", () => target.addEventListener("x"));
  throws("TypeError", () => target.addEventListener("x", 5));
  target.addEventListener("x", undefined);
  target.removeEventListener("x", undefined);
  throws("TypeError", () => target.dispatchEvent({ type: "x" }));
  throws("TypeError", () => target.dispatchEvent());
});

test("DOM 2.7: handleEvent is looked up at each event", () => {
  const target = new EventTarget();
  const got = [];
  const listener = { handleEvent() { got.push(1); } };
  target.addEventListener("x", listener);
  fire(target);
  listener.handleEvent = function () { got.push(this === listener); };
  fire(target);
  equal(got, [1, true]);
});

test("DOM 2.7: capture distinguishes listeners", () => {
  const target = new EventTarget();
  const got = [];
  const listener = (event) => got.push(event.type);
  target.addEventListener("x", listener, true);
  target.addEventListener("x", listener, { capture: false });
  fire(target);
  target.removeEventListener("x", listener, { capture: true });
  fire(target);
  target.removeEventListener("x", listener);
  fire(target);
  equal(got, ["x", "x", "x"]);
});

testNotNode("DOM 2.9: capturing listeners come first", () => {
  const target = new EventTarget();
  const got = [];
  target.addEventListener("x", () => got.push("bubble"));
  target.addEventListener("x", () => got.push("capture"), true);
  fire(target);
  equal(got, ["capture", "bubble"]);
});

test("DOM 2.9: once", () => {
  const target = new EventTarget();
  const got = [];
  target.addEventListener("x", () => { got.push(1); fire(target); }, { once: true });
  fire(target);
  fire(target);
  equal(got, [1]);
});

testNotNode("DOM 2.9: passive listeners can't prevent", () => {
  const target = new EventTarget();
  target.addEventListener("x", (event) => event.preventDefault(), { passive: true });
  equal(fire(target, { cancelable: true }), true);
  target.addEventListener("x", (event) => event.preventDefault());
  equal([fire(target, { cancelable: true }), fire(target)], [false, true]);
});

test("DOM 2.7: signal", () => {
  const target = new EventTarget();
  const controller = new AbortController();
  const got = [];
  target.addEventListener("x", () => got.push(1), { signal: controller.signal });
  fire(target);
  controller.abort();
  fire(target);
  target.addEventListener("x", () => got.push(2), { signal: controller.signal });
  fire(target);
  equal(got, [1]);
  throws("TypeError", () => target.addEventListener("x", () => {}, { signal: null }));
});

test("DOM 2.9: stopImmediatePropagation", () => {
  const target = new EventTarget();
  const got = [];
  target.addEventListener("x", (event) => { got.push(1); event.stopPropagation(); });
  target.addEventListener("x", (event) => { got.push(2); event.stopImmediatePropagation(); });
  target.addEventListener("x", () => got.push(3));
  fire(target);
  fire(target);
  equal(got, [1, 2, 1, 2]);
});

test("DOM 2.9: changes during dispatch", () => {
  const target = new EventTarget();
  const got = [];
  const removed = () => got.push("removed");
  target.addEventListener("x", () => {
    target.removeEventListener("x", removed);
    target.addEventListener("x", () => got.push("added"), { once: true });
  }, { once: true });
  target.addEventListener("x", removed);
  fire(target);
  equal(got, []);
  fire(target);
  equal(got, ["added"]);
});

test("DOM 2.7: an event that is being dispatched can't be dispatched", () => {
  const target = new EventTarget();
  let code;
  target.addEventListener("x", (event) => {
    try { target.dispatchEvent(event); } catch (error) { code = [error.name ?? "", error instanceof Error]; }
  });
  fire(target);
  equal(code[1], true);
});

testNotNode("DOM 2.7: and the error is an InvalidStateError", () => {
  const target = new EventTarget();
  let name;
  target.addEventListener("x", (event) => { name = throws("InvalidStateError", () => target.dispatchEvent(event)).name; });
  fire(target);
  equal(name, "InvalidStateError");
});

test("classes of one's own", async () => {
  class Player extends EventTarget {
    play() { return this.dispatchEvent(new CustomEvent("play", { detail: 3 })); }
  }
  const player = new Player();
  const played = new Promise((resolve) => player.addEventListener("play", (event) => resolve(event.detail)));
  equal([player.play(), await played, player instanceof EventTarget], [true, 3, true]);
  await wait(1);
});
