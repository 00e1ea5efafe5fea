// The File API, sections 3 and 4: Blob and File.
import { equal, test, testExcept, testNotNode, throws } from "./harness.js";

const bytesOf = async (blob) => [...new Uint8Array(await blob.arrayBuffer())];

test("File API 3.1, new Blob(): empty without parts", async () => {
  for (const blob of [new Blob(), new Blob(undefined), new Blob([]), new Blob([], undefined), new Blob([], null)]) {
    equal([blob.size, blob.type, await blob.text()], [0, "", ""]);
  }
  throws("TypeError", () => Blob());
});

test("File API 3.1, process blob parts 2: text, buffers, views, blobs", async () => {
  const bytes = new Uint8Array([1, 2, 3, 4]);
  const blob = new Blob(["é\ud800", bytes.buffer, bytes.subarray(1, 3), new DataView(bytes.buffer, 3), new Blob(["b"]), 5, null, {}]);
  equal(await bytesOf(blob), [0xc3, 0xa9, 0xef, 0xbf, 0xbd, 1, 2, 3, 4, 2, 3, 4, 98, ...new TextEncoder().encode("5null[object Object]")]);
  bytes.fill(9);
  equal((await bytesOf(blob)).slice(5, 9), [1, 2, 3, 4]);
});

test("Web IDL 3.2.21: the parts are what can be iterated", async () => {
  equal(await new Blob(new Set(["a", "b"])).text(), "ab");
  equal(await new Blob(new Uint8Array([1, 2])).text(), "12");
  equal(await new Blob(new String("xyz")).text(), "xyz");
  for (const wrong of [null, "text", 5, true, {}, new Blob(), new ArrayBuffer(1), { [Symbol.iterator]: 5 }]) throws("TypeError", () => new Blob(wrong));
  const error = new RangeError("mine");
  equal(throws("RangeError", () => new Blob([{ toString() { throw error; } }])) === error, true);
  throws("TypeError", () => new Blob([Symbol()]));
});

testExcept({ node: "throws", deno: "throws" }, "Web IDL 3.2.25: the bytes of a detached buffer are none", () => {
  const bytes = new Uint8Array(4);
  structuredClone(1, { transfer: [bytes.buffer] });
  equal(new Blob([bytes, bytes.buffer, "x"]).size, 1);
});

test("File API 3.1, new Blob() 3: the type in lower case, if it has printable characters only", () => {
  for (const [type, want] of [["Text/HTML;Charset=X", "text/html;charset=x"], ["any thing~", "any thing~"], ["te\x7ft", ""], ["a\nb", ""], ["é", ""], [5, "5"], [null, "null"], [undefined, ""]]) {
    equal(new Blob([], { type }).type, want);
  }
});

test("File API 3.1, endings: line breaks become native, and stay by default", async () => {
  equal(await new Blob(["a\r\nb\rc\nd"], { endings: "transparent" }).text(), "a\r\nb\rc\nd");
  equal(await new Blob(["a\r\nb\nd"], { endings: "native" }).text(), "a\nb\nd");
  equal(await new Blob([new Blob(["a\r\n"])], { endings: "native" }).text(), "a\r\n");
  throws("TypeError", () => new Blob([], { endings: "unix" }));
  throws("TypeError", () => new Blob([], 5));
});

testExcept({ node: "knows \\r\\n only" }, "File API 3.1, convert line endings to native: each part by itself", async () => {
  equal(await new Blob(["a\r", "\nb\r"], { endings: "native" }).text(), "a\n\nb\n");
});

testNotNode("Web IDL 3.2.17: options are read after the parts, in order", () => {
  const got = [];
  new Blob([{ toString: () => { got.push("part"); return ""; } }], { get type() { got.push("type"); return ""; }, get endings() { got.push("endings"); } });
  equal(got, ["part", "endings", "type"]);
});

test("File API 3.3.1, slice: places, also from the end", async () => {
  const blob = new Blob(["0123456789"], { type: "a/b" });
  for (const [args, want] of [[[], "0123456789"], [[3], "3456789"], [[2, 5], "234"], [[-3], "789"], [[-3, -1], "78"], [[5, 2], ""], [[-99, 99], "0123456789"], [[99], ""],
    [[undefined, 2], "01"], [[3, undefined], "3456789"]]) {
    const part = blob.slice(...args);
    equal([await part.text(), part.type, part.size], [want, "", want.length]);
  }
  equal([blob.slice(0, 1, "T/x").type, blob.slice(0, 1, "\n").type, blob.slice(0, 1, undefined).type], ["t/x", "", ""]);
  equal(await blob.slice(2, 8).slice(1, 3).text(), "34");
});

// Node.js 20 aborts in these two.
testNotNode("Web IDL 3.2.4.7: slice takes any number", async () => {
  const blob = new Blob(["0123456789"]);
  for (const [args, want] of [[[NaN, 2], "01"], [["1", "2"], "1"], [[0, null], ""], [[Infinity], ""], [[-Infinity, 1], "0"]]) equal(await blob.slice(...args).text(), want);
});

testNotNode("Web IDL 3.2.4.7: slice rounds, halves to the even side", async () => {
  const blob = new Blob(["0123456789"]);
  equal([await blob.slice(1.6, 4).text(), await blob.slice(0.5, 1.5).text(), await blob.slice(2.5, 4).text()], ["23", "01", "23"]);
});

test("File API 3.3.3, text: UTF-8, with the mark left out", async () => {
  equal(await new Blob([new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0xff])]).text(), "a\ufffd");
});

test("File API 3.3.4, arrayBuffer: a buffer of one's own", async () => {
  const blob = new Blob(["abc"]);
  const buffer = await blob.slice(1).arrayBuffer();
  equal([buffer instanceof ArrayBuffer, buffer.byteLength], [true, 2]);
  new Uint8Array(buffer).fill(0);
  equal(await blob.text(), "abc");
});

testNotNode("File API 3.3.5, bytes", async () => {
  const blob = new Blob(["ab"]);
  const bytes = await blob.bytes();
  equal([bytes instanceof Uint8Array, bytes], [true, new Uint8Array([97, 98])]);
  bytes.fill(0);
  equal(await blob.text(), "ab");
});

test("File API 3.3.2, stream: each time a new one", async () => {
  const blob = new Blob(["héllo"]);
  for (let i = 0; i < 2; i++) {
    const stream = blob.stream();
    const got = [];
    for await (const chunk of stream) {
      equal(chunk instanceof Uint8Array, true);
      got.push(...chunk);
      chunk.fill(0);
    }
    equal([got, stream.constructor.name, stream.locked], [[0x68, 0xc3, 0xa9, 0x6c, 0x6c, 0x6f], "ReadableStream", false]);
  }
  equal((await new Blob().stream().getReader().read()).done, true);
  equal(await new Response(blob.stream()).text(), "héllo");
});

test("Web IDL 3.7.7: methods that promise reject where there is no blob", async () => {
  for (const name of ["text", "arrayBuffer"]) {
    let error;
    await Blob.prototype[name].call({}).catch((reason) => { error = reason; });
    equal(error instanceof TypeError, true);
  }
});

test("File API 4.1, new File()", async () => {
  const before = Date.now();
  const file = new File(["x", "y"], "na/me\ud800.txt", { type: "A/b" });
  equal([file.name, file.size, file.type, await file.text()], ["na/me\ufffd.txt", 2, "a/b", "xy"]);
  equal([file instanceof Blob, file.lastModified >= before, file.lastModified <= Date.now()], [true, true, true]);
  equal(new File([new File(["in"], "a")], "b").name, "b");
  equal([file.slice(0, 1) instanceof File, file.slice(0, 1) instanceof Blob], [false, true]);
  for (const run of [() => new File(), () => new File([]), () => new File("x", "y"), () => File([], "x"), () => new File([], "x", 5)]) throws("TypeError", run);
});

testExcept({ node: "takes none for an empty list" }, "Web IDL 3.2.21: the bits of a file can't be left out", () => throws("TypeError", () => new File(undefined, "y")));

test("File API 4.1, lastModified: a long long", () => {
  for (const [lastModified, want] of [[5, 5], [-1, -1], [NaN, 0], ["7", 7], [null, 0], [new Date(9), 9]]) {
    equal(new File([], "x", { lastModified }).lastModified, want);
  }
});

testNotNode("Web IDL 3.2.4.7: lastModified: what isn't whole, finite or within 64 bits", () => {
  for (const [lastModified, want] of [[1.9, 1], [Infinity, 0], [2 ** 64 + 4096, 4096], [2 ** 63, -(2 ** 63)], [-(2 ** 63) - 4096, 2 ** 63 - 4096]]) {
    equal(new File([], "x", { lastModified }).lastModified, want);
  }
});

testNotNode("File API 3, HTML 2.7.3: blobs and files are cloned", async () => {
  const type = "a/b";
  const source = { blob: new Blob(["b"], { type }), file: new File(["f"], "name", { type, lastModified: 5 }) };
  const { blob, file } = structuredClone(source);
  equal([blob instanceof Blob, blob instanceof File, blob !== source.blob, blob.type, await blob.text()], [true, false, true, type, "b"]);
  equal([file instanceof File, file.name, file.lastModified, file.type, await file.text()], [true, "name", 5, type, "f"]);
});

testExcept({ node: "has them", deno: "has them" }, "File API 8: there are no URLs of blobs", () => equal([typeof URL.createObjectURL, typeof URL.revokeObjectURL], ["undefined", "undefined"]));
