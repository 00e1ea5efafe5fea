package guard

import (
	"slices"

	"github.com/dop251/goja"
)

// arguments guards a function whose argument at index is an array-like object
// that becomes a list of arguments.
func arguments(index int) guarding {
	return trapped(func(g *guard, target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
		if len(args) > index {
			if list, ok := args[index].(*goja.Object); ok {
				args = slices.Clone(args)
				args[index] = g.counted("a list of arguments", list)
			}
		}
		return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
	})
}

// maxInside is more than the limit of calls lets a script have on its stack. Native
// functions that call one another have no such limit.
const maxInside = 20_000

// enter begins a call of a guarded function. leave must be called when it ends.
func (g *guard) enter() {
	g.heed()
	if g.inside >= maxInside {
		g.refuse("calls nested more than %d levels deep are refused", maxInside)
	}
	g.inside++
}

func (g *guard) leave() { g.inside-- }
