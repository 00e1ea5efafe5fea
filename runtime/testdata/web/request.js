import { equal, test, testNotNode, throws } from "./harness.js";

const url = "http://h/";
const rejects = async (name, promise) => {
  let error;
  await promise.then(() => {}, (reason) => { error = reason; });
  return throws(name, () => { if (error) throw error; });
};

test("Fetch 5.4, new Request(input): a text, a URL, anything that becomes a text", () => {
  equal(new Request("http://h/a b?q#f").url, "http://h/a%20b?q#f");
  equal(new Request(new URL("http://h/x")).url, "http://h/x");
  equal(new Request({ toString: () => "http://h/y" }).url, "http://h/y");
  throws("TypeError", () => new Request());
  throws("TypeError", () => Request(url));
});

test("Fetch 5.4, step 5: a URL that can't be parsed, or has credentials", () => {
  for (const wrong of ["", "/relative", "http://", "http://a:b:c/", "http://u@h/", "http://:p@h/"]) throws("TypeError", () => new Request(wrong));
});

test("Fetch 5.4: what a request is without options", () => {
  const r = new Request(url);
  equal([r.method, r.destination, r.referrer, r.referrerPolicy, r.mode, r.redirect, r.integrity, r.keepalive, r.bodyUsed, r.body], [
    "GET", "", "about:client", "", "cors", "follow", "", false, false, null]);
  equal([[...r.headers], r.signal.aborted, r.signal instanceof AbortSignal, r.duplex], [[], false, true, "half"]);
});

testNotNode("Fetch 5.4: credentials, cache", () => {
  const r = new Request(url);
  equal([r.credentials, r.cache, r.isReloadNavigation, r.isHistoryNavigation], ["same-origin", "default", false, false]);
});

test("Fetch 5.4, steps 18 to 25: options of a list of words", () => {
  const r = new Request(url, { mode: "same-origin", redirect: "manual", referrerPolicy: "origin", keepalive: 1, integrity: "sha256-x" });
  equal([r.mode, r.redirect, r.referrerPolicy, r.keepalive, r.integrity], ["same-origin", "manual", "origin", true, "sha256-x"]);
  for (const wrong of [{ mode: "x" }, { redirect: "Follow" }, { credentials: "" }, { cache: "none" }, { referrerPolicy: "x" }, { duplex: "x" }]) {
    throws("TypeError", () => new Request(url, wrong));
  }
  throws("TypeError", () => new Request(url, { mode: "navigate" }));
  throws("TypeError", () => new Request(url, { cache: "only-if-cached" }));
  throws("TypeError", () => new Request(url, { window: 5 }));
  throws("TypeError", () => new Request(url, 5));
});

test("Fetch 5.4, step 14: the referrer must be a URL", () => {
  throws("TypeError", () => new Request(url, { referrer: "http://:x" }));
  equal([new Request(url, { referrer: "" }).referrer, new Request(url, { referrer: "about:client" }).referrer], ["", "about:client"]);
});

test("Fetch 2.2.1: methods: some are written in capitals, some can't be used, the others stay", () => {
  const method = (name) => new Request(url, { method: name }).method;
  equal(["get", "Post", "DELETE", "head", "options", "put"].map(method), ["GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT"]);
  equal([method("QUERY"), method("x-own")], ["QUERY", "x-own"]);
  for (const wrong of ["", "A B", "CONNECT", "trace", "Track", "\xe9", "G\nET", null + " x"]) throws("TypeError", () => method(wrong));
});

testNotNode("Fetch 2.2.1: patch is not one of those that are normalized", () => equal(new Request(url, { method: "patch" }).method, "patch"));

test("Fetch 5.4, step 33: headers of the options take the place of those before", () => {
  const before = new Request(url, { headers: { a: "1", b: "2" } });
  equal([...new Request(before).headers].join(";"), "a,1;b,2");
  equal([...new Request(before, { headers: { c: "3" } }).headers].join(";"), "c,3");
  const after = new Request(before);
  after.headers.set("a", "9");
  equal(before.headers.get("a"), "1");
  throws("TypeError", () => new Request(url, { headers: { "a b": "1" } }));
  throws("TypeError", () => new Request(url, { headers: { a: "x\r\ny: z" } }));
  throws("TypeError", () => new Request(url, { headers: null }));
});

test("Fetch 5.4, step 35: no body with GET and HEAD", () => {
  for (const method of ["GET", "head"]) throws("TypeError", () => new Request(url, { method, body: "" }));
  throws("TypeError", () => new Request(url, { body: "x" }));
  throws("TypeError", () => new Request(new Request(url, { method: "POST", body: "x" }), { method: "GET" }));
  equal(new Request(url, { body: null }).body, null);
  equal(new Request(url, { method: "POST", body: undefined }).body, null);
});

test("Fetch 5.2, extract: the types of bodies", async () => {
  const post = (body, headers = {}) => new Request(url, { method: "POST", body, headers });
  const got = async (request) => [request.headers.get("content-type"), await request.text()];
  equal(await got(post("é")), ["text/plain;charset=UTF-8", "é"]);
  equal(await got(post(new URLSearchParams({ a: "1 2", é: "&" }))), ["application/x-www-form-urlencoded;charset=UTF-8", "a=1+2&%C3%A9=%26"]);
  equal(await got(post(new Uint8Array([104, 105]))), [null, "hi"]);
  equal(await got(post(new Uint8Array([104, 105]).buffer)), [null, "hi"]);
  equal(await got(post(new DataView(new Uint8Array([0, 104, 105, 0]).buffer, 1, 2))), [null, "hi"]);
  equal(await got(post("{}", { "Content-Type": "application/json" })), ["application/json", "{}"]);
  equal(await got(post(5)), ["text/plain;charset=UTF-8", "5"]);
  equal(await got(post({ a: 1 })), ["text/plain;charset=UTF-8", "[object Object]"]);
});

test("Web IDL 3.2.10: lone surrogates of a body are replaced", async () => {
  equal(await new Request(url, { method: "POST", body: "a\ud800b" }).text(), "a\ufffdb");
  equal(await new Request(url, { method: "POST", body: "\udc00\ud83d\ude00" }).text(), "\ufffd😀");
});

test("Fetch 5.2, extract: bytes are copied at once", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const request = new Request(url, { method: "POST", body: bytes });
  bytes[0] = 9;
  equal(new Uint8Array(await request.arrayBuffer()), new Uint8Array([1, 2, 3]));
});

test("Web IDL 3.2.25: a detached buffer has no bytes", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  let text = "refused";
  try { text = await new Request(url, { method: "POST", body: bytes.buffer }).text(); } catch {}
  equal(text === "" || text === "refused", true);
});

test("Fetch 5.2: a body is read once", async () => {
  const request = new Request(url, { method: "POST", body: "x" });
  equal([request.bodyUsed, await request.text(), request.bodyUsed], [false, "x", true]);
  await rejects("TypeError", request.text());
  await rejects("TypeError", request.arrayBuffer());
  throws("TypeError", () => request.clone());
  throws("TypeError", () => new Request(request));
  throws("TypeError", () => new Request(new Request(request.url, { method: "POST", body: "y" }), { window: 1 }));
});

test("Fetch 5.4, step 42: a request takes over the body of the one that it is made of", async () => {
  const before = new Request(url, { method: "POST", body: "x" });
  const after = new Request(before);
  equal([before.bodyUsed, after.bodyUsed, await after.text(), after.method], [true, false, "x", "POST"]);
  const kept = new Request(url, { method: "POST", body: "x" });
  equal([await new Request(kept, { body: "y" }).text(), kept.bodyUsed], ["y", false]);
});

test("Fetch 2.2.5, clone a request: its headers are its own", () => {
  const request = new Request("http://h/", { headers: { a: "1" } });
  request.clone().headers.set("a", "2");
  equal(request.headers.get("a"), "1");
});

test("Fetch 5.4, clone: both can be read", async () => {
  const request = new Request(url, { method: "PUT", body: new Uint8Array([1, 2]), headers: { a: "b" }, redirect: "error" });
  const copy = request.clone();
  const bytes = new Uint8Array(await copy.arrayBuffer());
  bytes[0] = 7;
  equal([new Uint8Array(await request.arrayBuffer()), copy.method, copy.headers.get("a"), copy.redirect, copy.url], [new Uint8Array([1, 2]), "PUT", "b", "error", url]);
});

test("Fetch 5.4, step 30: the signal follows the one that is given", () => {
  const controller = new AbortController();
  const request = new Request(url, { signal: controller.signal });
  const copy = new Request(request);
  const without = new Request(request, { signal: null });
  equal([request.signal === controller.signal, request.signal === request.signal, request.signal.aborted], [false, true, false]);
  let heard = 0;
  request.signal.onabort = () => heard++;
  controller.abort("reason");
  equal([request.signal.reason, copy.signal.reason, without.signal.aborted, heard], ["reason", "reason", false, 1]);
  equal(new Request(url, { signal: AbortSignal.abort(1) }).signal.reason, 1);
  for (const wrong of [5, "x", {}, new EventTarget()]) throws("TypeError", () => new Request(url, { signal: wrong }));
  equal(new Request(url, { signal: undefined }).signal.aborted, false);
});

test("attributes can't be set, and need an instance", () => {
  "use strict";
  const request = new Request(url);
  throws("TypeError", () => { request.url = "x"; });
  throws("TypeError", () => Object.getOwnPropertyDescriptor(Request.prototype, "url").get.call({}));
});

test("Web IDL 3.7.7: methods that give promises reject where others throw", async () => {
  for (const name of ["text", "json", "arrayBuffer"]) await rejects("TypeError", Request.prototype[name].call({}));
});
