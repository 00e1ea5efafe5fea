package runtime

import (
	"testing"

	"github.com/dop251/goja"
)

// TestValueStackIsFound fails when a goja has come whose runtimes look different
// inside: then turns cost more, and all else is as before.
func TestValueStackIsFound(t *testing.T) {
	js := goja.New()
	stack := newValueStack(js)
	if stack.field == nil {
		t.Fatal("goja's value stack was not found")
	}
	value, err := js.RunString(`(function sum(n) { return n === 0 ? 0 : n + sum(n - 1) })`)
	if err != nil {
		t.Fatal(err)
	}
	sum, _ := goja.AssertFunction(value)
	for range 2 {
		stack.lend()
		if result, err := sum(nil, js.ToValue(100)); err != nil || result.ToInteger() != 5050 {
			t.Fatalf("%v, %v", result, err)
		}
		stack.reclaim()
		for _, slot := range stack.kept {
			if slot != nil {
				t.Fatal("a value of the call before is still there")
			}
		}
	}
}
