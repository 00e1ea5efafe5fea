package guard

import "github.com/dop251/goja"

// bigints guards what makes a number of as many bits as it is told to.
func bigints() guarding {
	return within(cover{"asIntN": judged((*guard).bits), "asUintN": judged((*guard).bits)})
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
