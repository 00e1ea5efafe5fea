package guard_test

import (
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
