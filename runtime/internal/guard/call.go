package guard

import (
	"slices"

	"github.com/dop251/goja"
)

// installCalls guards what turns an array-like object into arguments.
func (g *guard) installCalls() {
	reflection := g.object("Reflect")
	second := g.arguments(1)
	g.put(g.prototype("Function"), "apply", second)
	g.put(reflection, "construct", second)
	g.put(reflection, "apply", g.arguments(2))
}

// arguments are traps of functions whose argument at index is a list of arguments.
func (g *guard) arguments(index int) *goja.ProxyTrapConfig {
	return g.trap(func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
		if len(args) > index {
			if list, ok := args[index].(*goja.Object); ok {
				args = slices.Clone(args)
				args[index] = g.counted("a list of arguments", list)
			}
		}
		return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
	})
}
