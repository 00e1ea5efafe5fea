package guard

import "github.com/dop251/goja"

// installNumbers guards what makes a number of as many bits as it is told to.
func (g *guard) installNumbers() {
	bigint := g.object("BigInt")
	g.function(bigint, "asIntN", g.bits)
	g.function(bigint, "asUintN", g.bits)
}

func (g *guard) bits(original native, call goja.FunctionCall) goja.Value {
	if len(call.Arguments) < 2 {
		return original(call)
	}
	n := call.Arguments[0].ToNumber()
	g.bytes("a bigint", n.ToFloat()/8)
	call.Arguments = append([]goja.Value{n}, call.Arguments[1:]...)
	return original(call)
}
