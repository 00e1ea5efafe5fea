package inspect_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// hostile are values made to throw, to run code or to never end when shown.
var hostile = []string{
	"new Proxy({}, new Proxy({}, {get() { touched() }}))",
	"new Proxy(function () {}, {get() { touched() }, apply() { touched() }, getPrototypeOf() { touched() }})",
	"[new Proxy([], {get() { touched() }, ownKeys() { touched() }})]",
	"Object.create(new Proxy({}, {get() { touched() }, getPrototypeOf() { touched() }, getOwnPropertyDescriptor() { touched() }}))",
	"Object.setPrototypeOf([1, , 3], new Proxy([], {get() { touched() }, has() { touched() }, ownKeys() { touched() }}))",
	"(() => { const a = Object.setPrototypeOf([], new Proxy([], {get() { touched() }, ownKeys() { touched() }})); a.length = 1e6; return a })()",
	"({get a() { touched() }, get constructor() { touched() }, get [Symbol.toStringTag]() { touched() }})",
	"[{get length() { touched() }, toString() { touched() }, toJSON() { touched() }, [Symbol.toPrimitive]() { touched() }}]",
	"new (class { get [Symbol.toStringTag]() { touched() } })()",
	"Object.defineProperty(function f() {}, 'name', {get() { touched() }})",
	"Object.defineProperty([], '0', {get() { touched() }, enumerable: true})",
	"Object.defineProperty(new Error('x'), 'cause', {get() { touched() }})",
	"Object.defineProperty(new Error('x'), 'stack', {get() { touched() }})",
	"(() => { const e = new Error('x'); Object.defineProperty(e, 'message', {get() { throw 1 }}); return e })()",
	"(() => { const e = new Error('x'); Object.defineProperty(e, 'name', {value: {toString() { throw 1 }}}); return e })()",
	"new Map([[{get a() { touched() }}, new Proxy({}, {get() { touched() }})]])",
	"Promise.resolve(new Proxy(function () {}, {}))",
	"Object.create({[Symbol.toStringTag]: 'DataView'})",
	"Object.create({[Symbol.toStringTag]: 'WeakMap'})",
	"Object.create(Map.prototype)", "Object.create(Date.prototype)", "Object.create(RegExp.prototype)",
	"Object.create(Error.prototype)", "Object.create(Promise.prototype)", "Object.create(Uint8Array.prototype)",
	"Uint8Array.prototype", "Symbol.prototype", "BigInt.prototype", "globalThis", "RegExp.prototype", "Function.prototype",
	"(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = {o}; return o })()",
	"(() => { let o = {}; for (let i = 0; i < 1e5; i++) o = Object.create(o); return o })()",
	"(() => { let o = {}; for (let i = 0; i < 1e4; i++) o = new Proxy(o, {}); return o })()",
	"(() => { let e; for (let i = 0; i < 1e4; i++) e = new Error('x', {cause: e}); return e })()",
	"(() => { let o = {}; for (let i = 0; i < 60; i++) o = {a: o, b: o, c: [o, o]}; return o })()",
	"(() => { const o = {}; for (let i = 0; i < 2e5; i++) o['key' + i] = i; return Array(100).fill(o) })()",
	"(() => { let o = {}; for (let i = 0; i < 1000; i++) o = Object.create(o); const make = f => Array.from({length: 100}, f); return make(() => make(() => Object.create(o))) })()",
	"(() => { const a = []; a[2**32 - 2] = 1; return a })()",
	"(() => { const a = []; a.length = 2**32 - 1; return [a, a, a] })()",
	"Array(1e5).fill('x'.repeat(5000))",
	"new Uint8Array(5e7)", "new ArrayBuffer(5e7)", "Object('x'.repeat(1e5))", "7n ** 500000n",
	"({['k'.repeat(1e6)]: 'v'.repeat(1e6)})", "Symbol('x'.repeat(1e6))", "Object.defineProperty(() => {}, 'name', {value: 1})",
	"new (class extends Error { constructor() { super('x'.repeat(1e6)) } })()",
	"Object.defineProperty(class {}, 'name', {value: 'x'.repeat(1e6)})",
}

func TestHostileValues(t *testing.T) {
	for _, value := range hostile {
		vm := goja.New()
		vm.SetMaxCallStackSize(1000)
		touched := false
		if err := vm.Set("touched", func() { touched = true }); err != nil {
			t.Fatal(err)
		}
		args := run(t, vm, "return ["+value+"]")
		for _, text := range []string{
			inspect.Format(vm, args),
			inspect.Format(vm, []goja.Value{vm.ToValue("%O %o"), args[0], args[0]}),
			inspect.Value(vm, args[0], inspect.Options{Depth: inspect.Unlimited, ShowHidden: true}),
			inspect.Table(vm, args[0], goja.Undefined()),
		} {
			if len(text) > 3<<20 || text == "" || strings.Contains(text, "can't be shown") {
				t.Errorf("%s: %d bytes: %.80q", value, len(text), text)
			}
		}
		if touched {
			t.Errorf("%s: the script's code ran", value)
		}
	}
}

func TestDirectivesCatchWhatTheirArgumentsThrow(t *testing.T) {
	for _, tt := range []struct{ args, want string }{
		{"'%s', {toString() { throw 1 }}", "{ toString: [Function: toString] }"},
		{"'%s', {[Symbol.toPrimitive]() { throw 1 }, a: 1}", "{\n  a: 1,\n  [Symbol(Symbol.toPrimitive)]: [Function: [Symbol.toPrimitive]]\n}"},
		{"'%d', {valueOf() { throw 1 }}", "NaN"},
		{"'%i', {toString() { throw 1 }}", "NaN"},
		{"'%f', {toString() { throw 1 }}", "NaN"},
		{"'%j', {toJSON() { throw 1 }}", "[Circular]"},
		{"'%s', new Proxy({}, {get() { throw 1 }})", "{}"},
	} {
		if got := format(t, "return ["+tt.args+"]"); got != tt.want {
			t.Errorf("%s: got %s", tt.args, got)
		}
	}
}

func TestOverwrittenBuiltins(t *testing.T) {
	for _, script := range []string{
		"Object = undefined", "Object.getOwnPropertyDescriptor = 1", "Object.getOwnPropertyDescriptor = () => { throw 1 }",
		"Object.getOwnPropertyDescriptor = () => ({value: {}, get: 1})", "Object.getOwnPropertyDescriptor = () => 5",
		"Map.prototype.entries = () => ({next: 1})", "Map.prototype.entries = () => ({next: () => ({value: {}})})",
		"Map = 1; Number = null; Symbol = 2; JSON = 3; parseInt = 4", "Object.prototype.get = 1; Object.prototype.value = 2",
		"Array.prototype[0] = 5; Object.prototype.length = 3", "Object.defineProperty(Object.prototype, 'enumerable', {get() { throw 1 }})",
		"Function.prototype.toString = () => { throw 1 }", "delete globalThis.Object; delete globalThis.Map",
	} {
		vm := goja.New()
		args := run(t, vm, "const all = [{a: 1}, [1, , 2], new Map([[1, 2]]), Object(1), new Error('x'), x => x]; "+script+"; return all")
		for _, verb := range []string{"%s", "%d", "%i", "%f", "%j", "%o", "%O"} {
			for _, arg := range args {
				inspect.Format(vm, []goja.Value{vm.ToValue(verb), arg, arg})
				inspect.Table(vm, arg, arg)
			}
		}
	}
}

func BenchmarkString(b *testing.B) {
	vm := goja.New()
	args := []goja.Value{vm.ToValue("hello")}
	for b.Loop() {
		inspect.Format(vm, args)
	}
}

func BenchmarkObject(b *testing.B) {
	vm := goja.New()
	args := run(b, vm, "return [{type: 'message', data: [1, 2, 3], nested: {ok: true}}]")
	for b.Loop() {
		inspect.Format(vm, args)
	}
}
