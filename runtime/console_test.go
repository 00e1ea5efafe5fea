package runtime_test

import (
	"regexp"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestConsole(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"levels", `console.log("l"); console.info("i"); console.debug("d"); console.warn("w"); console.error("e")`, "l\ninfo: i\ndebug: d\nwarn: w\nerror: e"},
		{"formats", `console.log("%s is %d years, %i, %f, %j, %o, %O%c.", "Bob", 42, 4.9, 1.5, { a: 1 }, [1], { b: 2 }, "css")`, "Bob is 42 years, 4, 1.5, {\"a\":1}, [ 1, [length]: 1 ], { b: 2 }."},
		{"values", `console.log({ a: [1, { b: { c: {} } }] }, new Map([["k", new Set([1])]]), null, undefined, 5n, Symbol("s"))`, "{ a: [ 1, { b: [Object] } ] } Map(1) { 'k' => Set(1) { 1 } } null undefined 5n Symbol(s)"},
		{"no arguments", `console.log()`, ""},
		{"assert", `console.assert(true, "no"); console.assert(false, "x %d", 1); console.assert()`, "error: Assertion failed: x 1\nerror: Assertion failed"},
		{"count", `console.count(); console.count(); console.count("x"); console.countReset(); console.count()`, "default: 1\ndefault: 2\nx: 1\ndefault: 1"},
		{"groups", `console.group("G"); console.log("a\nb"); console.groupCollapsed(); console.warn("c"); console.groupEnd(); console.groupEnd(); console.groupEnd(); console.log("d")`, "G\n  a\n  b\nwarn:     c\nd"},
		{"dir", `console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 }); console.dir("text"); console.dir()`, "{ a: [Object] }\n'text'\nundefined"},
		{"methods need no console", `const { log } = console; log("free"); [1].forEach(console.log)`, "free\n1 0 [ 1 ]"},
		{"replaced", `console.log = (x) => console.info("mine", x); console.log(1)`, "info: mine 1"},
		{"never throws", `console.log({ get x() { throw 1 } }, { toString() { throw 2 } }); console.log(new Proxy({}, { get() { throw 3 } }))`, "{ x: [Getter] } { toString: [Function: toString] }\n{}"},
		{"unknown clocks", `console.timeEnd("a"); console.timeLog(); console.time("b"); console.time("b")`, "warn: console.timeEnd: there is no timer \"a\"\nwarn: console.timeLog: there is no timer \"default\"\nwarn: console.time: the timer \"b\" is running already"},
		{"table", `console.table([{ a: 1, b: "x" }, { a: 2 }])`, "┌─────────┬───┬─────┐\n│ (index) │ a │ b   │\n├─────────┼───┼─────┤\n│ 0       │ 1 │ 'x' │\n│ 1       │ 2 │     │\n└─────────┴───┴─────┘"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			w.Run(test.script)
			if got := w.Output(); got != test.want || len(w.Errors()) > 0 {
				t.Errorf("got:\n%s\nerrors %v, want:\n%s", got, w.Errors(), test.want)
			}
		})
	}
}

func TestConsoleTimeAndTrace(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run("console.time('t'); console.timeLog('t', { a: 1 }); console.timeEnd('t');\nfunction f() { console.trace('at %d', 5) }\nf();")
	want := regexp.MustCompile(`^t: \d+\.\d{3}ms \{ a: 1 \}
t: \d+\.\d{3}ms
error: Trace: at 5
    at f \(test\.js:2:\d+\)
    at test\.js:3:\d+$`)
	if !want.MatchString(w.Output()) {
		t.Errorf("got:\n%s", w.Output())
	}
}

func TestGlobals(t *testing.T) {
	tests := []struct{ script, want string }{
		{`console.log(typeof performance.now(), performance.now() <= performance.now(), performance.timeOrigin > 1e12)`, "number true true"},
		{`console.log(Buffer.from("aGk=", "base64").toString(), "Buffer" in globalThis)`, "hi true"},
		{`const b = Buffer.from("ab"); console.log(b, b.constructor === Buffer, b.subarray(1) instanceof Buffer, new Buffer("x").toString())`, "Buffer(2) [ 97, 98 ] true true x"},
		{`console.log(sendMessage.name, setTimeout.name, clearInterval.name, console.warn.name, require.name, performance.now.name)`, "sendMessage setTimeout clearInterval warn require now"},
		{`console.log(typeof fetch, typeof WebSocket, typeof window, typeof no_such_thing)`, "function function undefined undefined"},
		{`console.log(Object.keys(globalThis).includes("setTimeout"), delete globalThis.setTimeout, typeof setTimeout)`, "false true function"},
		{`setTimeout = 5; globalThis.mine = 1; console.log(setTimeout, mine, Object.keys(globalThis).includes("mine"))`, "5 1 true"},
		{`try { require(["fs"].join()) } catch (e) { console.log(e.code) }`, "MODULE_NOT_FOUND"},
		{`console.log(require("@srcnexus/ext-sdk") === require("@srcnexus/ext-sdk").default)`, "true"},
		{`console.log(new Event("x") instanceof Event, new AbortController().signal.aborted, new DOMException("m", "AbortError").code)`, "true false 20"},
		{`try { undeclared() } catch (e) { console.log(e.name, e.message) }`, "ReferenceError undeclared is not defined"},
	}
	for _, test := range tests {
		w := runtimetest.New(t, runtime.Options{})
		w.Run(test.script)
		if got := w.Output(); got != test.want || len(w.Errors()) > 0 {
			t.Errorf("%s: got %q, errors %v, want %q", test.script, got, w.Errors(), test.want)
		}
	}
}
