package guard

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// reaches are ways to guarded functions that don't name the object they belong
// to, or name it by another.
var reaches = []string{
	"[].constructor.from({length: 101})",
	"(function () { return arguments })().constructor.setPrototypeOf(target, proxied)",
	"[].map.call({length: 101}, String)",
	"[].concat.apply([], {length: 101})",
	"[]['fl' + 'at'].call({length: 101})",
	"''.constructor.raw({raw: {length: 101}})",
	"'x'.repeat(1001)",
	"`x`['pad' + 'End'](1001)",
	"1n.constructor.asIntN(10000, 1n)",
	"(() => {}).constructor('[[[[[[[]]]]]]]')",
	"(class {}).constructor('[[[[[[[]]]]]]]')",
	"(async () => {}).constructor('[[[[[[[]]]]]]]')",
	"({async f() {}}).f.constructor('[[[[[[[]]]]]]]')",
	"(function* () {}).constructor('[[[[[[[]]]]]]]')",
	"Object.getPrototypeOf((class { static *f() {} }).f).constructor('[[[[[[[]]]]]]]')",
	"eval('(async () => {})').constructor('[[[[[[[]]]]]]]')",
	"Function('return function* () {}')().constructor('[[[[[[[]]]]]]]')",
	"(0, eval)('[[[[[[[]]]]]]]')",
	"globalThis['ev' + 'al']('[[[[[[[]]]]]]]')",
	"Object.getOwnPropertyDescriptor(globalThis, 'JSON').value.parse('[[[[[[[]]]]]]]')",
	"Object.values(Object.getOwnPropertyDescriptors(globalThis)).find((d) => d.value?.stringify).value.stringify([[[[[[[]]]]]]])",
	"({}).__proto__.constructor.setPrototypeOf(target, proxied)",
	"Object.getOwnPropertyDescriptor(Object.prototype, '__proto__').set.call(target, proxied)",
	"target.__proto__ = proxied",
	"Reflect.construct(Array, {length: 101})",
	"Reflect.getPrototypeOf(Int8Array).from({length: 1001})",
	"new Uint8Array(1).buffer.constructor(1001)",
	"new (new Float64Array(1).constructor)(126)",
	"new (new Int8Array(1).subarray(0).buffer.slice(0).constructor)(1001)",
	"(delete globalThis.ArrayBuffer, new (new Uint8Array(1).buffer.constructor)(1001))",
	"(globalThis.ArrayBuffer = 1, new (new Uint8Array(1).buffer.constructor)(1001))",
	"/a/.constructor('a'.repeat(9), {toString() { throw RangeError('it was read, which is refused') }})",
	"'aaaa'.replace(/a/g, 'b'.repeat(300))",
	"/a/g[Symbol.replace]('aaaa', 'b'.repeat(300))",
	"eval('/a/g')[Symbol.replace]('aaaa', 'b'.repeat(300))",
	"(async () => {})().constructor.all(new Array(101))",
	"(async () => {})().constructor.race(new Array(101))",
}

// reach runs a script of its own, after a guard has met its literals and no other,
// and returns what it throws.
func reach(t *testing.T, vm *goja.Runtime, meet func(Literals), script string) string {
	t.Helper()
	const before = "const target = {}, proxied = new Proxy({}, target); "
	program, err := goja.Parse("", "try { "+before+script+" } catch (e) { e.name + ': ' + e.message }")
	if err != nil {
		t.Fatal(err)
	}
	meet(LiteralsOf(program))
	compiled, err := goja.CompileAST(program, false)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vm.RunProgram(compiled)
	if err != nil {
		t.Fatal(err)
	}
	return v.String()
}

// TestEveryWayIsGuarded takes each way in a runtime where nobody has taken one
// before, with functions that are guarded when they are made, and at once.
func TestEveryWayIsGuarded(t *testing.T) {
	limits := Limits{JSONDepth: 5, SourceDepth: 5, ArrayDepth: 5, Elements: 100, Bytes: 1000}
	for _, script := range reaches {
		for name, templates := range map[string]bool{"by templates": true, "at once": false} {
			g := &guard{vm: goja.New(), limits: limits.withDefaults()}
			if templates {
				g.drawn = drawings()
			}
			g.install()
			if got := reach(t, g.vm, g.meet, script); !strings.HasPrefix(got, "RangeError: ") {
				t.Errorf("%s: %s: %s", name, script, got)
			}
		}
	}
}

// TestTemplates fails when goja's objects are no longer as this package knows
// them: runtimes need ten times the memory then.
func TestTemplates(t *testing.T) {
	if len(drawings()) != len(covers()) {
		t.Errorf("%d of %d covers have become templates", len(drawings()), len(covers()))
	}
}

// TestOtherRuntimesAreAsTheyWere looks at one without a guard.
func TestOtherRuntimesAreAsTheyWere(t *testing.T) {
	Install(goja.New(), Limits{Bytes: 10})
	vm := goja.New()
	v, err := vm.RunString(`'x'.repeat(11).length + new Uint8Array(11).length`)
	if err != nil || v.ToInteger() != 22 {
		t.Errorf("got %v, %v", v, err)
	}
}

// TestBuffersOfTheHost is about those that no script has made.
func TestBuffersOfTheHost(t *testing.T) {
	vm := goja.New()
	meet := Install(vm, Limits{Bytes: 10})
	meet(Buffers)
	vm.Set("buffer", vm.NewArrayBuffer(nil))
	if got := reach(t, vm, meet, "new buffer.constructor(11)"); !strings.Contains(got, "refused") {
		t.Error(got)
	}
}
