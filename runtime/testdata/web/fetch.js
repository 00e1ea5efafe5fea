import { equal, test, testExcept, throws, wait } from "./harness.js";
import { elsewhere, pages } from "./server.js";

const at = (path) => `http://${pages}/${path}`;

const rejects = async (name, promise) => {
  let error;
  await promise.then(() => {}, (reason) => { error = reason; });
  return throws(name, () => { if (error) throw error; });
};

const echo = async (init, path = "echo") => (await fetch(at(path), init)).json();

test("Fetch 5.6, fetch(): the least: a response", async () => {
  const response = await fetch(at("text"));
  equal([response instanceof Response, response.status, response.ok, response.statusText, response.url, response.redirected, response.type, response.bodyUsed], [
    true, 200, true, "OK", at("text"), false, response.type, false]);
  equal([await response.text(), response.bodyUsed], ["héllo", true]);
  await rejects("TypeError", response.text());
});

testExcept({ node: "takes new", deno: "takes new" }, "Web IDL 3.7.6: fetch() is no constructor", () => throws("TypeError", () => new fetch(at("text"))));

test("Fetch 5.6, step 2: what is wrong rejects, and never throws", async () => {
  for (const run of [
    () => fetch(), () => fetch("/relative"), () => fetch("http://u:p@127.0.0.1:1/"), () => fetch(at("text"), 5), () => fetch(at("text"), { method: "A B" }), () => fetch(at("text"), { body: "x" }),
    () => fetch(at("text"), { headers: { a: "b\r\nc: d" } }), () => fetch(at("text"), { headers: { "a\r\nb": "c" } }), () => fetch(at("text"), { signal: 5 }),
    () => fetch("nothing:x"), () => fetch("ws://127.0.0.1:9/"),
  ]) await rejects("TypeError", run());
});

testExcept({ deno: "reads files, with a permission" }, "Fetch 4.2, scheme fetch: a file is a network error", () => rejects("TypeError", fetch("file:///etc/passwd")));

test("Fetch 5.6: HTTP's errors are responses", async () => {
  for (const code of [404, 500]) {
    const response = await fetch(at("status?code=" + code));
    equal([response.status, response.ok, await response.text()], [code, false, ""]);
  }
});

test("Fetch 2.2.6: a status without a body", async () => {
  const response = await fetch(at("status?code=204"));
  equal([response.status, response.body, await response.text(), response.bodyUsed], [204, null, "", false]);
});

test("Fetch 5.6: the error of a connection that fails is a TypeError", async () => {
  await rejects("TypeError", fetch("http://127.0.0.1:1/"));
  await rejects("TypeError", fetch(at("drop")));
});

test("Fetch 4.7: a body that is cut short is an error, of the fetch or of the reading", async () => {
  await rejects("TypeError", fetch(at("short")).then((response) => response.text()));
});

test("Fetch 5.4: methods and bodies as they are sent", async () => {
  equal((await echo({ method: "post", body: "é😀\ud800" })).text, "é😀\ufffd");
  equal((await echo({ method: "PUT", body: new Uint8Array([0, 255, 128]) })).bytes, [0, 255, 128]);
  const form = await echo({ method: "POST", body: new URLSearchParams({ a: "1 2" }) });
  equal([form.text, form.headers["content-type"]], ["a=1+2", "application/x-www-form-urlencoded;charset=UTF-8"]);
  const none = await echo({ method: "POST" });
  equal([none.method, none.text, none.headers["content-type"]], ["POST", "", undefined]);
  equal([(await echo({ method: "DELETE" })).method, (await echo({ method: "PATCH", body: "x" })).method, (await echo({ method: "X-OWN" })).method], ["DELETE", "PATCH", "X-OWN"]);
});

test("Fetch 5.2, extract: blobs and forms as they are sent", async () => {
  const blob = await echo({ method: "POST", body: new Blob([new Uint8Array([0, 255])], { type: "a/b" }) });
  equal([blob.bytes, blob.headers["content-type"]], [[0, 255], "a/b"]);
  const form = new FormData();
  form.append("a", "é");
  form.append("f", new Blob(["x"], { type: "c/d" }), "f.txt");
  const sent = await echo({ method: "POST", body: form });
  const back = await new Response(new Uint8Array(sent.bytes), { headers: { "content-type": sent.headers["content-type"] } }).formData();
  equal([back.get("a"), back.get("f").name, back.get("f").type, await back.get("f").text()], ["é", "f.txt", "c/d", "x"]);
});

test("Fetch 5.3, blob: of what has come", async () => {
  const blob = await (await fetch(at("bytes"))).blob();
  equal([blob instanceof Blob, blob.size, new Uint8Array(await blob.slice(0, 3).arrayBuffer())], [true, 6, new Uint8Array([0, 0xff, 0xfe])]);
  equal((await (await fetch(at("text"))).blob()).type, "text/plain;charset=utf-8");
});

test("Fetch 5.6: bytes are taken at the call", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const sent = fetch(at("echo"), { method: "POST", body: bytes });
  bytes.fill(9);
  equal((await (await sent).json()).bytes, [1, 2, 3]);
});

test("Fetch 5.4: headers as they are sent", async () => {
  const { headers } = await echo({ method: "POST", body: "x", headers: [["X-Own", " a "], ["x-own", "b"], ["Content-Type", "text/x"]] });
  equal([headers["x-own"], headers["content-type"]], ["a, b", "text/x"]);
  equal((await echo({ headers: new Headers({ Authorization: "Bearer t", Cookie: "a=1" }) })).headers.authorization, "Bearer t");
  equal((await echo()).headers.accept, "*/*");
});

test("Fetch 5.4: a request, and options that change it", async () => {
  const request = new Request(at("echo"), { method: "PUT", body: "first", headers: { "x-a": "1" } });
  const got = await (await fetch(request, { headers: { "x-b": "2" } })).json();
  equal([got.method, got.text, got.headers["x-a"], got.headers["x-b"], request.bodyUsed], ["PUT", "first", undefined, "2", true]);
  await rejects("TypeError", fetch(request));
});

test("Fetch 2.2.2: headers of a response: combined, cookies each by itself, bytes above 7F", async () => {
  const { headers } = await fetch(at("headers"));
  equal([headers.get("x-two"), headers.getSetCookie(), headers.get("X-LATIN")], ["1, 2", ["a=1; Path=/", "b=2"], "caf\xe9"]);
});

test("Fetch 5.6, step 12: and they can't be changed", async () => {
  const { headers } = await fetch(at("headers"));
  throws("TypeError", () => headers.set("a", "b"));
  throws("TypeError", () => headers.delete("x-two"));
  throws("TypeError", () => headers.append("a", "b"));
});

test("Fetch 5.3: a body as bytes, as a stream, cloned", async () => {
  const response = await fetch(at("bytes"));
  const copy = response.clone();
  const third = copy.clone();
  equal(new Uint8Array(await response.arrayBuffer()), new Uint8Array([0, 255, 254, 13, 10, 128]));
  equal(await copy.text(), "\0\ufffd\ufffd\r\n\ufffd");
  const got = [];
  for await (const chunk of third.body) got.push(...chunk);
  equal(got, [0, 255, 254, 13, 10, 128]);
});

test("Fetch 4.6: content that is compressed is decoded", async () => {
  equal((await (await fetch(at("gzip"))).text()).length, 50_000);
});

test("Fetch 4.4, HTTP-redirect fetch: redirects are followed, the fragment stays", async () => {
  const response = await fetch(at("redirect?code=302&to=/text"));
  equal([response.url, response.redirected, await response.text()], [at("text"), true, "héllo"]);
  equal(await (await fetch(at("count?left=10"))).text(), "arrived");
});

test("Fetch 4.4, step 7: too many redirects are an error", async () => {
  await rejects("TypeError", fetch(at("loop")));
  await rejects("TypeError", fetch(at("count?left=50")));
});

test("Fetch 4.4, step 12: the method and body after a redirect", async () => {
  const after = async (code, method) => {
    const got = await echo({ method, body: "x", headers: { "content-type": "text/x" } }, "redirect?to=/echo&code=" + code);
    return [got.method, got.text, got.headers["content-type"] ?? null];
  };
  for (const code of [301, 302, 303]) equal(await after(code, "POST"), ["GET", "", null]);
  for (const code of [307, 308]) equal(await after(code, "POST"), ["POST", "x", "text/x"]);
  equal([await after(301, "PUT"), await after(303, "PUT")], [["PUT", "x", "text/x"], ["GET", "", null]]);
});

test("Fetch 4.4, step 13: what authorizes isn't sent to another origin", async () => {
  const to = encodeURIComponent(`http://${elsewhere}/echo`);
  const headers = { Authorization: "Bearer secret", "X-Own": "1" };
  const { headers: sent } = await echo({ headers }, "redirect?code=302&to=" + to);
  equal([sent.authorization ?? null, sent["x-own"]], [null, "1"]);
  equal((await echo({ headers }, "redirect?code=302&to=/echo")).headers.authorization, "Bearer secret");
});

test("Fetch 4.4: redirect: error", async () => {
  await rejects("TypeError", fetch(at("redirect?code=302&to=/text"), { redirect: "error" }));
  equal((await fetch(at("text"), { redirect: "error" })).status, 200);
});

testExcept({
  extrun: "gives the response itself, as Node.js and Deno do: there is no page that it could harm, and no other way to read it",
  node: "gives the response itself", deno: "gives the response itself",
}, "Fetch 2.2.6: redirect: manual: a filtered response", async () => {
  const { type, status } = await fetch(at("redirect?code=302&to=/text"), { redirect: "manual" });
  equal([type, status], ["opaqueredirect", 0]);
});

test("redirect: manual: the response of the server", async () => {
  const response = await fetch(at("redirect?code=307&to=/text"), { redirect: "manual" });
  equal([response.status, response.headers.get("location"), response.redirected], [307, "/text", false]);
});

test("Fetch 4.4: a redirect to where fetch can't go", async () => {
  for (const to of ["file:///etc/passwd", "data:text/plain,x", "ws://127.0.0.1:1/"]) await rejects("TypeError", fetch(at("redirect?code=302&to=" + encodeURIComponent(to))));
});

test("Fetch 4.4, step 3: a status of redirects without a Location is a response", async () => {
  equal((await fetch(at("status?code=302"))).status, 302);
});

test("Fetch 4.6: HEAD has no body", async () => {
  const response = await fetch(at("text"), { method: "HEAD" });
  equal([response.status, await response.text()], [200, ""]);
});

test("Fetch 5.6, step 4: a signal that is aborted already", async () => {
  const reason = new RangeError("mine");
  equal(await rejects("RangeError", fetch(at("text"), { signal: AbortSignal.abort(reason) })) === reason, true);
  await rejects("AbortError", fetch(at("text"), { signal: AbortSignal.abort() }));
  await rejects("AbortError", fetch(new Request(at("text"), { signal: AbortSignal.abort() })));
});

test("Fetch 5.6, step 11: aborted meanwhile: it rejects with the reason, and the server notices", async () => {
  const controller = new AbortController();
  const asked = fetch(at("wait?as=one"), { signal: controller.signal });
  setTimeout(() => controller.abort("the reason"), 50);
  let thrown;
  await asked.catch((reason) => { thrown = reason; });
  equal([thrown, await (await fetch(at("gone"))).text()], ["the reason", "one"]);
});

test("Fetch 5.6, step 11: by a signal that depends on others, and by time", async () => {
  const controller = new AbortController();
  const asked = fetch(new Request(at("wait"), { signal: AbortSignal.any([controller.signal]) }));
  setTimeout(() => controller.abort(), 20);
  await rejects("AbortError", asked);
  await rejects("TimeoutError", fetch(at("wait"), { signal: AbortSignal.timeout(20) }));
});

test("Fetch 5.6, abort the fetch() call: the body that nobody has read is gone", async () => {
  const controller = new AbortController();
  const response = await fetch(at("text"), { signal: controller.signal });
  controller.abort();
  await rejects("AbortError", response.text());
});

test("Fetch 5.6: aborted when all is over: nothing happens", async () => {
  const controller = new AbortController();
  const response = await fetch(at("text"), { signal: controller.signal });
  equal(await response.text(), "héllo");
  controller.abort();
  await wait(1);
  equal(response.status, 200);
});

test("many at once", async () => {
  const got = await Promise.all(Array.from({ length: 20 }, (_, i) => echo({ method: "POST", body: "" + i })));
  equal(got.map((one) => one.text).join(), Array.from({ length: 20 }, (_, i) => i).join());
});
