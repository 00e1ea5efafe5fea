import { equal, test, testExcept, testNotNode, throws } from "./harness.js";

const shapes = {
  AbortController: [0, "abort signal", ""],
  AbortSignal: [0, "aborted onabort reason throwIfAborted", "abort any timeout"],
  Blob: [0, "arrayBuffer bytes size slice stream text type", ""],
  CustomEvent: [1, "detail initCustomEvent", ""],
  DOMException: [0, "code message name", ""],
  Event: [1, "bubbles cancelBubble cancelable composed composedPath currentTarget defaultPrevented eventPhase initEvent preventDefault returnValue srcElement stopImmediatePropagation stopPropagation target timeStamp type", ""],
  File: [2, "lastModified name", ""],
  FormData: [0, "append delete entries forEach get getAll has keys set values", ""],
  Headers: [0, "append delete entries forEach get getSetCookie has keys set values", ""],
  Request: [1, "arrayBuffer blob body bodyUsed bytes cache clone credentials destination duplex formData headers integrity isHistoryNavigation isReloadNavigation json keepalive method mode redirect referrer referrerPolicy signal text url", ""],
  Response: [0, "arrayBuffer blob body bodyUsed bytes clone formData headers json ok redirected status statusText text type url", "error json redirect"],
  EventTarget: [0, "addEventListener dispatchEvent removeEventListener", ""],
  TextDecoder: [0, "decode encoding fatal ignoreBOM", ""],
  TextEncoder: [0, "encode encodeInto encoding", ""],
  URL: [1, "hash host hostname href origin password pathname port protocol search searchParams toJSON toString username", "canParse parse"],
  URLSearchParams: [0, "append delete entries forEach get getAll has keys set size sort toString values", ""],
};

/** Runtimes whose classes have another length. */
const asideLength = { FormData: { node: "counts what is optional", deno: "counts what is optional" } };

/** Methods that reject where others throw. */
const promising = new Set(["arrayBuffer", "blob", "bytes", "formData", "json", "text"]);

const functions = (owner) => Object.keys(owner).filter((key) => !/^[A-Z_]+$/.test(key)).sort().join(" ");

for (const [name, [length, members, statics]] of Object.entries(shapes)) {
  const type = globalThis[name];
  testExcept(asideLength[name] ?? {}, `Web IDL 3.7.1: ${name}: name, length, not enumerable`, () => {
    equal([type.name, type.length], [name, length]);
    const { writable, enumerable, configurable } = Object.getOwnPropertyDescriptor(globalThis, name);
    equal([writable, enumerable, configurable], [true, false, true]);
  });
  test(`Web IDL 3.7.3: ${name}: the prototype can't be replaced, and has the tag`, () => {
    equal(Object.getOwnPropertyDescriptor(type, "prototype").writable, false);
    const tag = Object.getOwnPropertyDescriptor(type.prototype, Symbol.toStringTag);
    equal([tag.value, tag.writable, tag.enumerable, tag.configurable], [name, false, false, true]);
    equal(Object.prototype.toString.call(type.prototype), `[object ${name}]`);
  });
  testNotNode(`Web IDL 3.7.6, 3.7.7: ${name}: members are enumerable`, () => {
    equal([functions(type.prototype), functions(type)], [members, statics]);
  });
  testNotNode(`Web IDL 3.7.6: ${name}: attributes need an instance`, () => {
    for (const [key, { get, set, value }] of Object.entries(Object.getOwnPropertyDescriptors(type.prototype))) {
      if (key === "constructor" || name === "DOMException") continue;
      if (get) throws("TypeError", () => get.call({}));
      if (set) throws("TypeError", () => set.call({}, ""));
      if (typeof value === "function" && !promising.has(key)) throws("TypeError", () => value.call({}, "a", "b"));
    }
  });
  test(`Web IDL 3.7.1: ${name} can't be called without new`, () => throws("TypeError", () => type("http://x")));
}

test("HTML: globals that are functions", () => {
  for (const [name, length] of Object.entries({ atob: 1, btoa: 1, queueMicrotask: 1 })) {
    equal([globalThis[name].name, globalThis[name].length], [name, length]);
  }
});

testNotNode("HTML: and not constructors", () => throws("TypeError", () => new atob("x")));

test("HTML: there is no window, and no document", () => equal([typeof window, typeof document], ["undefined", "undefined"]));

testNotNode("global names of the global object", () => equal([self === globalThis, global === globalThis], [true, true]));

testNotNode("process: not taken for Node.js", () => {
  equal([process.env.NODE_ENV, Object.keys(process.env), process.versions?.node, process.browser], ["production", ["NODE_ENV"], undefined, true]);
  throws("TypeError", () => { "use strict"; process.env.X = "1"; });
  equal(process.cwd(), "/");
});

test("process.nextTick: before timers, with arguments", async () => {
  const got = [];
  setTimeout(() => got.push("timer"), 0);
  process.nextTick((a, b) => got.push(a, b), 1, 2);
  equal(got, []);
  await new Promise((resolve) => setTimeout(resolve, 5));
  equal(got, [1, 2, "timer"]);
});

test("HTML 8.7: timers: arguments, order, refusal of a text", async () => {
  const got = [];
  setTimeout((...args) => got.push(...args), 1, 1, 2);
  const cleared = setTimeout(() => got.push("cleared"), 1);
  clearTimeout(cleared);
  clearTimeout(undefined);
  await new Promise((resolve) => setTimeout(resolve, 10));
  equal(got, [1, 2]);
  throws("TypeError", () => setTimeout("got.push(3)", 1));
});

test("HTML 8.1.7: queueMicrotask: order, and a function only", async () => {
  const got = [];
  queueMicrotask(() => got.push(1));
  Promise.resolve().then(() => got.push(2));
  await 0;
  equal(got, [1, 2]);
  throws("TypeError", () => queueMicrotask());
});
