package guard

import (
	"strconv"

	"github.com/dop251/goja"
)

// texts is the cover of String.prototype.
func texts() cover {
	return cover{
		"constructor": within(cover{"raw": judged((*guard).raw)}),
		"repeat":      judged((*guard).repeat),
		"padStart":    judged((*guard).pad),
		"padEnd":      judged((*guard).pad),
		"concat":      judged((*guard).concatTexts),
		"replace":     judged((*guard).replaceText),
		"replaceAll":  judged((*guard).replaceAllText),
		"split":       judged((*guard).splitText),
		"match":       matcher(goja.SymMatch),
		"matchAll":    matcher(goja.SymMatchAll),
		"search":      matcher(goja.SymSearch),

		iteratorSymbol: iterating(emptyText),
	}
}

// concatTexts does what the original does, which copies all for every argument.
func (g *guard) concatTexts(original native, call goja.FunctionCall) goja.Value {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		return original(call)
	}
	all := &joint{guard: g}
	all.add(call.This)
	for _, arg := range call.Arguments {
		all.add(arg)
	}
	return all.text.String()
}

// raw does what the original does, with as many parts as there may be.
func (g *guard) raw(original native, call goja.FunctionCall) goja.Value {
	template := call.Argument(0)
	if goja.IsUndefined(template) || goja.IsNull(template) {
		return original(call)
	}
	value := defined(template.ToObject(g.vm).Get("raw"))
	if goja.IsUndefined(value) || goja.IsNull(value) {
		return original(call)
	}
	parts := value.ToObject(g.vm)
	n := lengthOf(parts)
	g.elements("String.raw", n)
	all := &joint{guard: g}
	for i := range n {
		all.add(defined(parts.Get(strconv.FormatInt(i, 10))))
		if next := int(i) + 1; int64(next) < n && next < len(call.Arguments) {
			all.add(call.Arguments[next])
		}
	}
	return all.text.String()
}

// A joint is a text put together of others, which it counts.
type joint struct {
	*guard
	text goja.StringBuilder
	size float64
}

func (j *joint) add(v goja.Value) {
	part := j.guard.text(v)
	j.size += float64(part.Length())
	j.bytes("a string", j.size)
	j.text.WriteString(part)
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
