// WebSockets, a standard of the WHATWG, section 3.1: the interface and its handlers.
import { equal, test, testExcept, throws } from "./harness.js";
import { at, ended, next, opened, record, untrusted } from "./websocket_client.js";
import "./websocket_opening.js";
import "./websocket_messages.js";
import "./websocket_closing.js";

testExcept({ deno: "its constants aren't enumerable" }, "WebSockets 3.1: constants, on the class and on its prototype", () => {
  for (const [name, value] of Object.entries({ CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 })) {
    for (const owner of [WebSocket, WebSocket.prototype]) {
      const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(owner, name);
      equal([owner[name], writable, enumerable, configurable], [value, false, true, false]);
    }
  }
});

testExcept({ deno: "says that it needs two arguments" }, "Web IDL 3.7: the interface object", () => {
  equal([WebSocket.name, WebSocket.length, Object.getPrototypeOf(WebSocket) === EventTarget], ["WebSocket", 1, true]);
  equal(Object.prototype.toString.call(WebSocket.prototype), "[object WebSocket]");
  const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, "WebSocket");
  equal([writable, enumerable, configurable], [true, false, true]);
});

const members = "binaryType bufferedAmount close extensions onclose onerror onmessage onopen protocol readyState send url";

test("Web IDL 3.7.6, 3.7.7: members are enumerable", () => {
  equal(Object.keys(WebSocket.prototype).filter((key) => !/^[A-Z_]+$/.test(key)).sort().join(" "), members);
});

testExcept({ deno: "its handlers have no brand" }, "Web IDL 3.7.6: attributes and methods need an instance", () => {
  for (const [key, { get, value }] of Object.entries(Object.getOwnPropertyDescriptors(WebSocket.prototype))) {
    if (get) throws("TypeError", () => get.call({}));
    if (typeof value === "function" && key !== "constructor") throws("TypeError", () => value.call({}, "a"));
  }
});

test("HTML 8.1.8.1: handlers: null at first, and where they aren't objects", async () => {
  const ws = await opened("echo");
  for (const name of ["onopen", "onmessage", "onerror", "onclose"]) {
    equal(ws[name], null);
    const handler = () => {};
    ws[name] = handler;
    equal(ws[name] === handler, true);
    ws[name] = null;
    equal(ws[name], null);
  }
  await ended(ws);
});

testExcept({ node: "registers a handler anew each time" }, "HTML 8.1.8.1: a handler's place is where it was first set, and this is the target", async () => {
  const ws = await opened("echo");
  const got = [];
  ws.addEventListener("message", () => got.push("before"));
  ws.onmessage = () => got.push("old");
  ws.addEventListener("message", () => got.push("after"));
  ws.onmessage = function (event) {
    got.push("new", this === ws, event.currentTarget === ws);
  };
  const message = next(ws, "message");
  ws.send("x");
  await message;
  equal(got, ["before", "new", true, true, "after"]);
  await ended(ws);
});

testExcept({ deno: "keeps the place of a handler that was removed" }, "HTML 8.1.8.1: one that was null in between goes to the end", async () => {
  const ws = await opened("echo");
  const got = [];
  ws.onmessage = () => got.push("old");
  ws.addEventListener("message", () => got.push("listener"));
  ws.onmessage = null;
  ws.onmessage = () => got.push("new");
  const message = next(ws, "message");
  ws.send("x");
  await message;
  equal(got, ["listener", "new"]);
  await ended(ws);
});

testExcept({ node: "calls what is added while it dispatches" }, "DOM 2.9: a handler may add and remove others while it runs", async () => {
  const ws = await opened("echo");
  const got = record(ws);
  const removed = () => got.push("removed");
  ws.onmessage = () => {
    ws.removeEventListener("message", removed);
    ws.addEventListener("message", () => got.push("added"), { once: true });
  };
  ws.addEventListener("message", removed);
  for (const text of ["one", "two"]) {
    const message = next(ws, "message");
    ws.send(text);
    await message;
  }
  equal(got, ["message", "message", "added"]);
  await ended(ws);
});

test("DOM 2.9: events of a script's own", async () => {
  const ws = new WebSocket(at("echo"));
  const got = record(ws, (event) => [event.type, event.data]);
  const event = new MessageEvent("message", { data: 5 });
  equal([ws.dispatchEvent(event), event.isTrusted, got], [true, false, [["message", 5]]]);
  await next(ws, "open");
  await ended(ws);
});

testExcept({ node: untrusted, deno: untrusted }, "DOM 2.2, 2.10: the events of a connection are trusted", async () => {
  const ws = new WebSocket(at("close", { text: "x", code: 1000 }));
  const got = record(ws, (event) => [event.type, event.isTrusted]);
  await next(ws, "close");
  equal(got, [["open", true], ["message", true], ["close", true]]);
});

testExcept({ node: "drops the options of Event", deno: "needs no type" }, "HTML 9.1: MessageEvent", () => {
  const event = new MessageEvent("x");
  equal([event.data, event.origin, event.lastEventId, event.source, event.ports.length, event instanceof Event], [null, "", "", null, 0, true]);
  const full = new MessageEvent("message", { data: "d", origin: "o", lastEventId: "i", cancelable: true });
  equal([full.data, full.origin, full.lastEventId, full.cancelable], ["d", "o", "i", true]);
  throws("TypeError", () => new MessageEvent());
});

testExcept({ node: "doesn't freeze them" }, "HTML 9.1: the ports of a MessageEvent are frozen, and ports", () => {
  equal(Object.isFrozen(new MessageEvent("x", { ports: [] }).ports), true);
  throws("TypeError", () => new MessageEvent("x", { ports: 5 }));
  throws("TypeError", () => new MessageEvent("x", { ports: [5] }));
});

testExcept({ node: "doesn't have it", deno: "doesn't have it" }, "HTML 9.1: initMessageEvent", () => {
  const event = new MessageEvent("x", { data: 1 });
  event.initMessageEvent("y", false, true, "e", "p", "j");
  equal([event.type, event.data, event.origin, event.lastEventId], ["y", "e", "p", "j"]);
  const target = new EventTarget();
  target.addEventListener("y", () => event.initMessageEvent("z", false, false, "during"));
  target.dispatchEvent(event);
  equal([event.type, event.data], ["y", "e"]);
});

testExcept({ node: "doesn't have it", deno: "takes any numbers" }, "HTML 8.1.4.6: ErrorEvent", () => {
  const event = new ErrorEvent("x");
  equal([event.message, event.filename, event.lineno, event.colno, event.error, event instanceof Event], ["", "", 0, 0, undefined, true]);
  const full = new ErrorEvent("error", { message: "m", filename: "f", lineno: 2 ** 32 + 1, colno: -1, error: 5, cancelable: true });
  equal([full.message, full.filename, full.lineno, full.colno, full.error, full.cancelable], ["m", "f", 1, 2 ** 32 - 1, 5, true]);
  throws("TypeError", () => new ErrorEvent());
});

test("WebSockets 3.1: classes that extend it", async () => {
  class Own extends WebSocket {
    constructor(part) {
      super(at(part));
      this.own = true;
    }
  }
  const ws = new Own("echo");
  equal([ws.own, ws instanceof WebSocket, ws.readyState], [true, true, 0]);
  await next(ws, "open");
  await ended(ws);
});
