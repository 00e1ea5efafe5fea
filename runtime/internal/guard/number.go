package guard

import "github.com/dop251/goja"

// hasBigints reports whether a script may have bigints.
func (g *guard) hasBigints() bool { return g.limits.Bigints == nil || g.limits.Bigints() == nil }

// allowBigints refuses to make one where there must be none.
func (g *guard) allowBigints() {
	if g.limits.Bigints == nil {
		return
	}
	if err := g.limits.Bigints(); err != nil {
		g.refuse("%s", err.Error())
	}
}

// bigints guards what makes bigints: as many bits of one as it is told to, and
// any where there must be none.
func bigints() guarding {
	sized := within(cover{"asIntN": judged((*guard).bits), "asUintN": judged((*guard).bits)})
	return entered(func(g *guard, original *goja.Object) *goja.Object {
		return makesBigints(g, sized(g, original))
	})
}

// makesBigints guards a function all of whose results are bigints. Where there
// may be bigints, it stays as it is.
func makesBigints(g *guard, original *goja.Object) *goja.Object {
	if g.hasBigints() {
		return original
	}
	return judged(func(g *guard, original native, call goja.FunctionCall) goja.Value {
		g.allowBigints()
		return original(call)
	})(g, original)
}

// views guards the constructor of DataViews, and what reads bigints from them.
func (g *guard) views(original *goja.Object) *goja.Object {
	within(cover{"getBigInt64": makesBigints, "getBigUint64": makesBigints})(g, original.Get("prototype").(*goja.Object))
	return original
}

func (g *guard) bits(original native, call goja.FunctionCall) goja.Value {
	g.allowBigints()
	if len(call.Arguments) < 2 {
		return original(call)
	}
	n := call.Arguments[0].ToNumber()
	g.bytes("a bigint", n.ToFloat()/8)
	call.Arguments = append([]goja.Value{n}, call.Arguments[1:]...)
	return original(call)
}
