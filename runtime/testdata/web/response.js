import { equal, test, testNotNode, throws } from "./harness.js";

const rejects = async (name, promise) => {
  let error;
  await promise.then(() => {}, (reason) => { error = reason; });
  return throws(name, () => { if (error) throw error; });
};

test("Fetch 5.5, new Response(): what it is without options", async () => {
  const r = new Response();
  equal([r.type, r.url, r.redirected, r.status, r.ok, r.statusText, [...r.headers].length, r.body, r.bodyUsed], ["default", "", false, 200, true, "", 0, null, false]);
  equal([await r.text(), r.bodyUsed, await r.text(), (await r.arrayBuffer()).byteLength], ["", false, "", 0]);
  throws("TypeError", () => Response());
});

test("Fetch 5.5, initialize a response, step 1: the status", () => {
  equal([200, 299, 300, 404, 599].map((status) => new Response(null, { status }).ok), [true, true, false, false, false]);
  for (const status of [0, 100, 101, 199, 600, 999, -1, 65536 + 100, NaN, "x"]) throws("RangeError", () => new Response(null, { status }));
  equal([new Response(null, { status: "201" }).status, new Response(null, { status: 200.9 }).status], [201, 200]);
});

testNotNode("Web IDL 3.2.4.3: unsigned short wraps around", () => equal(new Response(null, { status: 65536 + 200 }).status, 200));

test("Fetch 5.5, initialize a response, step 2: the statusText", () => {
  equal(new Response(null, { statusText: "Not \t Found \xe9" }).statusText, "Not \t Found \xe9");
  for (const statusText of ["a\nb", "\0", "\x7f", "€"]) throws("TypeError", () => new Response(null, { statusText }));
});

test("Fetch 5.5, initialize a response, step 6: a status without a body", () => {
  for (const status of [204, 205, 304]) {
    throws("TypeError", () => new Response("", { status }));
    equal(new Response(null, { status }).body, null);
  }
  throws("TypeError", () => Response.json({}, { status: 204 }));
});

test("Fetch 5.5: headers", () => {
  equal(new Response("x").headers.get("content-type"), "text/plain;charset=UTF-8");
  equal(new Response("x", { headers: { "content-type": "a/b" } }).headers.get("content-type"), "a/b");
  equal(new Response(new Uint8Array(1)).headers.has("content-type"), false);
  throws("TypeError", () => new Response("x", { headers: [["a"]] }));
  throws("TypeError", () => new Response("x", { headers: { a: "b\r\nc: d" } }));
  throws("TypeError", () => new Response("x", 5));
});

test("Fetch 5.3: text, json, arrayBuffer", async () => {
  equal(await new Response("é😀").text(), "é😀");
  equal(new Uint8Array(await new Response("é").arrayBuffer()), new Uint8Array([0xc3, 0xa9]));
  equal(JSON.stringify(await new Response('{"a":[1,null]}').json()), '{"a":[1,null]}');
  equal(await new Response(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])).text(), "a\ufffd");
  equal(await new Response("\ufeffa").text(), "a");
});

test("Fetch 5.3: json: what is no JSON, and no body at all", async () => {
  await rejects("SyntaxError", new Response("{").json());
  await rejects("SyntaxError", new Response().json());
});

testNotNode("Fetch 5.3: bytes", async () => {
  const bytes = await new Response("hi").bytes();
  equal([bytes, bytes instanceof Uint8Array], [new Uint8Array([104, 105]), true]);
});

test("Fetch 5.3: a body is read once, however it is read", async () => {
  for (const name of ["text", "json", "arrayBuffer"]) {
    const response = new Response("1");
    const first = response[name]();
    equal(response.bodyUsed, true);
    await rejects("TypeError", response.text());
    await first;
    await rejects("TypeError", response.json());
    throws("TypeError", () => response.clone());
  }
});

test("Fetch 5.3: also when reading it failed", async () => {
  const response = new Response("no json");
  await rejects("SyntaxError", response.json());
  equal(response.bodyUsed, true);
  await rejects("TypeError", response.text());
});

test("Fetch 5.5, clone: both can be read, and changed", async () => {
  const response = new Response("body", { status: 201, statusText: "Made", headers: { a: "1" } });
  const copy = response.clone();
  copy.headers.set("a", "2");
  equal([await response.text(), await copy.text(), copy.status, copy.statusText, response.headers.get("a")], ["body", "body", 201, "Made", "1"]);
  equal(new Response().clone().body, null);
});

test("Fetch 5.5, error()", () => {
  const response = Response.error();
  equal([response.type, response.status, response.ok, response.statusText, response.body, [...response.headers].length], ["error", 0, false, "", null, 0]);
});

test("Fetch 5.5, redirect()", () => {
  const response = Response.redirect("http://h/a b", 307);
  equal([response.status, response.headers.get("location"), response.type, Response.redirect("http://h").status], [307, "http://h/a%20b", "default", 302]);
  for (const status of [200, 300, 304, 306, 309]) throws("RangeError", () => Response.redirect("http://h/", status));
  throws("TypeError", () => Response.redirect("http://:x"));
  throws("TypeError", () => Response.redirect());
});

test("Fetch 5.5, json()", async () => {
  const response = Response.json({ a: "é" }, { status: 201 });
  equal([response.status, response.headers.get("content-type"), await response.text()], [201, "application/json", '{"a":"é"}']);
  equal(Response.json(1, { headers: { "Content-Type": "application/x" } }).headers.get("content-type"), "application/x");
  equal(await Response.json(null).text(), "null");
  for (const wrong of [undefined, () => {}, Symbol()]) throws("TypeError", () => Response.json(wrong));
  throws("TypeError", () => Response.json());
  const cycle = {};
  cycle.self = cycle;
  throws("TypeError", () => Response.json(cycle));
  const error = new RangeError("mine");
  equal(throws("RangeError", () => Response.json({ get a() { throw error; } })) === error, true);
});

test("Streams 4.2: body: a reader locks it, and reads what there is", async () => {
  const response = new Response("hello");
  const { body } = response;
  equal([body === response.body, body.locked, response.bodyUsed], [true, false, false]);
  const reader = body.getReader();
  equal([body.locked, response.bodyUsed], [true, false]);
  throws("TypeError", () => body.getReader());
  throws("TypeError", () => response.clone());
  await rejects("TypeError", response.text());
  await rejects("TypeError", body.cancel());
  let got = "";
  const decoder = new TextDecoder();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    equal(value instanceof Uint8Array, true);
    got += decoder.decode(value, { stream: true });
  }
  equal([got, response.bodyUsed, await reader.closed], ["hello", true, undefined]);
  reader.releaseLock();
  equal(body.locked, false);
  await rejects("TypeError", reader.read());
  await rejects("TypeError", response.text());
});

test("Streams 4.2: a reader that is released before it has read leaves the body as it was", async () => {
  const response = new Response("hello");
  const reader = response.body.getReader();
  reader.releaseLock();
  equal([await response.text(), response.bodyUsed], ["hello", true]);
});

test("Streams 4.2: cancelling throws the body away", async () => {
  const response = new Response("x");
  await response.body.cancel("why");
  equal(response.bodyUsed, true);
  await rejects("TypeError", response.text());
  const reader = new Response("x").body.getReader();
  await reader.cancel();
  equal((await reader.read()).done, true);
});

test("Streams 4.2: for await", async () => {
  let got = 0;
  for await (const chunk of new Response(new Uint8Array(70_000)).body) got += chunk.length;
  equal(got, 70_000);
  const response = new Response("x");
  for await (const chunk of response.body) break;
  equal([response.bodyUsed, response.body.locked], [true, false]);
  for await (const chunk of new Response("").body) throw new Error("an empty body has no chunks");
});

test("Streams 4.2.5: an iterator that is not to cancel leaves what it has not read", async () => {
  const response = new Response("x");
  await response.body.values({ preventCancel: true }).return();
  equal([response.body.locked, response.bodyUsed, await response.text()], [false, false, "x"]);
});

test("Fetch 5.2, extract: the stream of another response is a body", async () => {
  const first = new Response("x");
  const second = new Response(first.body);
  equal([await second.text(), first.bodyUsed, second.headers.has("content-type")], ["x", true, false]);
  throws("TypeError", () => new Response(first.body));
});
