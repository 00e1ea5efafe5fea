package guard

import (
	"reflect"

	"github.com/dop251/goja"
)

var proxyType = reflect.TypeFor[goja.Proxy]()

func isProxy(o *goja.Object) bool { return o.ExportType() == proxyType }

// is reports whether o itself, and not what a Proxy stands for, is of a class.
func is(o *goja.Object, class string) bool {
	return !isProxy(o) && o.ClassName() == class
}

// isArray is Array.isArray.
func isArray(o *goja.Object) bool {
	for o != nil && isProxy(o) {
		proxy, _ := o.Export().(goja.Proxy)
		o = proxy.Target()
	}
	return o != nil && o.ClassName() == "Array"
}

// keepsLength reports whether reading the length of o runs no JavaScript.
func keepsLength(o *goja.Object) bool { return is(o, "Array") || is(o, "String") }

// lengthOf is the length of an array or of what looks like one.
func lengthOf(v goja.Value) int64 {
	o, ok := v.(*goja.Object)
	if !ok {
		return 0
	}
	length := o.Get("length")
	if length == nil {
		return 0
	}
	return length.ToInteger()
}

// steady returns the length of v and what to use in the place of v: what is
// judged here is read again by the original function, and a getter or a Proxy
// may then have another answer.
func (g *guard) steady(v goja.Value) (goja.Value, int64) {
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		return v, 0
	}
	o := v.ToObject(g.vm)
	if keepsLength(o) {
		return v, lengthOf(o)
	}
	length, n := o.Get("length"), int64(0)
	if length == nil {
		length = goja.Undefined()
	} else if n = length.ToInteger(); !goja.IsUndefined(length) {
		if _, ok := length.(*goja.Object); ok {
			length = g.vm.ToValue(n)
		}
	}
	return g.withLength(o, length), n
}

// withLength is o with a length that doesn't change. Everything else goes to o.
func (g *guard) withLength(o *goja.Object, length goja.Value) goja.Value {
	return g.vm.ToValue(g.vm.NewProxy(o, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, _ goja.Value) goja.Value {
			if property == "length" {
				return length
			}
			if v := target.Get(property); v != nil {
				return v
			}
			return goja.Undefined()
		},
		Set: func(target *goja.Object, property string, value, _ goja.Value) bool {
			g.must(target.Set(property, value))
			return true
		},
	}))
}

// items is steady for what may be iterable. The length of what has an iterator
// is 0: the iterator runs as JavaScript, which an interrupt reaches.
func (g *guard) items(v goja.Value) (goja.Value, int64) {
	o, ok := v.(*goja.Object)
	if !ok || keepsLength(o) {
		return g.steady(v)
	}
	iterator := o.GetSymbol(goja.SymIterator)
	if iterator == nil || goja.IsUndefined(iterator) || goja.IsNull(iterator) {
		return g.steady(v)
	}
	iterate, ok := goja.AssertFunction(iterator)
	if !ok {
		panic(g.vm.NewTypeError("object is not iterable"))
	}
	iterable := g.vm.NewObject()
	g.must(iterable.SetSymbol(goja.SymIterator, func(goja.FunctionCall) goja.Value {
		values, err := iterate(o)
		g.must(err)
		return values
	}))
	return iterable, 0
}

// counted is steady for what native code walks through.
func (g *guard) counted(what string, v goja.Value) goja.Value {
	v, n := g.steady(v)
	g.elements(what, n)
	return v
}
