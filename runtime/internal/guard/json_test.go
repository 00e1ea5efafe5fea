package guard_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// TestParsedObjects has properties on the prototype of objects that nothing which
// is parsed may notice.
func TestParsedObjects(t *testing.T) {
	got, err := guarded(guard.Limits{}).RunString(`
		Object.defineProperty(Object.prototype, "a", { set() { throw new Error("set") }, configurable: true });
		Object.defineProperty(Object.prototype, "c", { value: 0, writable: false });
		const o = JSON.parse('{"a":1,"__proto__":{"b":2},"2":0,"1":0,"a":3,"c":{}}');
		const own = Object.getOwnPropertyDescriptor(o, "a");
		[Object.keys(o), o.a, o.b, Object.getPrototypeOf(o) === Object.prototype, o.c.toString, own.writable && own.enumerable && own.configurable].join(" ")`)
	want := "1,2,a,__proto__,c 3  true function toString() { [native code] } true"
	if err != nil || got.String() != want {
		t.Errorf("got %v, %v, want %s", got, err, want)
	}
}

// TestStringifyLong cuts long strings where they are written in pieces, which may
// be within a pair of surrogates, or a character of several bytes.
func TestStringifyLong(t *testing.T) {
	vms := []*goja.Runtime{goja.New(), guarded(guard.Limits{})}
	for n := 1<<16 - 4; n <= 1<<16; n++ {
		for _, tail := range []string{`"\ud83d\ude00".repeat(3)`, `"\ud83d\ud83d\ude00\ude00"`, `"\ude00\ud83d"`, `"\n\u00e9\u20ac"`, `JSON.parse("\"\ud83d\ude00\u20ac, kept as it is\"")`} {
			code := fmt.Sprintf(`JSON.stringify(["x".repeat(%d) + %s, {["y".repeat(%d) + %[2]s]: 1}])`, n, tail, n+1)
			var said [2]string
			for i, vm := range vms {
				value, err := vm.RunString(code)
				if err != nil {
					t.Fatal(err)
				}
				said[i] = value.String()
			}
			if said[0] != said[1] {
				t.Errorf("%s: %d bytes that end in %q, not %d that end in %q", code, len(said[1]), said[1][len(said[1])-20:], len(said[0]), said[0][len(said[0])-20:])
			}
		}
	}
}

// TestStringify has what goja's own JSON.stringify gets wrong, and what is easily
// taken for something else.
func TestStringify(t *testing.T) {
	vm := guarded(guard.Limits{})
	for code, want := range map[string]string{
		`JSON.stringify([new Set([1]), new Map([[1, 2]]), new Proxy([1], {}), new Proxy(new Number(1), {}), Object(Symbol())])`: `[{},{},[1],{},{}]`,
		`JSON.stringify({a: [[], {}, 1], b: undefined, c: {d: undefined}}, null, "-")`:                                          "{\n-\"a\": [\n--[],\n--{},\n--1\n-],\n-\"c\": {}\n}",
		`JSON.stringify([1], null, "\u00e9".repeat(11))`:                                                                        "[\néééééééééé1\n]",
		`JSON.stringify([1], null, Infinity)`:                                                                                   "[\n          1\n]",
		`JSON.stringify([1], null, new Number(1.9)) + JSON.stringify([1], null, -1) + JSON.stringify([1], null, [2])`:           "[\n 1\n][1][1]",
		`JSON.stringify({b: {2: 1, b: 2}, 1: 3, 2: 4, c: 5}, ["b", 2, new Number(1), "b", true])`:                               `{"b":{"b":2,"2":1},"2":4,"1":3}`,
		`JSON.stringify({a: JSON.rawJSON("1.0")}, ["a"])`:                                                                       `{"a":1.0}`,
		`const a = {}; a.a = a; try { JSON.stringify(a, ["a"]) } catch (e) { e.name }`:                                          "TypeError",
		`JSON.stringify({a: [1n]}, function (k, v) { return typeof v === "bigint" ? String(k + v + Array.isArray(this)) : v })`: `{"a":["01true"]}`,
		`JSON.stringify("x".repeat(3), (k, v) => k + v + "\u2028")`:                                                             "\"xxx\u2028\"",
		`[JSON.stringify(), JSON.stringify(Symbol()), JSON.stringify(-0), JSON.stringify({a: 1}, () => undefined)].join()`:      ",,0,",
	} {
		if got, err := vm.RunString("{" + code + "}"); err != nil || got.String() != want {
			t.Errorf("%s: %v, %v, want %s", code, got, err, want)
		}
	}
}

// TestStringifyNothing has an interrupt come before much is read of which nothing is
// written.
func TestStringifyNothing(t *testing.T) {
	for _, attack := range []string{
		"[{toJSON: end}, Object.fromEntries(new Array(2000).fill().map((_, i) => ['k' + i, undefined])), {toJSON: reached}]",
		"[{toJSON: end}, {}, {toJSON: reached}], new Array(2000).fill().map((_, i) => 'k' + i).concat('toJSON')",
		"[{toJSON: end}, {toJSON: seen}, {}, {toJSON: reached}]", // {} may have any number of hidden properties
	} {
		ended, reached := false, false
		vm := goja.New()
		guard.Install(vm, guard.Limits{Ended: func() bool { return ended }})(guard.AllLiterals)
		for name, f := range map[string]func(){
			"end": func() { vm.Interrupt("enough") }, "seen": func() { ended = true }, "reached": func() { reached = true },
		} {
			if err := vm.Set(name, f); err != nil {
				t.Fatal(err)
			}
		}
		_, err := vm.RunString("JSON.stringify(" + attack + ")")
		if _, ok := errors.AsType[*goja.InterruptedError](err); !ok || reached {
			t.Errorf("%s: %v, and went on to the end: %v", attack, err, reached)
		}
	}
}
