// The language, one small program a feature. A line "## since | feature" begins
// a row of the table in the README, "---" another program of the same row. What
// a program prints stands behind it, after "//>", or after "//!" where the
// feature is absent, and the program shows how that can be told.

## ES2015 | `let`, `const`, arrow functions, default, rest and spread, destructuring, template literals
const f = (a, b = 2, ...rest) => [a, b, ...rest].join("");
let { x, ...others } = { x: 1, y: 2, z: 3 };
const [p, , q = 9] = [1, 2];
console.log(`${f(1)}${f(1, 2, 3)}${x}${JSON.stringify(others)}${p}${q}`, ((s) => s.raw[0])`\unicode`);
for (let i = 0, all = []; i < 3; i++) { all.push(() => i); if (i === 2) console.log(all.map((g) => g()).join()); }
//> 121231{"y":2,"z":3}19 \unicode
//> 0,1,2

## ES2015 | `arguments`, `this`, `new.target` and `super` of the function around an arrow function
console.log((function () { return (() => Math.max.apply(this, arguments))(); })(1, 2));
console.log((function (a, b = () => arguments.length) { return b() + [1].map((x) => x + arguments[0])[0]; })(3));
class A { constructor() { this.t = (() => new.target.name)(); } m() { return "A"; } }
class B extends A { constructor() { (() => super(...arguments))(); } m() { return (() => super.m() + this.t + arguments[0])(); } }
console.log(new B().m(1));
//> 2
//> 5
//> AB1
---
console.log((0, eval)("(function () { return (() => Math.max.apply(this, arguments))(); })")(1, 2));
console.log(new Function("return (() => Math.max.apply(this, arguments))();")(1, 2));
console.log(new Function("async () => { for await (const x of []); }; return (() => Math.max.apply(this, arguments))();")(1, 2));
console.log(eval("async () => { for await (const x of []); }; (function () { return (() => Math.max.apply(this, arguments))(); })")(1, 2));
//> 2
//> 2
//> 2
//> 2

## ES2015 | classes, `super`, `new.target`, subclasses of built-in classes
class A { constructor() { this.t = new.target.name; } m() { return "A"; } static s() { return "s"; } get [`g${1}`]() { return 1; } }
class B extends A { m() { return super.m() + "B"; } static s() { return super.s() + "!"; } }
class L extends Array { get last() { return this[this.length - 1]; } }
class E extends TypeError {}
console.log(new B().t + new B().m() + B.s() + new B().g1, L.of(1, 2).map((v) => v * 2).last, new E("e") instanceof TypeError, String(new E("e")));
//> BABs!1 4 true TypeError: e

## ES2015 | iterators and generators, `for…of`
function* count(n) { try { for (let i = 0; i < n; i++) { const got = yield i; if (got) console.log(got); } } finally { console.log("end"); } return "r"; }
const it = count(9);
console.log(it.next().value, it.next("sent").value, JSON.stringify(it.return(5)), JSON.stringify(it.next()));
for (const v of count(3)) if (v) break;
console.log([...(function* () { yield* [1, 2]; })()].join(), Math.max(...new Set([3, 4])));
//> sent
//> end
//> 0 1 {"value":5,"done":true} {"done":true}
//> end
//> 1,2 4

## ES2015 | `Map`, `Set`, `WeakMap`, `WeakSet`, `Symbol`, `Proxy`, `Reflect`
const log = [];
const proxy = new Proxy({}, { get: (_, k) => (log.push(k), 1), has: () => true, ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) });
const weak = new WeakMap([[proxy, "w"]]);
console.log(proxy.x, "y" in proxy, Object.keys(proxy).join(), weak.get(proxy), [...new Map([[NaN, 1]]).keys()].join(), Reflect.ownKeys({ b: 1, 1: 1, [Symbol.iterator]: 1 }).length, log.join());
//> 1 true a w NaN 3 x

## ES2015 | typed arrays, `ArrayBuffer`, `DataView`
const view = new DataView(new ArrayBuffer(16));
view.setFloat32(0, 1.5, true); view.setBigInt64(8, -2n);
console.log(view.getUint8(3), String(view.getBigUint64(8)), Uint8Array.from([1, 257]).join(), new Uint8ClampedArray([300])[0], new Int16Array([3, 1, 2]).sort().join());
//> 63 18446744073709551614 1,1 255 1,2,3

## ES2015–2017 | promises, `async` functions
const wait = (v) => new Promise((done) => done(v));
(async () => {
  try { await Promise.reject(new Error("no")); } catch (e) { console.log(e.message); } finally { console.log(await wait("finally")); }
  console.log((await Promise.all([1, wait(2)])).join(), await Promise.race([wait("first"), new Promise(() => {})]));
})();
console.log("sync");
//> sync
//> no
//> finally
//> 1,2 first

## ES2015–2018 | regular expressions: flags `s`, `u` and `y`, named groups, lookbehind
console.log(/^.$/su.test("\u{1F600}"), /\u{1F600}/u.exec("x\u{1F600}").index, "2024-05".replace(/(?<y>\d+)-(?<m>\d+)/, "$<m>/$<y>"), "1€ 2$".match(/(?<=\$|\d)[$€]/g).join());
const sticky = /a/y; sticky.lastIndex = 1;
console.log(sticky.test("ba"), sticky.lastIndex, sticky.test("ba"), /[\u{1F600}-\u{1F64F}]/u.test("\u{1F601}"), "a\u{1F600}b".split(/(?:)/u).length);
//> true 1 05/2024 €,$
//> true 2 false true 3
---
const m = /(?<word>[a-z]+) (?<n>\d+)/u.exec("é ab 12");
console.log(m.groups.word, m.groups.n, "é 20-10".replace(/(?<a>\d+)-(?<b>\d+)/u, "$<b>-$<a>"));
//> ab 12 é 10-20
---
console.log(JSON.stringify(/(?<y>\d{4})|(?<z>[a-z])/.exec("b").groups), /(?<q>['"]).*?\k<q>/.exec(`a 'b"c' d`)[0]);
//> {"z":"b"} 'b"c'

## ES2018 | regular expressions: `\p{…}` (Unicode 15; emoji: 17)
console.log("aé日1_Ж".match(/\p{L}+/gu).join(), "aB1".replace(/\P{Lu}/gu, "-"), /^\p{Script=Greek}+$/u.test("αβγ"), /\p{Emoji_Presentation}/u.exec("x\u{1F600}").index);
console.log(String(/\p{L}/giu), /\p{Lu}/iu.test("a"), "é, ñ;1".split(/[^\p{L}]+/u).join("|"), [..."aΩ".matchAll(/\p{Alphabetic}/gu)].map((m) => m.index).join());
try { new RegExp("\\p{Nonsense}", "u"); } catch (e) { console.log(e.name); }
//> aé日,Ж -B- true 1
//> /\p{L}/giu true é|ñ| 0,1
//> SyntaxError

## ES2018 | object rest and spread; template literals with any escape
const { a, ...rest } = { a: 1, b: 2, ...null, ..."hi" };
console.log(JSON.stringify(rest), ((s) => s[0])`\xyz`);
//> {"0":"h","1":"i","b":2} undefined

## ES2018 | `async` generators, `for await`
const log = [];
async function* source() { try { log.push(`sent ${yield 1}`); yield Promise.resolve(2); yield 3; } finally { await null; log.push("closed"); } }
(async () => {
  const it = source();
  console.log(JSON.stringify([await it.next("ignored"), await it.next("x"), await it.return("r"), await it.next()]), log.join());
  for await (const v of source()) if (v === 2) break;
  for await (const v of [Promise.resolve("s"), "t"]) log.push(v);
  console.log(log.slice(2).join());
  const both = source(); console.log(JSON.stringify(await Promise.all([both.next(), both.next(), both.throw(new Error("thrown")).catch((e) => e.message), both.next()])));
  async function* all() { yield* source(); return "end"; }
  const seen = []; for await (const v of all()) seen.push(v); console.log(seen.join());
  console.log(Symbol.asyncIterator.toString(), typeof source()[Symbol.asyncIterator], it[Symbol.asyncIterator]() === it);
})();
//> [{"value":1,"done":false},{"value":2,"done":false},{"value":"r","done":true},{"done":true}] sent x,closed
//> sent undefined,closed,s,t
//> [{"value":1,"done":false},{"value":2,"done":false},"thrown",{"done":true}]
//> 1,2,3
//> Symbol(Symbol.asyncIterator) function true
---
class Lines { #n = 0; async next() { return { value: ++this.#n, done: this.#n > 2 }; } async return() { console.log("returned"); return {}; } [Symbol.asyncIterator]() { return this; } }
(async () => {
  for await (const n of new Lines()) console.log(n);
  try { for await (const n of new Lines()) throw new Error("stop"); } catch (e) { console.log(e.message); }
  try { for await (const v of [Promise.reject(new Error("rejected"))]); } catch (e) { console.log(e.message); }
})();
//> 1
//> 2
//> returned
//> stop
//> rejected

## ES2019 | `flat`, `flatMap`, `Object.fromEntries`, `trimStart`, `catch` without a name, `Symbol.description`
try { throw 0; } catch { console.log([1, [2, [3]]].flat(Infinity).join(), [1, 2].flatMap((v) => [v, v]).join(), JSON.stringify(Object.fromEntries([["a", 1]])), " x ".trimStart() + "|", Symbol("d").description); }
console.log([{ k: 1, n: "a" }, { k: 0, n: "b" }, { k: 1, n: "c" }].sort((x, y) => x.k - y.k).map((v) => v.n).join(""), JSON.stringify("\ud800"));
//> 1,2,3 1,1,2,2 {"a":1} x | d
//> bac "\ud800"

## ES2020 | `?.`, `??`, `BigInt`, `globalThis`, `matchAll`, `Promise.allSettled`
const o = { f: null, g() { return this === o; } };
console.log(o.f?.(), o?.["g"](), o.h?.i.j.k, null ?? "d", 0 ?? 1, String(2n ** 64n), String(BigInt.asUintN(8, 257n)), typeof globalThis);
console.log([..."a1b22".matchAll(/\d+/g)].map((m) => m.index + m[0]).join());
Promise.allSettled([1, Promise.reject(2)]).then((r) => console.log(JSON.stringify(r)));
//> undefined true undefined d 0 18446744073709551616 1 object
//> 11,322
//> [{"status":"fulfilled","value":1},{"status":"rejected","reason":2}]

## ES2020 | `import()` of what is in the package, `import.meta.url`
import("./other.js").then((m) => console.log(m.name, typeof import.meta.url));
//> other string

## ES2021 | `replaceAll`, `Promise.any`, `AggregateError`, `??=`, `||=`, `&&=`, `1_000`
let a; a ??= 1; a &&= 2_000; a ||= 3;
console.log("a.b.c".replaceAll(".", "-"), a, 0b1010_0001);
Promise.any([Promise.reject(1)]).catch((e) => console.log(e instanceof AggregateError, e.errors.join()));
//> a-b-c 2000 161
//> true 1

## ES2021 | `WeakRef`, `FinalizationRegistry`
const target = {};
const ref = new WeakRef(target);
const registry = new FinalizationRegistry(() => {});
console.log(ref.deref() === target, Object.prototype.toString.call(ref), registry.register(target, 1, target), registry.unregister(target), registry.unregister(target));
try { new WeakRef(1); } catch (e) { console.log(e.name); }
//> true [object WeakRef] undefined true false
//> TypeError

## ES2022 | class fields, `#private` members, `#x in o`, `static` blocks
class C {
  #x = 1; y = () => this.#x; static n = 0; static { this.n = 7; } static #s() { return 8; } get #g() { return this.#x + 1; }
  z = async () => { await null; return this.#x; };
  static is(o) { return #x in o; } static t() { return C.#s() + new C().#g; }
}
new C().z().then((v) => console.log("async", v));
console.log(new C().y(), C.n, C.is(new C()), C.is({}), C.t());
//> 1 7 true false 10
//> async 1

## ES2022 | class fields named `get`, `set` or `async`
class Words { get = 1; set = 2; async = 3; static = 4; of; static get = 5; static async = () => 6; }
class Bare { get; set; async }
console.log(Object.values(new Words()).join(), Words.get, Words.async(), Object.keys(new Bare()).join());
//> 1,2,3,4, 5 6 get,set,async

## ES2022 | top-level `await`
export {};
const { name } = await import("./other.js");
console.log(name, await new Promise((done) => done("awaited")));
for await (const v of [1]) console.log(v);
//> other awaited
//> 1

## ES2022 | `at`, `Object.hasOwn`, `Error.cause`
console.log([1, 2].at(-1), "ab".at(-1), Object.hasOwn({ a: 1 }, "a"), new Error("e", { cause: 3 }).cause);
//> 2 b true 3

## ES2022 | regular expressions: flag `d`
try { new RegExp("a", "d"); } catch (e) { console.log(e.name, "hasIndices" in RegExp.prototype); }
//! SyntaxError false

## ES2023 | `findLast`, `toSorted`, `toReversed`, `toSpliced`, `with`; `#!`
#!/usr/bin/env node
console.log([1, 2, 3].findLast((v) => v < 3), [3, 1].toSorted().join(), [1, 2].toReversed().join(), [1, 2].toSpliced(0, 1).join(), [1, 2].with(0, 9).join(), new Uint8Array([2, 1]).toSorted().join());
//> 2 1,3 2,1 2 9,2 1,2

## ES2024 | `Object.groupBy`, `Map.groupBy`
const groups = Object.groupBy([1, 2, 3], (v) => (v % 2 ? "odd" : "even"));
console.log(Object.getPrototypeOf(groups), JSON.stringify(groups), [...Map.groupBy("aba", (v) => v)].map(String).join("|"), Object.groupBy.length, Object.keys(Object).length);
//> null {"odd":[1,3],"even":[2]} a,a,a|b,b 2 0

## ES2024 | `Promise.withResolvers`
const { promise, resolve } = Promise.withResolvers();
promise.then((v) => console.log(v));
resolve("resolved");
class P extends Promise {}
console.log(P.withResolvers().promise instanceof P);
//> true
//> resolved

## ES2024 | `isWellFormed`, `toWellFormed`
console.log("a\ud800".isWellFormed(), "\u{1F600}".isWellFormed(), "\udc00x".toWellFormed() === "\ufffdx");
//> false true true

## ES2024 | `ArrayBuffer.prototype.transfer`, `detached`
const buffer = new Uint8Array([1, 2]).buffer, moved = buffer.transfer(4);
console.log(buffer.detached, buffer.byteLength, moved.byteLength, new Uint8Array(moved).join());
//> true 0 4 1,2,0,0

## ES2024 | `ArrayBuffer` that can be resized, `Atomics`, `SharedArrayBuffer`
console.log("resize" in ArrayBuffer.prototype, "resizable" in ArrayBuffer.prototype, typeof Atomics, typeof SharedArrayBuffer);
//! false false undefined undefined

## ES2024 | regular expressions: flag `v`
console.log("aBc1_é".match(/[\p{L}--[a-z]]/gv).join(), /^[\w&&[^\d]]+$/v.test("ab_"), /^[\q{abc|d}]$/v.test("abc"), String(/[[a-c]--b]/v), /a/v.unicodeSets);
console.log("x\u{1F600}".replace(/[^\p{L}]/gv, "!"), "a1b2".split(/[\d--2]/v).join("|"), new RegExp(/[a--b]/v).flags, /\P{Lowercase}/iv.test("A"));
//> B,é true true /[[a-c]--b]/v true
//> x! a|b2 v false

## ES2024 | regular expressions: properties of strings, such as `\p{RGI_Emoji}`
try { /^\p{RGI_Emoji}$/v.test("x"); } catch (e) { console.log(e.name, e.message.includes("is not supported")); }
//! SyntaxError true

## ES2025 | iterator helpers: `Iterator`, `map`, `filter`, `take`, `toArray`, …
function* naturals() { try { for (let i = 0; ; i++) yield i; } finally { console.log("closed"); } }
console.log(naturals().filter((v) => v % 2).map((v) => v * v).drop(1).take(3).toArray().join());
console.log(new Map([["k", 1]]).keys().flatMap((k) => [k, k]).reduce((a, b) => a + b), new Set([1, 2]).values().some((v) => v > 1), [1].values().every((v) => v > 1), naturals().find((v) => v > 4));
class Own extends Iterator { #n = 0; next() { return { value: this.#n, done: ++this.#n > 2 }; } }
console.log(new Own().map((v) => v + 1).toArray().join(), Iterator.from({ next: () => ({ done: true }) }).toArray().length, Object.prototype.toString.call([1].values().map(String)));
try { new Iterator(); } catch (e) { console.log(e.name); }
try { naturals().take(-1); } catch (e) { console.log(e.name); }
//> closed
//> 9,25,49
//> closed
//> kk true false 5
//> 1,2 0 [object Iterator Helper]
//> TypeError
//> RangeError

## ES2025 | `Set` methods: `union`, `isSubsetOf`, …
console.log([...new Set([1, 2]).union(new Set([3]))].join(), [...new Set([1, 2]).intersection(new Set([2]))].join(), new Set([1]).isSubsetOf(new Set([1, 2])));
//> 1,2,3 2 true

## ES2025 | `Promise.try`, `RegExp.escape`
Promise.try((v) => { throw v; }, "thrown").catch((e) => console.log(e));
console.log(RegExp.escape("a.b-c"), new RegExp(RegExp.escape("1+1")).test("1+1"));
//> \x61\.b\x2dc true
//> thrown

## ES2025 | `import … with { type: "json" }`
import data from "./data.json" with { type: "json" };
console.log(data.answer);
//> 42

## ES2025 | regular expressions: `(?i:…)`; `Float16Array`
try { new RegExp("(?i:a)"); } catch (e) { console.log(e.name, typeof Float16Array, typeof Math.f16round); }
//! SyntaxError undefined undefined

## ES2026 | `Array.fromAsync`
(async () => {
  async function* source() { yield 1; yield 2; }
  console.log((await Array.fromAsync(source(), async (v) => v * 2)).join(), (await Array.fromAsync([Promise.resolve(3), 4])).join(), (await Array.fromAsync({ length: 2, 0: "a", 1: Promise.resolve("b") })).join());
  let closed = false;
  await Array.fromAsync({ [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return: () => ((closed = true), {}) }) }, () => { throw new Error("mapper"); }).catch((e) => console.log(e.message, closed));
})();
//> 2,4 3,4 a,b
//> mapper true

## ES2026 | `using`, `await using`, `DisposableStack`, `SuppressedError`
const resource = (name, fails) => ({ [Symbol.dispose]() { console.log("dispose", name); if (fails) throw new Error(name); } });
{ using a = resource("a"), b = resource("b"); using c = null; console.log("body"); }
try { using a = resource("a", true); using b = resource("b", true); throw new Error("body"); } catch (e) {
  console.log(e instanceof SuppressedError, e.error.message, e.suppressed.error.message, e.suppressed.suppressed.message);
}
for (using r of [resource(1), resource(2)]) console.log("loop");
const stack = new DisposableStack(); stack.use(resource("s")); stack.defer(() => console.log("deferred")); const moved = stack.move(); moved.dispose(); console.log(stack.disposed, moved.disposed);
(async () => { { await using x = { async [Symbol.asyncDispose]() { await null; console.log("async"); } }; await using y = resource("y"); } console.log("after"); })();
try { using bad = {}; } catch (e) { console.log(e.name); }
//> body
//> dispose b
//> dispose a
//> dispose b
//> dispose a
//> true a b body
//> loop
//> dispose 1
//> loop
//> dispose 2
//> deferred
//> dispose s
//> true true
//> dispose y
//> TypeError
//> async
//> after

## ES2026 | `Uint8Array.fromBase64`, `toHex`, `Error.isError`, `JSON.rawJSON`
console.log(Uint8Array.fromBase64("AQI=").join(), new Uint8Array([255]).toHex(), Error.isError(new TypeError()), JSON.stringify([JSON.rawJSON("1e1000")]));
//> 1,2 ff true [1e1000]

## proposal | decorators, `accessor`, their metadata
const seen = [];
const note = (value, { kind, name, metadata, static: isStatic, private: isPrivate, addInitializer }) => { seen.push(`${kind} ${isStatic ? "static " : ""}${isPrivate ? "private " : ""}${String(name)}`); metadata[String(name)] = kind; addInitializer?.(() => {}); };
const twice = (value) => function (...args) { return value.call(this, ...args) * 2; };
const start = (v) => () => () => v;
const wrap = ({ get, set }) => ({ get() { return get.call(this) + 1; }, set(v) { set.call(this, v * 10); }, init: (v) => v + 100 });
const sealed = (value, { addInitializer }) => { addInitializer(function () { this.ready = true; }); };
@note @sealed class D { @note @twice m(v) { return v; } @note static #p = 1; @start(5) f = 0; @wrap accessor a = 1; @note get g() { return 1; } }
const d = new D();
d.a = 2;
console.log(d.m(4), d.a, D.ready, seen.join("; "), JSON.stringify(D[Symbol.metadata]));
//> 8 21 true method m; getter g; field static private #p; class D {"m":"method","g":"getter","#p":"field","D":"class"}

## in all engines | `toLocaleString`, `localeCompare`, `toLocaleUpperCase`, … : one language, whichever is asked for
console.log((1234.5).toLocaleString("de-DE", { style: "currency", currency: "EUR" }), (12n).toLocaleString("en"), new Date(0).toLocaleDateString("de", { timeZone: "Nowhere/At_All" }).length > 0, new Date(NaN).toLocaleTimeString("x"));
console.log("a".localeCompare("b", "no such language", null), ["b", "ä", "a"].sort((x, y) => x.localeCompare(y)).join(""), "i".toLocaleUpperCase("tr"), [1.5, 2n].toLocaleString("de"), new Uint8Array([1, 2]).toLocaleString("de"));
//> 1234.5 12 true Invalid Date
//> -1 aäb I 1.5,2 1,2

## in all engines | `eval`, `Function`
console.log(eval("var v = 6; v * 7"), new Function("a", "b", "return a + b")(1, 2), eval("/\\p{Lu}/u.test('é')"), new Function("return /^\\p{L}$/u.test('é')")(), eval("Object.groupBy('ab', (v) => v).a.join()"));
//> 42 3 false true a
---
console.log("a😀b".replace(eval('/[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]/g'), "_"), String(eval("/[😀]/")), new Function("s", "return s.replace(/[\\ud83d-\\ud83e]/, '_')")("a\uD83Eb"));
eval("globalThis.end = (async () => { for await (const x of [Promise.resolve(1)]) console.log(x) })()");
new Function("{ using x = { [Symbol.dispose]() { console.log('gone') } } }")();
console.log(eval("/[\\w--a]/v.test('a')"), eval("@((c) => { c.k = 5 }) class A {} A.k"));
let n = 0;
globalThis.count = () => n++;
for (const code of ["count(); throw new SyntaxError('SyntaxError: mine')", "count(); eval('a b')", "count(); a b"]) {
  try { eval(code) } catch (e) { console.log(e.name, e.message, n) }
}
try { new Function("a b") } catch (e) { console.log(String(e)) }
//> a_b /[😀]/ a_b
//> gone
//> false 5
//> SyntaxError SyntaxError: mine 1
//> SyntaxError <eval>: Line 1:3 Unexpected identifier 2
//> SyntaxError <eval>: Line 1:12 Unexpected identifier 2
//> SyntaxError: <eval>: Line 3:3 Unexpected identifier
//> 1

## V8 | `Error.captureStackTrace`, `Error.stackTraceLimit`
class Failure extends Error { constructor(text) { super(text); this.name = "Failure"; Error.captureStackTrace(this, Failure); } }
const plain = {}; Error.captureStackTrace(plain);
Error.stackTraceLimit = 50;
console.log(new Failure("text").stack.split("\n")[0], plain.stack.split("\n")[0], Object.keys(plain).length, /\n\s+at /.test(plain.stack));
//> Failure: text Error 0 true

## ECMA-402 | `Intl`
console.log(typeof Intl);
//! undefined

## others | `WebAssembly`, `AsyncIterator`, `Temporal`, `ShadowRealm`
console.log(typeof WebAssembly, typeof AsyncIterator, typeof Temporal, typeof ShadowRealm);
//! undefined undefined undefined undefined
