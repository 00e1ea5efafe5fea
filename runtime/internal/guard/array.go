package guard

import (
	"reflect"
	"strconv"

	"github.com/dop251/goja"
)

// walkers are the methods of arrays that walk through all elements in native
// code, holes too. An array-like object may claim to have 2**53-1 of them.
var walkers = []string{
	"copyWithin", "every", "fill", "filter", "flatMap", "forEach", "includes", "indexOf", "lastIndexOf", "map", "reduce",
	"reduceRight", "reverse", "shift", "slice", "some", "sort", "splice", "toReversed", "toSorted", "toSpliced",
	"unshift", "with",
}

func (g *guard) installArrays() {
	g.function(g.object("Array"), "from", g.from)
	proto := g.prototype("Array")
	walk := g.trap(g.walk)
	for _, name := range walkers {
		g.put(proto, name, walk)
	}
	g.function(proto, "concat", g.concat)
	g.function(proto, "flat", g.flat)
	g.function(proto, "join", g.join)
	g.function(proto, "toLocaleString", g.nested)
}

func (g *guard) walk(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
	if n := lengthOf(this); n > g.limits.Elements {
		g.elements(nameOf(target), n)
	}
	return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
}

func (g *guard) concat(original native, call goja.FunctionCall) goja.Value {
	total := lengthOf(call.This)
	for _, arg := range call.Arguments {
		total += min(lengthOf(arg), g.limits.Elements+1)
	}
	g.elements("concat", total)
	return original(call)
}

// from judges what is no iterable by its length. An iterator runs as
// JavaScript, which an interrupt reaches.
func (g *guard) from(original native, call goja.FunctionCall) goja.Value {
	if o, ok := call.Argument(0).(*goja.Object); ok {
		if it := o.GetSymbol(goja.SymIterator); it == nil || goja.IsUndefined(it) || goja.IsNull(it) || o.ClassName() == "Array" {
			g.elements("Array.from", lengthOf(o))
		}
	}
	return original(call)
}

// flat counts beforehand what there is to flatten, without recursion.
func (g *guard) flat(original native, call goja.FunctionCall) goja.Value {
	levels := int64(1)
	if arg := call.Argument(0); !goja.IsUndefined(arg) {
		levels = arg.ToInteger()
	}
	if o, ok := call.This.(*goja.Object); ok {
		g.countFlat(o, levels)
	}
	return original(call)
}

// A place is where the count is in an array.
type place struct {
	array *goja.Object
	next  int64
	end   int64
}

func (g *guard) countFlat(o *goja.Object, levels int64) {
	path := []place{{array: o, end: lengthOf(o)}}
	total := path[0].end
	g.elements("flat", total)
	for len(path) > 0 {
		at := &path[len(path)-1]
		if at.next == at.end {
			path = path[:len(path)-1]
			continue
		}
		v, _ := at.array.Get(strconv.FormatInt(at.next, 10)).(*goja.Object)
		at.next++
		if v == nil || int64(len(path)) > levels || !isArray(v) {
			continue
		}
		if len(path) > g.limits.ArrayDepth {
			g.refuse("flat of arrays nested more than %d levels deep is refused", g.limits.ArrayDepth)
		}
		inner := place{array: v, end: lengthOf(v)}
		total += min(inner.end, g.limits.Elements+1)
		g.elements("flat", total)
		path = append(path, inner)
	}
}

var proxyType = reflect.TypeFor[goja.Proxy]()

// isArray is Array.isArray.
func isArray(o *goja.Object) bool {
	for o != nil && o.ExportType() == proxyType {
		proxy, _ := o.Export().(goja.Proxy)
		o = proxy.Target()
	}
	return o != nil && o.ClassName() == "Array"
}

// join refuses what the separators alone make too large.
func (g *guard) join(original native, call goja.FunctionCall) goja.Value {
	if s, ok := call.Argument(0).(goja.String); ok {
		g.bytes("a string", float64(lengthOf(call.This))*float64(s.Length()))
	}
	return g.nested(original, call)
}

// nested judges what makes a string of an array, and so of the arrays in it.
func (g *guard) nested(original native, call goja.FunctionCall) goja.Value {
	g.elements("join", lengthOf(call.This))
	if g.depth >= g.limits.ArrayDepth {
		g.refuse("a string of arrays nested more than %d levels deep is refused", g.limits.ArrayDepth)
	}
	g.depth++
	defer func() { g.depth-- }()
	return original(call)
}

// nameOf is what a function calls itself.
func nameOf(f *goja.Object) string {
	if name, ok := f.Get("name").(goja.String); ok && name.Length() > 0 {
		return name.String()
	}
	return "a function"
}
