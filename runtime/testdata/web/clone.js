import { equal, test, testNotNode, throws } from "./harness.js";

const clone = (value) => structuredClone(value);

test("HTML 2.7.3: primitives", () => {
  for (const value of [undefined, null, true, 5, -0, NaN, 7n, "x", "\ud800"]) equal(Object.is(clone(value), value), true);
  throws("DataCloneError", () => clone(Symbol()));
  throws("DataCloneError", () => clone({ x: Symbol() }));
});

test("HTML 2.7.3: wrappers", () => {
  for (const value of [true, 5, "x", 7n]) {
    const copy = clone(Object(value));
    equal([typeof copy, copy.valueOf(), Object.getPrototypeOf(copy) === Object.getPrototypeOf(Object(value))], ["object", value, true]);
  }
  throws("DataCloneError", () => clone(Object(Symbol())));
});

test("HTML 2.7.3: Date and RegExp", () => {
  const date = new Date(5);
  const regexp = /a(b)\/c/gi;
  regexp.lastIndex = 3;
  const [d, r] = clone([date, regexp]);
  equal([d instanceof Date, +d, d !== date, r.source, r.flags, r.lastIndex, isNaN(clone(new Date(NaN)))], [true, 5, true, regexp.source, "gi", 0, true]);
});

test("HTML 2.7.3: plain objects", () => {
  class Point { constructor() { this.x = 1; } get y() { return 2; } }
  const source = Object.defineProperty({ a: { b: [1, { c: 2 }] }, get g() { return 3; }, [Symbol()]: 4, 2: "two", 1: "one" }, "hidden", { value: 5 });
  const copy = clone(source);
  equal([copy, Object.getOwnPropertyDescriptor(copy, "g").value, Object.getOwnPropertySymbols(copy).length, "hidden" in copy], [{ 1: "one", 2: "two", a: { b: [1, { c: 2 }] }, g: 3 }, 3, 0, false]);
  const point = clone(new Point());
  equal([point.x, point.y, Object.getPrototypeOf(point) === Object.prototype], [1, undefined, true]);
  equal(Object.getPrototypeOf(clone(Object.create(null))) === Object.prototype, true);
  const own = JSON.parse('{"__proto__": 5}');
  equal(Object.getOwnPropertyDescriptor(clone(own), "__proto__").value, 5);
});

test("HTML 2.7.3: arrays: holes, length and properties", () => {
  const source = [1, , 3];
  source.length = 5;
  source.x = "y";
  const copy = clone(source);
  equal([Array.isArray(copy), copy.length, 1 in copy, 4 in copy, copy[2], copy.x], [true, 5, false, false, 3, "y"]);
  equal(clone(new Array(2 ** 32 - 1)).length, 2 ** 32 - 1);
});

test("HTML 2.7.3: Map and Set", () => {
  const key = {};
  const map = new Map([[key, { v: 1 }], ["k", key]]);
  map.x = 5;
  const copy = clone(map);
  const [[k, v], [, again]] = [...copy];
  equal([copy instanceof Map, k !== key, k === again, v.v, copy.x], [true, true, true, 1, undefined]);
  const set = clone(new Set([1, key, new Set([key])]));
  equal([set.size, [...set][1] === [...[...set][2]][0]], [3, true]);
});

test("HTML 2.7.3: cycles, and what is there twice", () => {
  const source = { list: [] };
  source.self = source;
  source.list.push(source, source.list);
  source.map = new Map([[source, source]]);
  const copy = clone(source);
  equal([copy !== source, copy.self === copy, copy.list[0] === copy, copy.list[1] === copy.list, copy.map.get(copy) === copy], [true, true, true, true, true]);
});

test("HTML 2.7.3: errors", () => {
  const cause = new RangeError("c");
  const source = new TypeError("m", { cause });
  source.extra = 1;
  const copy = clone(source);
  equal([copy instanceof TypeError, copy.name, copy.message, copy.extra, copy.stack === source.stack, copy !== source], [true, "TypeError", "m", undefined, true, true]);
  equal([copy.cause instanceof RangeError, copy.cause.message], [true, "c"]);
  class Own extends Error { constructor() { super("o"); this.name = "Own"; } }
  equal([Object.getPrototypeOf(clone(new Own())) === Error.prototype, clone(new Own()).message], [true, "o"]);
  equal("message" in Object.getOwnPropertyDescriptors(clone(new Error())), false);
});

test("HTML 2.7.3: buffers and views", () => {
  const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
  const source = { buffer, bytes: new Uint8Array(buffer, 2, 3), words: new Uint16Array(buffer, 2, 2), view: new DataView(buffer, 1, 4), clamped: new Uint8ClampedArray(buffer), big: new BigInt64Array(buffer) };
  const copy = clone(source);
  equal([copy.bytes, copy.words.length, copy.view.byteOffset, copy.view.byteLength, copy.clamped.constructor.name, copy.big.length], [new Uint8Array([3, 4, 5]), 2, 1, 4, "Uint8ClampedArray", 1]);
  equal([copy.buffer !== buffer, copy.bytes.buffer === copy.buffer, copy.words.buffer === copy.buffer, copy.view.buffer === copy.buffer], [true, true, true, true]);
  copy.bytes[0] = 99;
  equal([source.bytes[0], copy.view.getUint8(1)], [3, 99]);
});

test("HTML 2.7.5: transfer", () => {
  const buffer = new Uint8Array([1, 2, 3]).buffer;
  const bytes = new Uint8Array(buffer);
  const copy = structuredClone({ bytes, buffer }, { transfer: [buffer] });
  equal([buffer.byteLength, bytes.length, copy.bytes, copy.bytes.buffer === copy.buffer], [0, 0, new Uint8Array([1, 2, 3]), true]);
  throws("DataCloneError", () => clone(buffer));
  const other = new ArrayBuffer(1);
  throws("DataCloneError", () => structuredClone(1, { transfer: [other, other] }));
  throws("DataCloneError", () => structuredClone(() => 1, { transfer: [other] }));
  equal(other.byteLength, 1);
  equal(structuredClone(5, { transfer: [other] }), 5);
  equal(other.byteLength, 0);
});

test("HTML 2.7.3: what can't be cloned", () => {
  for (const value of [() => 1, class {}, new WeakMap(), new WeakSet(), Promise.resolve(), new Proxy({}, {})]) {
    equal(throws("DataCloneError", () => clone({ value })).code, 25);
  }
  throws("TypeError", () => structuredClone());
});

testNotNode("HTML 2.7.3: objects of the platform that can't be cloned", () => {
  for (const value of [new URL("a:b"), new URLSearchParams(), new EventTarget(), new Event("x"), new AbortController(), new TextEncoder(), crypto, new Map().entries(), (function* () {})()]) {
    throws("DataCloneError", () => clone(value));
  }
  const copy = clone(new DOMException("m", "AbortError"));
  equal([copy instanceof DOMException, copy.name, copy.message], [true, "AbortError", "m"]);
});

test("HTML 2.7.3: what a getter throws is passed on", () => throws("RangeError", () => clone({ get x() { throw new RangeError("mine"); } })));

testNotNode("HTML 2.7.5: what is detached can't be transferred", () => {
  const buffer = new ArrayBuffer(1);
  structuredClone(1, { transfer: [buffer] });
  throws("DataCloneError", () => structuredClone(1, { transfer: [buffer] }));
});

testNotNode("no depth is too much", () => {
  let deep = {};
  for (let i = 0; i < 20_000; i++) deep = { deep };
  let copy = clone(deep);
  let n = 0;
  while (copy.deep) { copy = copy.deep; n++; }
  equal(n, 20_000);
});
