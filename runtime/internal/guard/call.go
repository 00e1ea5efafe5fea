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
