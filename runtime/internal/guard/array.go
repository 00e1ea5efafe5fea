package guard

import (
	"slices"

	"github.com/dop251/goja"
)

// walkers are the methods of arrays that walk through all elements in native
// code, holes too. An array-like object may claim to have 2**53-1 of them.
var walkers = []string{
	"copyWithin", "every", "fill", "filter", "find", "findIndex", "findLast", "findLastIndex", "forEach", "includes",
	"indexOf", "lastIndexOf", "map", "reduce", "reduceRight", "reverse", "shift", "slice", "some", "sort", "splice",
	"toReversed", "toSorted", "toSpliced", "unshift", "with",
}

// arrays is the cover of Array.prototype.
func arrays() cover {
	c := cover{
		"constructor":    within(cover{"from": judged((*guard).from)}),
		"concat":         judged((*guard).concat),
		"flat":           judged((*guard).flat),
		"flatMap":        judged((*guard).flatMap),
		"join":           judged((*guard).join),
		"toLocaleString": judged((*guard).localized),
		iteratorSymbol:   iterating(emptyArray),
	}
	for _, name := range []string{"entries", "keys", "values"} {
		c[name] = iterating(emptyArray)
	}
	for _, name := range walkers {
		c[name] = trapped((*guard).walk)
	}
	return c
}

func (g *guard) installPromises() {
	for _, name := range []string{"all", "allSettled", "any", "race"} {
		g.function(g.object("Promise"), name, g.promises)
	}
}

func (g *guard) walk(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
	steady, n := g.steady(this)
	if n > g.limits.Elements {
		g.elements(nameOf(target), n)
	}
	result := target.Export().(native)(goja.FunctionCall{This: steady, Arguments: args})
	if result == steady {
		return this
	}
	return result
}

// concat decides itself, once, what is to be spread.
func (g *guard) concat(original native, call goja.FunctionCall) goja.Value {
	total := int64(0)
	spread := func(v goja.Value) goja.Value {
		o, ok := v.(*goja.Object)
		if !ok {
			return v
		}
		if !isSpreadable(o) {
			return g.vm.NewArray(o)
		}
		steady, n := g.steady(o)
		total += min(n, g.limits.Elements+1)
		g.elements("concat", total)
		return steady
	}
	call.This = spread(call.This)
	call.Arguments = slices.Clone(call.Arguments)
	for i, arg := range call.Arguments {
		call.Arguments[i] = spread(arg)
	}
	return original(call)
}

func isSpreadable(o *goja.Object) bool {
	if v := o.GetSymbol(goja.SymIsConcatSpreadable); v != nil && !goja.IsUndefined(v) {
		return v.ToBoolean()
	}
	return isArray(o)
}

func (g *guard) from(original native, call goja.FunctionCall) goja.Value {
	if len(call.Arguments) > 0 {
		call.Arguments = slices.Clone(call.Arguments)
		items, n := g.items(call.Arguments[0])
		g.elements("Array.from", n)
		call.Arguments[0] = items
	}
	return original(call)
}

// typedFrom is from for typed arrays, which goja takes of objects only.
func (g *guard) typedFrom(original native, call goja.FunctionCall) goja.Value {
	if source := call.Argument(0); len(call.Arguments) > 0 && !goja.IsUndefined(source) && !goja.IsNull(source) {
		call.Arguments = slices.Clone(call.Arguments)
		call.Arguments[0] = source.ToObject(g.vm)
	}
	return g.from(original, call)
}

// promises judges arrays, which need no JavaScript to be walked through.
func (g *guard) promises(original native, call goja.FunctionCall) goja.Value {
	if o, ok := call.Argument(0).(*goja.Object); ok && is(o, "Array") {
		g.elements("a list of promises", lengthOf(o))
	}
	return original(call)
}

// nameOf is what a function calls itself.
func nameOf(f *goja.Object) string {
	if name, ok := f.Get("name").(goja.String); ok && name.Length() > 0 {
		return name.String()
	}
	return "a function"
}
