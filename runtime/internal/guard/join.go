package guard

import (
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// join does what the original does, and counts what it writes.
func (g *guard) join(original native, call goja.FunctionCall) goja.Value {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		return original(call)
	}
	o := call.This.ToObject(g.vm)
	if slices.Contains(g.joined, o) { // an array in itself is empty there
		return g.vm.ToValue("")
	}
	g.joined = append(g.joined, o)
	defer func() { g.joined = g.joined[:len(g.joined)-1] }()
	return g.nested(func(goja.FunctionCall) goja.Value { return g.joinAll(o, call.Argument(0)) }, call)
}

func (g *guard) joinAll(o *goja.Object, separator goja.Value) goja.Value {
	n := lengthOf(o)
	g.elements("join", n)
	between := g.text(g.vm.ToValue(","))
	if !goja.IsUndefined(separator) {
		between = g.text(separator)
	}
	size := float64(max(n-1, 0)) * float64(between.Length())
	g.bytes("a string", size)
	var all goja.StringBuilder
	for i := range n {
		if i > 0 {
			all.WriteString(between)
		}
		v := o.Get(strconv.FormatInt(i, 10))
		if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
			continue
		}
		s := g.text(v)
		size += float64(s.Length())
		g.bytes("a string", size)
		all.WriteString(s)
	}
	return all.String()
}

// nested judges what makes a string of an array, and so of the arrays in it.
func (g *guard) nested(original native, call goja.FunctionCall) goja.Value {
	if g.depth >= g.limits.ArrayDepth {
		g.refuse("a string of arrays nested more than %d levels deep is refused", g.limits.ArrayDepth)
	}
	g.depth++
	defer func() { g.depth-- }()
	return original(call)
}

// localized is nested for toLocaleString, which reads the length itself.
func (g *guard) localized(original native, call goja.FunctionCall) goja.Value {
	call.This = g.counted("join", call.This)
	return g.nested(original, call)
}

// text is String(v) as operators have it: they refuse symbols.
func (g *guard) text(v goja.Value) goja.String {
	text := v.ToString()
	if _, ok := text.(*goja.Symbol); ok {
		panic(g.vm.NewTypeError("Cannot convert a Symbol value to a string"))
	}
	if s, ok := text.(goja.String); ok {
		return s
	}
	return g.vm.ToValue(text.String()).(goja.String) // goja leaves numbers as they are
}
