package runtime_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestConsoleShowsWebObjects(t *testing.T) {
	for script, want := range map[string]string{
		`new URLSearchParams("a=1&b=2")`:                  `URLSearchParams { 'a' => '1', 'b' => '2' }`,
		`new URLSearchParams()`:                           `URLSearchParams {}`,
		`new TextDecoder("latin1")`:                       "TextDecoder {\n  encoding: 'windows-1252',\n  fatal: false,\n  ignoreBOM: false\n}",
		`AbortSignal.abort()`:                             `AbortSignal { aborted: true }`,
		`new CustomEvent("x", { detail: [1] })`:           `CustomEvent { type: 'x', detail: [ 1 ] }`,
		`new (class Own extends EventTarget { a = 1 })()`: `Own [EventTarget] { a: 1 }`,
		`crypto`:                                                               `Crypto {}`,
		`Object.create(URL.prototype)`:                                         `URL {}`,
		`new Headers({ B: "2", a: "1" })`:                                      `Headers { 'a' => '1', 'b' => '2' }`,
		`"%s", new URL("http://x/a b")`:                                        `http://x/a%20b`,
		`new URLSearchParams("a&".repeat(150)).size`:                           `150`,
		`new Blob(["é"], { type: "a/b" })`:                                     `Blob { size: 2, type: 'a/b' }`,
		`new File(["x"], "f", { lastModified: 5 })`:                            `File { size: 1, type: '', name: 'f', lastModified: 5 }`,
		`(() => { const f = new FormData(); f.append("a", "1"); return f })()`: `FormData { 'a' => '1' }`,
	} {
		w := runtimetest.New(t, runtime.Options{})
		w.Load("console.log(" + script + ")")
		if got := w.Output(); got != want {
			t.Errorf("%s: got %s, want %s", script, got, want)
		}
	}
}

func TestConsoleShowsURLs(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Load(`console.log(new URL("https://u@x:81/p?q=1#h"))`)
	want := "URL {\n  href: 'https://u@x:81/p?q=1#h',\n  origin: 'https://x:81',\n  protocol: 'https:',\n  username: 'u',\n  password: '',\n" +
		"  host: 'x:81',\n  hostname: 'x',\n  port: '81',\n  pathname: '/p',\n  search: '?q=1',\n  searchParams: URLSearchParams { 'q' => '1' },\n  hash: '#h'\n}"
	if got := w.Output(); got != want {
		t.Errorf("got %s", got)
	}
}

func TestNobodyWaitsForAbortSignalTimeout(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		begun := time.Now()
		ext := w.Run(`AbortSignal.timeout(60_000).onabort = (event) => console.log(event.target.reason.name)`)
		if waited := time.Since(begun); waited > 0 {
			t.Errorf("idle after %v", waited)
		}
		<-time.After(time.Minute + time.Second)
		synctest.Wait()
		if got := w.Output(); got != "TimeoutError" {
			t.Errorf("got %q", got)
		}
		w.Stop(ext)
	})
}

func TestAbortSignalTimeoutBeyondTimers(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		ext := w.Run(`AbortSignal.timeout(5e9).onabort = () => console.log(performance.now() >= 5e9, performance.now() < 5e9 + 1000)`)
		<-time.After(5e9*time.Millisecond + time.Second)
		synctest.Wait()
		if got := w.Output(); got != "true true" {
			t.Errorf("got %q", got)
		}
		w.Stop(ext)
	})
}

func TestReportError(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run("reportError(new TypeError('mine'));\nconsole.log('goes on')")
	if errors := w.Errors(); len(errors) != 1 || !strings.Contains(errors[0].Error(), "test.js:1") || !strings.Contains(errors[0].Error(), "TypeError: mine") || w.Output() != "goes on" {
		t.Errorf("got %v, %s", errors, w.Output())
	}
}

// callEverything calls all there is of the web with arguments that nobody
// expects. What goes wrong must be an ordinary error.
const callEverything = `
const detached = new Uint8Array(4);
structuredClone(1, { transfer: [detached.buffer] });
const bad = () => { throw new RangeError("mine"); };
const values = [
	undefined, null, true, -1, NaN, 2 ** 53, 5n, "", "\\ud800", "http://x/?a#b", Symbol.iterator, bad, [], {}, [[1, 2]], new Date(NaN),
	detached, detached.buffer, new DataView(new ArrayBuffer(2)), new Float32Array(2), new Proxy({}, { get: bad }), new Proxy([], {}), Object.create(null),
	{ toString: bad, valueOf: bad, get length() { return bad(); } }, { [Symbol.iterator]: bad }, { length: 2 ** 53 }, { [Symbol.toPrimitive]: () => ({}) },
	{ get stream() { return bad(); }, get once() { return bad(); }, get transfer() { return [5]; } }, Object.create(URL.prototype), Object.create(Uint8Array.prototype),
];
const types = { AbortController, AbortSignal, Blob, Buffer, Crypto, CloseEvent, CustomEvent, DOMException, ErrorEvent, Event, EventTarget, File, FormData, Headers, MessageEvent, Navigator, Performance, PerformanceEntry, Request, Response, TextDecoder, TextEncoder, URL, URLSearchParams, WebSocket };
const instances = [
	new AbortController(), new AbortController().signal, Buffer.alloc(9), crypto, new CustomEvent("x"), new DOMException(), new EventTarget(), performance,
	new TextDecoder(), new TextEncoder(), new URL("http://x"), new URLSearchParams("a"), new WebSocket("ws://127.0.0.1/"), new CloseEvent("x"), new ErrorEvent("x"), new MessageEvent("x"), process, new Headers({ a: "b" }), new Request("http://x", { method: "POST", body: "x" }), new Response("x"),
	new Blob(["x"]), new File(["x"], "f"), new FormData(), navigator, new Response("x").body, new Response("x").body.getReader(), { encode: (value) => sendMessage("encode", value), atob, fetch, Response, btoa, structuredClone, queueMicrotask, setTimeout, AbortSignal, Buffer, URL },
];
let calls = 0, thrown = 0;
function attempt(run) {
	calls++;
	try { run(); } catch (error) {
		thrown++;
		if (!(error instanceof Error) && !(error instanceof DOMException)) console.log("threw " + typeof error);
	}
}
for (const type of Object.values(types)) for (const a of values) for (const b of [undefined, a, 5]) attempt(() => new type(a, b));
for (const object of instances) {
	const methods = new Set();
	for (let at = object; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) Object.getOwnPropertyNames(at).forEach((name) => methods.add(name));
	for (const name of methods) {
		for (const a of values) {
			attempt(() => { object[name] = a; });
			for (const b of [undefined, a, 1]) attempt(() => Object.getPrototypeOf(object)[name]?.call(object, a, b, a));
			attempt(() => object[name].call(a, b));
		}
	}
}
console.log(calls > 10_000, thrown > 1000);
`

func TestUnexpectedArguments(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext, err := w.TryLoad(callEverything)
	if err != nil {
		t.Fatal(runtime.Describe(err))
	}
	w.Stop(ext)
	if got := w.Output(); !strings.HasSuffix(got, "true true") || strings.Contains(got, "threw") {
		t.Error(got)
	}
	for _, err := range w.Errors() {
		if strings.Contains(err.Error(), "panicked") {
			t.Error(err)
		}
	}
}

// TestBrokenBuiltins has scripts break what the web's globals are made with,
// before they are made: they harm themselves only, and the host doesn't panic.
func TestBrokenBuiltins(t *testing.T) {
	names := "AbortController AbortSignal Blob Buffer CustomEvent DOMException File FormData Headers MessageEvent Request Response TextDecoder TextEncoder URL URLSearchParams WebSocket atob crypto fetch navigator performance process structuredClone"
	for _, script := range []string{
		"Object.defineProperty = undefined", "Object.getOwnPropertyDescriptor = () => 5", "Object.prototype.get = 5", "Map = Set = undefined", "Reflect = undefined",
		"Array.prototype.map = () => ({})", "Symbol.toStringTag", "Uint8Array = undefined", "Error = undefined", "Object.entries = () => { throw 1 }", "Object.getOwnPropertyNames = () => [1]",
		"Object.defineProperty(Object.prototype, 'globals', { set() { throw 2 } })", "Array.prototype[Symbol.iterator] = undefined", "Promise = undefined", "Object.freeze(Object.prototype)",
	} {
		w := runtimetest.New(t, runtime.Options{})
		w.Load("const names = '" + names + "'.split(' '); " + script + "; for (let i = 0; i < names.length; i++) { try { globalThis[names[i]]; console.log({ a: globalThis[names[i]] }) } catch {} }")
	}
}

// detaching has scripts use bytes that are transferred, before or meanwhile.
const detaching = `
const detach = (d) => structuredClone(1, { transfer: [d.buffer] });
const once = (d, value) => ({ valueOf() { if (d.length) detach(d); return value; } });
const cases = {
	copy: (d) => { detach(d); new Uint8Array(d); },
	from: (d) => { detach(d); Float64Array.from(d); },
	clone: (d) => { detach(d); structuredClone(d); },
	view: (d) => { const view = new DataView(d.buffer); detach(d); structuredClone(view); },
	decode: (d) => { detach(d); if (new TextDecoder().decode(d) !== "") throw 5; },
	random: (d) => { detach(d); crypto.getRandomValues(d); },
	encode: (d) => { detach(d); if (new TextEncoder().encodeInto("x", d).written !== 0) throw 5; },
	buffer: (d) => { const b = Buffer.from(d.buffer); detach(d); b.toString("hex"); b.equals(d); b.indexOf("x"); b.compare(d); b.toJSON(); },
	write: (d) => { const b = Buffer.from(d.buffer); detach(d); b.write("x"); },
	send: (d) => { detach(d); sendMessage("rpc", { id: 1, method: "no.such", params: { d } }); },
	show: (d) => { detach(d); console.debug(d, d.buffer, new Map([[d, d]])); },
	sort: (d) => d.sort((a, b) => once(d, a - b)),
	fill: (d) => d.fill(once(d, 1)),
	slice: (d) => d.slice(once(d, 0)),
	set: (d) => d.set([once(d, 1), 2]),
	getter: (d) => structuredClone({ d, get x() { detach(d); } }),
	transfer: (d) => structuredClone({ d, get x() { detach(d); } }, { transfer: [d.buffer] }),
};
for (const [name, run] of Object.entries(cases)) {
	try { run(new Uint8Array([3, 1, 2])); console.log(name); } catch (error) { console.log(name, error.name); }
}
`

func TestDetachedBytes(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Load(detaching)
	want := []string{
		"copy TypeError", "from TypeError", "clone DataCloneError", "view DataCloneError", "decode", "random", "encode", "buffer TypeError", "write TypeError",
		"send", "debug: ", "show", "sort", "fill TypeError", "slice TypeError", "set", "getter", "transfer DataCloneError",
	}
	for i, line := range w.Lines() {
		if i >= len(want) || !strings.HasPrefix(line, want[i]) {
			t.Errorf("line %d: %s", i, line)
		}
	}
}
