// WebSockets, a standard of the WHATWG, section 3.1: close; section 4: the connection is closed; section 6: CloseEvent.
import { equal, test, testExcept, throws } from "./harness.js";
import { at, bytesOf, ended, next, noClose, opened, record } from "./websocket_client.js";

let names = 0;

/** What the server gets as a Close frame: its code, if there is one, and its reason. */
async function frameOf(...how) {
  const name = `${Math.random()}-${++names}`;
  const ws = await opened("note", { name });
  const over = next(ws, "close");
  ws.close(...how);
  equal(ws.readyState, 2);
  const { code, reason, wasClean } = await over;
  const noted = new WebSocket(at("noted", { name }));
  noted.binaryType = "arraybuffer";
  const frame = bytesOf((await next(noted, "message")).data);
  await ended(noted);
  const got = frame.length === 0 ? [] : [frame[0] * 256 + frame[1], new TextDecoder().decode(new Uint8Array(frame.slice(2)))];
  equal([code, reason, wasClean], frame.length === 0 ? [1005, "", true] : [...got, true]);
  return got;
}

test("WebSockets 3.1, close 3: without code and reason the Close frame is empty", async () => equal(await frameOf(), []));

test("WebSockets 3.1, close 3: undefined is no code", async () => equal(await frameOf(undefined, undefined), []));

test("WebSockets 3.1, close 3: code and reason", async () => {
  equal(await frameOf(1000), [1000, ""]);
  equal(await frameOf(3000, "why"), [3000, "why"]);
  equal(await frameOf(4999, "ü".repeat(61) + "x"), [4999, "ü".repeat(61) + "x"]);
});

testExcept(
  { node: "sends an empty frame", deno: "sends the reason in the place of the code" },
  "WebSockets 3.1, close 3: a reason alone goes with 1000",
  async () => equal(await frameOf(undefined, "bye"), [1000, "bye"]),
);

test("WebSockets 3.1, close 3: lone surrogates in the reason are replaced", async () => equal(await frameOf(1000, "\ud800"), [1000, "\ufffd"]));

test("WebSockets 3.1, close 1: the code is 1000 or 3000 to 4999", async () => {
  const ws = await opened("echo");
  for (const code of [0, 999, 1001, 1005, 1006, 1015, 2999, 5000, 65536, -1, NaN, Infinity, null, "x"]) throws("InvalidAccessError", () => ws.close(code));
  equal(ws.readyState, 1);
  await ended(ws);
});

test("Web IDL 3.2.4.2: the code is clamped and rounded", async () => {
  equal(await frameOf(1000.5), [1000, ""]);
  equal(await frameOf("3001.7"), [3002, ""]);
});

test("WebSockets 3.1, close 2: the reason has 123 bytes at most", async () => {
  const ws = await opened("echo");
  for (const reason of ["x".repeat(124), "ü".repeat(62)]) throws("SyntaxError", () => ws.close(1000, reason));
  equal(ws.readyState, 1);
  await ended(ws);
  throws("SyntaxError", () => ws.close(1000, "x".repeat(124)));
  throws("InvalidAccessError", () => ws.close(1));
});

test("WebSockets 3.1, close 3: once it closes, another does nothing", async () => {
  const ws = await opened("echo");
  const got = record(ws, (event) => event.type + event.code);
  ws.close(4000, "first");
  ws.close(4001, "second");
  await next(ws, "close");
  ws.close(4002);
  equal(got, ["close4000"]);
});

test("WebSockets 3.1, close 3: what was sent before goes out first", async () => {
  const ws = await opened("echo");
  for (let i = 0; i < 50; i++) ws.send("x".repeat(1000));
  const { wasClean } = await (ws.close(), next(ws, "close"));
  equal([wasClean, ws.bufferedAmount], [true, 0]);
});

testExcept({ node: "fires error within close(), and no close event", deno: "closes with 0" }, "WebSockets 3.1, close 3: before it is open, the connection is failed", async () => {
  for (const part of ["silent", "echo"]) {
    const ws = new WebSocket(at(part));
    const got = record(ws, (event) => [event.type, ws.readyState, event.code, event.wasClean]);
    ws.close(4000, "early");
    equal([ws.readyState, got], [2, []]);
    await next(ws, "close");
    equal(got, [["error", 3, undefined, undefined], ["close", 3, 1006, false]]);
  }
});

test("WebSockets 4, closed 3: code and reason are the server's", async () => {
  for (const [code, reason] of [[1000, "bye"], [1001, ""], [1011, "ü"], [3000, ""], [4999, "x".repeat(123)]]) {
    const ws = new WebSocket(at("close", { code, reason, text: "last" }));
    const got = record(ws);
    const event = await next(ws, "close");
    equal([event.code, event.reason, event.wasClean, ws.readyState], [code, reason, true, 3]);
    equal([event.constructor.name, got], ["CloseEvent", ["open", "message", "close"]]);
  }
});

test("WebSockets 4, closed 3: a server that gives no code", async () => {
  const { code, reason, wasClean } = await next(new WebSocket(at("close")), "close");
  equal([code, reason, wasClean], [1005, "", true]);
});

testExcept({ deno: "closes with 0" }, "WebSockets 4, closed 2-3: an end without a closing handshake", async () => {
  const ws = await opened("cut");
  const got = record(ws);
  ws.send("cut it");
  const { code, reason, wasClean } = await next(ws, "close");
  equal([code, reason, wasClean, ws.readyState], [1006, "", false, 3]);
  equal(got.at(-1), "close");
});

testExcept(
  { node: "is open still at the error", deno: "closes with 0" },
  "WebSockets 4, closed 2-3: a broken message fails the connection with 1006, error before close",
  async () => {
    const ws = await opened("broken");
    const got = record(ws, (event) => [event.type, event.code, event.wasClean, ws.readyState]);
    await next(ws, "close");
    equal(got, [["error", undefined, undefined, 3], ["close", 1006, false, 3]]);
  },
);

testExcept(
  { node: noClose, deno: "fires both in one go" },
  "WebSockets 4, closed 2-3: promise reactions of error run before close",
  async () => {
    const ws = new WebSocket(at("refuse"));
    await next(ws, "error");
    const late = await Promise.race([next(ws, "close"), new Promise((resolve) => setTimeout(resolve, 100))]);
    equal(late?.type, "close");
  },
);

test("WebSockets 4, closed: a handler can open another connection", async () => {
  let left = 8;
  await new Promise((resolve) => {
    const again = () => {
      const ws = new WebSocket(at("close", { code: 1000 }));
      ws.onclose = () => (--left > 0 ? again() : resolve());
    };
    again();
  });
  equal(left, 0);
});

testExcept({ node: "has no global CloseEvent before version 23", deno: "converts nothing" }, "WebSockets 6: CloseEvent", () => {
  const event = new CloseEvent("x");
  equal([event.wasClean, event.code, event.reason, event.isTrusted, event instanceof Event], [false, 0, "", false, true]);
  const full = new CloseEvent("close", { wasClean: 1, code: 70000, reason: "\ud800", cancelable: true });
  equal([full.wasClean, full.code, full.reason, full.cancelable], [true, 4464, "\ufffd", true]);
  throws("TypeError", () => new CloseEvent());
});
