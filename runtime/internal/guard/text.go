package guard

import "github.com/dop251/goja"

func (g *guard) installStrings() {
	proto := g.prototype("String")
	g.function(proto, "repeat", g.repeat)
	g.function(proto, "padStart", g.pad)
	g.function(proto, "padEnd", g.pad)
}

func (g *guard) repeat(original native, call goja.FunctionCall) goja.Value {
	s, n := g.sized(&call)
	g.bytes("a string", float64(s.Length())*n)
	return original(call)
}

func (g *guard) pad(original native, call goja.FunctionCall) goja.Value {
	_, n := g.sized(&call)
	g.bytes("a string", n)
	return original(call)
}

// sized is the string that a method was called on, and its first argument as a
// number. Objects are converted in place, so that this happens only once.
func (g *guard) sized(call *goja.FunctionCall) (goja.String, float64) {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		panic(g.vm.NewTypeError("String.prototype method called on null or undefined"))
	}
	s := g.text(call.This)
	call.This = s
	n := call.Argument(0).ToNumber()
	if len(call.Arguments) > 0 {
		call.Arguments = append([]goja.Value{n}, call.Arguments[1:]...)
	}
	return s, n.ToFloat()
}
