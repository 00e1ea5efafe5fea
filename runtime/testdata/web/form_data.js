// XMLHttpRequest, a standard of the WHATWG, section 4: FormData; HTML 4.10.21.8: multipart/form-data; Fetch 5.3: formData.
import { equal, test, testExcept, testNotNode, throws } from "./harness.js";

const rejects = async (name, promise) => {
  let error;
  await promise.then(() => {}, (reason) => { error = reason; });
  return throws(name, () => { if (error) throw error; });
};

const formOf = (...entries) => {
  const form = new FormData();
  for (const entry of entries) form.append(...entry);
  return form;
};

test("XHR 4, new FormData(): of no form", () => {
  equal([[...new FormData()].length, [...new FormData(undefined)].length], [0, 0]);
  for (const wrong of [null, {}, "a", 5, new FormData()]) throws("TypeError", () => new FormData(wrong));
  throws("TypeError", () => FormData());
});

test("XHR 4, append, get, getAll, has, delete", () => {
  const form = formOf(["a", "1"], ["b", "2"], ["a", 3], ["\ud800", null]);
  equal([form.get("a"), form.getAll("a"), form.get("b"), form.getAll("none"), form.get("none"), form.has("b"), form.has("none"), form.get("\ufffd")], ["1", ["1", "3"], "2", [], null, true, false, "null"]);
  form.delete("a");
  equal([form.has("a"), form.has("b")], [false, true]);
  for (const run of [() => form.append("a"), () => form.append(), () => form.set("a"), () => form.get(), () => form.getAll(), () => form.has(), () => form.delete()]) throws("TypeError", run);
});

test("XHR 4, set: in the place of the first, without the others", () => {
  const form = formOf(["a", "1"], ["b", "2"], ["a", "3"]);
  form.set("a", "new");
  form.set("c", "4");
  equal([...form], [["a", "new"], ["b", "2"], ["c", "4"]]);
});

test("XHR 4, create an entry 3: blobs become files", async () => {
  const form = formOf(["b", new Blob(["x"], { type: "a/b" })], ["n", new Blob(["x"]), "own.txt"], ["f", new File(["y"], "f.txt", { lastModified: 5 })], ["r", new File(["y"], "f.txt", { type: "c/d" }), "re\ud800"]);
  const [b, n, f, r] = ["b", "n", "f", "r"].map((name) => form.get(name));
  equal([b, n, f, r].map((file) => [file instanceof File, file.name]), [[true, "blob"], [true, "own.txt"], [true, "f.txt"], [true, "re\ufffd"]]);
  equal([b.type, await b.text(), f.lastModified, r.type, await r.text()], ["a/b", "x", 5, "c/d", "y"]);
  equal(form.get("f") === form.get("f"), true);
  const file = new File([], "same");
  equal(formOf(["f", file]).get("f") === file, true);
});

testExcept({ deno: "leaves the name out" }, "Web IDL 3.6: a file name only with a blob", () => {
  const form = new FormData();
  for (const value of ["text", {}, null]) throws("TypeError", () => form.append("a", value, "name"));
  throws("TypeError", () => form.set("a", "text", "name"));
});

test("Web IDL 3.7.10: iteration, which sees what changes", () => {
  const form = formOf(["a", "1"], ["b", "2"]);
  equal([[...form.keys()], [...form.values()], [...form.entries()], form[Symbol.iterator] === form.entries], [["a", "b"], ["1", "2"], [["a", "1"], ["b", "2"]], true]);
  const got = [];
  for (const [name] of form) {
    got.push(name);
    if (got.length === 1) form.append("c", "3");
  }
  equal(got, ["a", "b", "c"]);
  const seen = [];
  const self = {};
  form.forEach(function (value, name, all) { seen.push([value, name, all === form, this === self]); }, self);
  equal(seen[0], ["1", "a", true, true]);
  throws("TypeError", () => form.forEach(5));
});

test("Fetch 5.2, extract: a FormData is multipart/form-data, with a boundary", async () => {
  const form = formOf(["te\"x\r\nt", "a\nb\rc\r\nd\ud800"], ["file", new File([new Uint8Array([0, 255, 13, 10])], "é\"\n.bin", { type: "a/b" })], ["plain", new Blob(["x"])]);
  const response = new Response(form);
  const [, boundary] = /^multipart\/form-data; ?boundary=([-'_A-Za-z0-9]{16,70})$/.exec(response.headers.get("content-type"));
  const want = [`--${boundary}`, 'Content-Disposition: form-data; name="te%22x%0D%0At"', "", "a\r\nb\r\nc\r\nd\ufffd", `--${boundary}`,
    'Content-Disposition: form-data; name="file"; filename="é%22%0A.bin"', "Content-Type: a/b", "", "\0\xff\r\n", `--${boundary}`,
    'Content-Disposition: form-data; name="plain"; filename="blob"', "Content-Type: application/octet-stream", "", "x", `--${boundary}--`].join("\r\n");
  const got = new Uint8Array(await response.arrayBuffer());
  const latin = (text) => [...new TextEncoder().encode(text)].map((byte) => String.fromCharCode(byte)).join("").replace("\xc3\xbf\r", "\xff\r");
  equal(String.fromCharCode(...got).trimEnd(), latin(want));
  equal(new Response(new FormData(), { headers: { "content-type": "own/type" } }).headers.get("content-type"), "own/type");
  equal(new Response(form).headers.get("content-type") === new Response(form).headers.get("content-type"), false);
});

test("Fetch 5.2, extract: what becomes of a FormData afterwards doesn't count", async () => {
  const form = formOf(["a", "1"]);
  const request = new Request("http://h/", { method: "POST", body: form });
  form.append("b", "2");
  equal([...(await request.formData())], [["a", "1"]]);
});

test("Fetch 5.3, formData: what a FormData has become", async () => {
  const form = formOf(["é", "line\r\n"], ["f", new File([new Uint8Array([0, 255, 45, 45])], "ü%.bin", { type: "x/y" })], ["empty", new File([], "e")]);
  const back = await new Response(form).formData();
  equal([back instanceof FormData, [...back.keys()]], [true, ["é", "f", "empty"]]);
  const file = back.get("f");
  equal([back.get("é"), file instanceof File, file.name, file.type, new Uint8Array(await file.arrayBuffer())], ["line\r\n", true, "ü%.bin", "x/y", new Uint8Array([0, 255, 45, 45])]);
});

testExcept({ deno: "leaves escapes, and parts without a name" }, "Fetch 5.3, formData: names with quotes and line breaks, and without any sign", async () => {
  const back = await new Response(formOf(["\"\r", "1"], ["", "2"])).formData();
  equal([...back], [["\"\r\n", "1"], ["", "2"]]);
});

const multipart = (body, type = "multipart/form-data; boundary=XX") => new Response(body, { headers: { "content-type": type } }).formData();
const field = 'Content-Disposition: form-data; name="a"\r\n\r\n';

test("Fetch 5.3, multipart/form-data parser", async () => {
  equal([...(await multipart(`--XX\r\n${field}1\r\n--XX\r\n${field}\r\n--XX--\r\n`))], [["a", "1"], ["a", ""]]);
  equal([...(await multipart(`--XX\r\n${field}1\r\n--XX--`))], [["a", "1"]]);
  equal([...(await multipart(`--X Y\r\n${field}1\r\n--X Y--\r\n`, 'Multipart/Form-Data; Charset=x; BOUNDARY="X Y"'))], [["a", "1"]]);
  equal([...(await multipart(`--XX\r\ncontent-DISPOSITION: form-data; name="é"\r\nX-Other: 1\r\n\r\n--X\r\nX\r\n--XX--\r\n`))], [["é", "--X\r\nX"]]);
  const file = (await multipart('--XX\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n1\r\n--XX--\r\n')).get("a");
  equal([file.name, await file.text()], ["f", "1"]);
});

testExcept({ deno: "takes them for application/octet-stream" }, "RFC 7578, 4.4: a file without a type is text/plain", async () => {
  const form = await multipart('--XX\r\nContent-Disposition: form-data; name="a"; filename="f"\r\n\r\n1\r\n--XX--\r\n');
  equal(form.get("a").type, "text/plain");
});

testExcept({ node: "takes it away", deno: "takes it away" }, "Encoding 6.1, UTF-8 decode without BOM: the mark stays in values", async () => {
  equal((await multipart(`--XX\r\n${field}\ufeff1\r\n--XX--`)).get("a"), "\ufeff1");
});

testExcept({ node: "refuses the form", deno: "takes the last" }, "RFC 2183, which leaves it open: of several names of a part the first counts", async () => {
  const form = await multipart('--XX\r\nContent-Disposition: form-data; name="a"; name="b"; filename="f"; filename="g"\r\n\r\n1\r\n--XX--\r\n');
  equal([[...form.keys()], form.get("a").name], [["a"], "f"]);
});

test("URL 5.1, urlencoded parsing, UTF-8 decode without BOM: the mark stays in names", async () => {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const bytes = new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x3d, 0x31]);
  equal([...(await new Response(bytes, { headers }).formData())], [["\ufeffa", "1"]]);
});

test("Fetch 5.3, multipart/form-data parser: what is none", async () => {
  for (const body of ["", "--XX", "text"]) await rejects("TypeError", multipart(body));
  await rejects("TypeError", multipart(`--XX\r\n${field}1\r\n--XX--`, "multipart/form-data"));
  for (const type of ["text/plain", "multipart/mixed; boundary=XX", "nothing", ""]) await rejects("TypeError", multipart("", type));
});

testExcept({ deno: "takes them" }, "RFC 7578, 4: parts without an end, a colon or a name", async () => {
  for (const body of [`--XX\r\n${field}1`, `--XX\r\n${field}1\r\n--XY--`, "--XX\r\nno colon\r\n\r\n1\r\n--XX--\r\n", "--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--\r\n"]) {
    await rejects("TypeError", multipart(body));
  }
});

testExcept(
  { node: "has no bound", deno: "has no bound" },
  "Fetch 5.3, multipart/form-data parser: not too many parts, nor too long headers",
  async () => {
    const part = `--XX\r\n${field}1\r\n`;
    await rejects("TypeError", multipart(part.repeat(10_001) + "--XX--"));
    await rejects("TypeError", multipart(`--XX\r\nX: ${"x".repeat(20_000)}\r\n${field}1\r\n--XX--`));
  },
);

test("Fetch 5.3, formData: application/x-www-form-urlencoded", async () => {
  equal([...(await new Response(new URLSearchParams([["a", "1 2"], ["é", "&="]])).formData())], [["a", "1 2"], ["é", "&="]]);
  const form = await new Response(new TextEncoder().encode("a=%ff+&b&=c"), { headers: { "content-type": "application/x-www-form-urlencoded" } }).formData();
  equal([...form], [["a", "\ufffd "], ["b", ""], ["", "c"]]);
  equal([...(await new Response(null, { headers: { "content-type": "application/x-www-form-urlencoded" } }).formData())], []);
});

test("Fetch 5.3, formData and blob: read once", async () => {
  for (const name of ["formData", "blob"]) {
    const response = new Response(new URLSearchParams("a=1"));
    const first = response[name]();
    equal(response.bodyUsed, true);
    await first;
    await rejects("TypeError", response[name]());
  }
});

test("Fetch 5.2, extract: a Blob, and the type that it has", async () => {
  const response = new Response(new Blob(["é"], { type: "Text/X" }));
  equal([response.headers.get("content-type"), await response.text()], ["text/x", "é"]);
  equal(new Response(new Blob(["x"])).headers.has("content-type"), false);
  equal(new Response(new Blob(["x"], { type: "a/b" }), { headers: { "content-type": "c/d" } }).headers.get("content-type"), "c/d");
  const request = new Request("http://h/", { method: "POST", body: new File(["x"], "f", { type: "a/b" }) });
  equal([request.headers.get("content-type"), await request.text()], ["a/b", "x"]);
  const blob = new Blob(["abc"]);
  new Uint8Array(await new Response(blob).arrayBuffer()).fill(0);
  equal(await blob.text(), "abc");
});

test("Fetch 5.3, blob: with the type of the headers", async () => {
  const blob = await new Response("é").blob();
  equal([blob instanceof Blob, blob.type, blob.size, await blob.text()], [true, "text/plain;charset=utf-8", 2, "é"]);
  for (const [type, want] of [["Text/HTML ; Charset=\"X\"", "text/html;charset=x"], ["", ""], ["nothing", ""]]) {
    equal((await new Response("x", { headers: { "content-type": type } }).blob()).type, want);
  }
  equal([(await new Response().blob()).size, (await new Response(new Uint8Array(1)).blob()).type], [0, ""]);
});

testNotNode("Fetch 2.2.2, extract a MIME type: the last one, with the charset of those before it", async () => {
  const typeOf = async (...values) => (await new Response("x", { headers: values.map((value) => ["content-type", value]) }).blob()).type;
  equal([await typeOf("a/b", "text/c"), await typeOf("text/c;charset=u", "*/*"), await typeOf("text/c;charset=u", "text/c;x=1"), await typeOf("text/c;x=\"a,b\"")],
    ["text/c", "text/c;charset=u", "text/c;x=1;charset=u", "text/c;x=\"a,b\""]);
});
