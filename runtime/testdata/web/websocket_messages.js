// WebSockets, a standard of the WHATWG, section 3.1: send, bufferedAmount, binaryType; section 4: a message has been received.
import { equal, test, testExcept, testSteady, throws, wait } from "./harness.js";
import { at, bytesOf, ended, next, opened, record, uncounted } from "./websocket_client.js";

const echoed = async (ws, data) => {
  const message = next(ws, "message");
  ws.send(data);
  return (await message).data;
};

/** Waits until all has left: an answer can come before the news of that. */
const drained = async (ws) => {
  while (ws.bufferedAmount > 0) await wait(1);
};

test("WebSockets 3.1, send 1: not before it is open", async () => {
  const ws = new WebSocket(at("echo"));
  throws("InvalidStateError", () => ws.send("early"));
  throws("InvalidStateError", () => ws.send(new Uint8Array(1)));
  equal(ws.bufferedAmount, 0);
  throws("TypeError", () => ws.send());
  await next(ws, "open");
  await ended(ws);
});

test("WebSockets 3.1, send: texts, with lone surrogates replaced", async () => {
  const ws = await opened("echo");
  for (const [text, want] of [["", ""], ["plain", "plain"], ["ünï😀\u0000", "ünï😀\u0000"], ["\ud83d", "\ufffd"], ["a\udc00b\ud800", "a\ufffdb\ufffd"]]) {
    equal(await echoed(ws, text), want);
  }
  await ended(ws);
});

test("WebSockets 3.1, send: what is neither bytes nor text becomes text", async () => {
  const ws = await opened("echo");
  for (const [value, want] of [[5, "5"], [null, "null"], [undefined, "undefined"], [{}, "[object Object]"], [[1, 2], "1,2"], [true, "true"], [5n, "5"]]) {
    equal(await echoed(ws, value), want);
  }
  throws("TypeError", () => ws.send(Symbol("x")));
  throws("RangeError", () => ws.send({ toString() { throw new RangeError("mine"); } }));
  await drained(ws);
  await ended(ws);
});

test("WebSockets 3.1, send: buffers and views, as they are at the call", async () => {
  const ws = await opened("echo");
  const bytes = new Uint8Array([0, 1, 2, 253, 254, 255]);
  const kinds = [bytes, bytes.buffer, bytes.subarray(1, 3), new DataView(bytes.buffer, 2, 2), new Uint16Array(bytes.buffer, 2, 1), new Uint8ClampedArray(0)];
  const want = [[0, 1, 2, 253, 254, 255], [0, 1, 2, 253, 254, 255], [1, 2], [2, 253], [2, 253], []];
  for (const [i, kind] of kinds.entries()) {
    const data = await echoed(ws, kind);
    equal([data instanceof ArrayBuffer, bytesOf(data)], [true, want[i]]);
  }
  const message = next(ws, "message");
  ws.send(bytes);
  bytes.fill(7);
  equal(bytesOf((await message).data), want[0]);
  await ended(ws);
});

testExcept(
  { node: "throws a TypeError" },
  "Web IDL 3.2.25: the bytes of a detached buffer are none",
  async () => {
    const ws = await opened("echo");
    const bytes = new Uint8Array(4);
    structuredClone(1, { transfer: [bytes.buffer] });
    equal(bytesOf(await echoed(ws, bytes.buffer)), []);
    equal(bytesOf(await echoed(ws, bytes)), []);
    await ended(ws);
  },
);

test("WebSockets 3.1, send: in the order of the calls", async () => {
  const ws = await opened("echo");
  const got = [];
  const all = new Promise((resolve) => {
    ws.onmessage = ({ data }) => got.push(typeof data === "string" ? data : bytesOf(data)[0]) === 100 && resolve();
  });
  for (let i = 0; i < 100; i++) ws.send(i % 2 === 0 ? `${i}` : new Uint8Array([i]));
  await all;
  equal(got, Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? `${i}` : i)));
  await ended(ws);
});

test("WebSockets 3.1, bufferedAmount: grows with each send of a task, by bytes", async () => {
  const ws = await opened("echo");
  ws.send("é");
  ws.send(new Uint16Array(3));
  ws.send("");
  equal(ws.bufferedAmount, 8);
  ws.send("\ud800");
  equal(ws.bufferedAmount, 11);
  const got = [];
  await new Promise((resolve) => { ws.onmessage = () => got.push(1) === 4 && resolve(); });
  await drained(ws);
  await ended(ws);
});

testExcept({ node: uncounted, deno: uncounted }, "WebSockets 3.1, bufferedAmount: only grows after the end", async () => {
  const ws = await opened("echo");
  await ended(ws);
  equal(ws.bufferedAmount, 0);
  ws.send("abc");
  ws.send(new ArrayBuffer(5));
  equal(ws.bufferedAmount, 8);
});

testExcept({ node: uncounted, deno: uncounted }, "WebSockets 3.1, send: while it closes it is counted, and not sent", async () => {
  const ws = await opened("echo");
  const got = record(ws);
  ws.close();
  ws.send("late");
  equal([ws.readyState, ws.bufferedAmount], [2, 4]);
  await next(ws, "close");
  equal([got, ws.bufferedAmount], [["close"], 4]);
});

test("WebSockets 3.1, send: blobs, in the order of the calls", async () => {
  const ws = await opened("echo");
  const got = [];
  const all = new Promise((resolve) => {
    ws.onmessage = ({ data }) => got.push(typeof data === "string" ? data : bytesOf(data)) === 5 && resolve();
  });
  ws.send("first");
  ws.send(new Blob(["é", new Uint8Array([0])]));
  ws.send("between");
  ws.send(new File(["f"], "name"));
  ws.send(new Blob());
  await all;
  equal(got, ["first", [0xc3, 0xa9, 0], "between", [102], []]);
  await ended(ws);
});

testExcept({ deno: "counts it when it is sent" }, "WebSockets 3.1, bufferedAmount: the size of blobs", async () => {
  const ws = await opened("echo");
  const message = next(ws, "message");
  ws.send(new Blob(["four"]));
  equal(ws.bufferedAmount, 4);
  await message;
  await drained(ws);
  await ended(ws);
});

testExcept({ extrun: "begins with arraybuffer" }, "WebSockets 3.1, binaryType: blob at first", async () => {
  const ws = new WebSocket(at("echo"));
  const { binaryType } = ws;
  await next(ws, "open");
  await ended(ws);
  equal(binaryType, "blob");
});

test("WebSockets 4, received 3: bytes as binaryType says when they come", async () => {
  const ws = await opened("echo");
  ws.binaryType = "blob";
  const blob = await echoed(ws, new Uint8Array([1, 255]));
  equal([ws.binaryType, blob instanceof Blob, blob.type, blob.size, bytesOf(await blob.arrayBuffer())], ["blob", true, "", 2, [1, 255]]);
  equal(await echoed(ws, "text"), "text");
  ws.binaryType = "arraybuffer";
  equal((await echoed(ws, blob)) instanceof ArrayBuffer, true);
  await ended(ws);
});

testExcept({ node: "takes every other value for blob" }, "WebSockets 3.1, binaryType: a value of another type is ignored", async () => {
  const ws = new WebSocket(at("echo"));
  ws.binaryType = "arraybuffer";
  ws.binaryType = "nodebuffer";
  ws.binaryType = undefined;
  equal(ws.binaryType, "arraybuffer");
  await next(ws, "open");
  await ended(ws);
});

test("WebSockets 4, received 3-4: MessageEvents", async () => {
  const ws = new WebSocket(at("say", { text: ["first", "", "ünï😀"], bytes: "\u0001" }));
  ws.binaryType = "arraybuffer";
  const got = [];
  const event = await new Promise((resolve) => {
    ws.onmessage = (event) => got.push(typeof event.data === "string" ? event.data : bytesOf(event.data)) === 4 && resolve(event);
  });
  equal(got, ["first", "", "ünï😀", [1]]);
  equal([event.constructor.name, event.lastEventId, event.source, event.ports.length], ["MessageEvent", "", null, 0]);
  await ended(ws);
});

testExcept({ deno: "gives the whole URL" }, "WebSockets 4, received 4: the origin is that of the URL", async () => {
  const ws = new WebSocket(at("say", { text: "x" }));
  equal((await next(ws, "message")).origin, new URL(ws.url).origin);
  await ended(ws);
});

testExcept({ deno: "goes on until the server has closed" }, "WebSockets 4, received 1: nothing after close() was called", async () => {
  const ws = new WebSocket(at("say", { text: ["one", "two", "three"] }));
  const got = [];
  ws.onmessage = ({ data }) => {
    got.push(data);
    ws.close();
  };
  await next(ws, "close");
  equal(got, ["one"]);
});

testSteady({ deno: "may run them after the next events" }, "HTML 8.1.7.3: promise reactions of open run before the first message", async () => {
  const ws = new WebSocket(at("say", { text: ["one", "two"] }));
  await next(ws, "open");
  await null;
  equal((await next(ws, "message")).data, "one");
  await ended(ws);
});

testExcept(
  { node: "calls all listeners without a checkpoint", deno: "calls all listeners without a checkpoint" },
  "Web IDL 3.12, HTML 8.1.4.4: between two listeners all promise reactions run",
  async () => {
    const ws = await opened("echo");
    const got = [];
    ws.addEventListener("message", () => Promise.resolve().then(() => got.push("reaction")));
    ws.addEventListener("message", () => got.push("listener"));
    await echoed(ws, "x");
    equal(got, ["reaction", "listener"]);
    await ended(ws);
  },
);
