// WebSockets, a standard of the WHATWG, section 3.1: the constructor; section 4: the connection is established.
import { equal, test, testExcept, throws } from "./harness.js";
import { sockets } from "./server.js";
import { at, ended, next, noClose, opened, record } from "./websocket_client.js";

test("WebSockets 3.1, constructor 2, 3: a URL that can't be parsed; there is no base", () => {
  for (const url of ["", "/echo", "echo", "ws://", "ws://[", "ws://a b/", "ws://127.0.0.1:99999/"]) throws("SyntaxError", () => new WebSocket(url));
});

test("WebSockets 3.1, constructor 2: any value is a URL's text", async () => {
  for (const url of [new URL(at("echo")), { toString: () => at("echo") }]) {
    const ws = new WebSocket(url);
    equal(ws.url, at("echo"));
    await next(ws, "open");
    await ended(ws);
  }
  throws("TypeError", () => new WebSocket(Symbol("ws://127.0.0.1/")));
});

test("WebSockets 3.1, constructor 4, 5: http stands for ws, https for wss", async () => {
  const ws = new WebSocket("http://" + sockets + "/echo");
  equal(ws.url, at("echo"));
  await next(ws, "open");
  await ended(ws);
  const secure = new WebSocket("https://" + sockets + "/echo");
  equal(secure.url, "wss://" + sockets + "/echo");
  secure.onerror = () => {};
  secure.close();
});

test("WebSockets 3.1, constructor 6: no other scheme", () => {
  for (const url of ["ftp://127.0.0.1/", "mailto:a@b", "about:blank", "file:///x"]) throws("SyntaxError", () => new WebSocket(url));
});

test("WebSockets 3.1, constructor 7: no fragment", () => throws("SyntaxError", () => new WebSocket(at("echo") + "#a")));

test("WebSockets 3.1, constructor 7: no empty fragment either", () => throws("SyntaxError", () => new WebSocket(at("echo") + "#")));

test("WebSockets 3.1, constructor 8: one protocol as a text", async () => {
  const ws = await opened("echo", {}, "one");
  equal(ws.protocol, "one");
  await ended(ws);
});

test("WebSockets 3.1, constructor 9: protocols are tokens, each once", () => {
  for (const wrong of ["", " ", "a b", "a,b", "ä", "a\n", "(a)", "a/b", "\u0000", ["ok", ""], ["a", "a"]]) {
    throws("SyntaxError", () => new WebSocket(at("echo"), wrong));
  }
});

test("Web IDL 3.2.15: protocols that can be iterated", async () => {
  const ws = await opened("echo", {}, new Set(["second.example", "first"]));
  equal(ws.protocol, "second.example");
  await ended(ws);
});

test("WebSockets 3.1, constructor: needs a URL, and new", () => {
  throws("TypeError", () => new WebSocket());
  throws("TypeError", () => WebSocket(at("echo")));
});

test("WebSockets 3.1, constructor 12: nothing happens within it", async () => {
  const ws = new WebSocket(at("say", { text: "greeting" }));
  equal([ws.readyState, ws.protocol, ws.extensions, ws.bufferedAmount], [0, "", "", 0]);
  await null;
  equal(ws.readyState, 0);
  const got = record(ws);
  await next(ws, "message");
  equal(got, ["open", "message"]);
  await ended(ws);
});

test("WebSockets 4, established 1-4: the state and the protocol are there at the open event", async () => {
  const ws = new WebSocket(at("echo"), ["a", "b"]);
  const event = await next(ws, "open");
  equal([ws.readyState, ws.protocol, ws.extensions], [1, "a", ""]);
  equal([event.constructor.name, event.bubbles, event.cancelable], ["Event", false, false]);
  equal([event.target === ws, event.currentTarget], [true, null]);
  await ended(ws);
});

testExcept({ node: noClose, deno: "takes any protocol" }, "WebSockets 2.2: a protocol that was not offered fails the connection", async () => {
  const ws = new WebSocket(at("echo", { protocol: "other" }), ["a"]);
  const got = record(ws);
  const { code, wasClean } = await next(ws, "close");
  equal([got, code, wasClean, ws.protocol], [["error", "close"], 1006, false, ""]);
});

testExcept({ node: noClose, deno: "closes with 0" }, "WebSockets 2.2: any answer but 101 fails the connection", async () => {
  for (const status of [200, 301, 401, 404, 426, 500]) {
    const ws = new WebSocket(at("refuse", { status }));
    const got = record(ws, (event) => [event.type, ws.readyState]);
    const { code, reason, wasClean } = await next(ws, "close");
    equal(got, [["error", 3], ["close", 3]]);
    equal([code, reason, wasClean], [1006, "", false]);
  }
});

testExcept({ node: noClose }, "WebSockets 4, closed: an address that nobody listens at", async () => {
  const ws = new WebSocket("ws://127.0.0.1:1/");
  const got = record(ws);
  await next(ws, "close");
  equal(got, ["error", "close"]);
});

test("Fetch 4.11, beyond the standard: headers in an object of options, as Deno, undici and Bun take them", async () => {
  for (const headers of [{ "X-Test": "1" }, [["X-Test", "1"]], new Headers({ "x-test": "1" })]) {
    const ws = new WebSocket(at("headers"), { headers, protocols: ["a"] });
    const { data } = await next(ws, "message");
    equal([JSON.parse(data)["X-Test"], ws.protocol], [["1"], "a"]);
    await ended(ws);
  }
});

test("WebSockets 2.2: the client's own headers", async () => {
  const ws = new WebSocket(at("headers"));
  const headers = JSON.parse((await next(ws, "message")).data);
  equal([headers.Upgrade, headers["Sec-Websocket-Version"], headers["Sec-Websocket-Protocol"]], [["websocket"], ["13"], undefined]);
  await ended(ws);
});
