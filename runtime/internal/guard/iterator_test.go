package guard

import (
	"testing"

	"github.com/dop251/goja"
)

// TestIteratorsCanBeInterrupted has native code take elements of an object that
// has many, from which an interrupt comes when the first is taken.
func TestIteratorsCanBeInterrupted(t *testing.T) {
	const elements = 100 * stride
	for _, script := range []string{
		"new Set({[Symbol.iterator]: [].values, __proto__: endless})",
		"[...{[Symbol.iterator]: [].keys, __proto__: endless}]",
		"new Map({[Symbol.iterator]: [].entries, __proto__: endless})",
		"(function () { delete arguments.length; Object.setPrototypeOf(arguments, endless); return new Set(arguments) })()",
	} {
		for name, templates := range map[string]bool{"by templates": true, "at once": false} {
			g := &guard{vm: goja.New(), limits: Limits{}.withDefaults()}
			if templates {
				g.drawn = drawings()
			}
			g.install()
			taken := 0
			length := g.vm.ToValue(func(goja.FunctionCall) goja.Value {
				taken++
				g.vm.Interrupt("enough")
				return g.vm.ToValue(elements)
			})
			endless := g.vm.NewObject()
			endless.DefineAccessorProperty("length", length, nil, goja.FLAG_FALSE, goja.FLAG_FALSE)
			g.vm.Set("endless", endless)
			err := interrupted(t, g, script)
			if _, ok := err.(*goja.InterruptedError); !ok || taken > 2*stride {
				t.Errorf("%s: %s: %v after %d elements", name, script, err, taken)
			}
		}
	}
}

// interrupted runs a script, and returns what it ended with.
func interrupted(t *testing.T, g *guard, script string) error {
	t.Helper()
	program, err := goja.Parse("", script)
	if err != nil {
		t.Fatal(err)
	}
	g.meet(LiteralsOf(program))
	compiled, err := goja.CompileAST(program, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = g.vm.RunProgram(compiled)
	return err
}
