package guard

import "github.com/dop251/goja"

// installCalls guards what turns an array-like object into arguments.
func (g *guard) installCalls() {
	arguments := func(index int) func(native) native {
		return func(original native) native {
			return func(call goja.FunctionCall) goja.Value {
				g.elements("a list of arguments", lengthOf(call.Argument(index)))
				return original(call)
			}
		}
	}
	names := g.limits.Names
	if names.mentions("apply") {
		g.replace(g.prototype("Function"), "apply", arguments(1))
		g.replace(g.object("Reflect"), "apply", arguments(2))
	}
	if names.mentions("construct") {
		g.replace(g.object("Reflect"), "construct", arguments(1))
	}
}
