package guard

import (
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// A place is where flat is in an array.
type place struct {
	array *goja.Object
	next  int64
	end   int64
}

// flat does in one pass, without recursion, what the original does.
func (g *guard) flat(original native, call goja.FunctionCall) goja.Value {
	if goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		return original(call)
	}
	levels := int64(1)
	if arg := call.Argument(0); !goja.IsUndefined(arg) {
		levels = arg.ToInteger()
	}
	o := call.This.ToObject(g.vm)
	elements := g.flatten(o, levels)
	if is(o, "Array") && o.Get("constructor") == g.vm.Get("Array") {
		return g.vm.NewArray(elements...)
	}
	// The original knows what to make of a subclass.
	flat := original(goja.FunctionCall{This: g.withLength(o, g.vm.ToValue(0))}).(*goja.Object)
	for i, v := range elements {
		g.must(flat.Set(strconv.Itoa(i), v))
	}
	return flat
}

func (g *guard) flatten(o *goja.Object, levels int64) (elements []any) {
	total := lengthOf(o)
	g.elements("flat", total)
	path := []place{{array: o, end: total}}
	for len(path) > 0 {
		at := &path[len(path)-1]
		if at.next >= at.end {
			path = path[:len(path)-1]
			continue
		}
		v := at.array.Get(strconv.FormatInt(at.next, 10))
		at.next++
		inner, _ := v.(*goja.Object)
		if v != nil && (inner == nil || int64(len(path)) > levels || !isArray(inner)) {
			elements = append(elements, v)
		} else if v != nil {
			n := lengthOf(inner)
			total += min(n, g.limits.Elements+1)
			g.elements("flat", total)
			path = g.descend(path, place{array: inner, end: n})
		}
	}
	return elements
}

func (g *guard) descend(path []place, to place) []place {
	if len(path) > g.limits.ArrayDepth {
		g.refuse("flat of arrays nested more than %d levels deep is refused", g.limits.ArrayDepth)
	}
	return append(path, to)
}

// flatMap judges the arrays that the script's function returns.
func (g *guard) flatMap(original native, call goja.FunctionCall) goja.Value {
	f, ok := goja.AssertFunction(call.Argument(0))
	call.This = g.counted("flatMap", call.This)
	if !ok {
		return original(call)
	}
	call.Arguments = slices.Clone(call.Arguments)
	call.Arguments[0] = g.vm.ToValue(func(inner goja.FunctionCall) goja.Value {
		v, err := f(inner.This, inner.Arguments...)
		g.must(err)
		if o, ok := v.(*goja.Object); ok && isArray(o) {
			return g.counted("flatMap", v)
		}
		return v
	})
	return original(call)
}
