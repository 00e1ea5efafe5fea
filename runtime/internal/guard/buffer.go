package guard

import (
	"reflect"
	"strings"

	"github.com/dop251/goja"
)

var bufferType = reflect.TypeFor[goja.ArrayBuffer]()

// elements are the types that typed arrays, and no other objects, export, with the
// length of the longest text of an element.
var elements = map[reflect.Type]int{
	reflect.TypeFor[[]int8](): 4, reflect.TypeFor[[]uint8](): 3, reflect.TypeFor[[]int16](): 6,
	reflect.TypeFor[[]uint16](): 5, reflect.TypeFor[[]int32](): 11, reflect.TypeFor[[]uint32](): 10,
	reflect.TypeFor[[]float32](): 24, reflect.TypeFor[[]float64](): 24, reflect.TypeFor[[]int64](): 20,
	reflect.TypeFor[[]uint64](): 20,
}

// elementSizes are the typed arrays, by the bytes of an element.
var elementSizes = map[string]float64{
	"Int8Array": 1, "Uint8Array": 1, "Uint8ClampedArray": 1, "Int16Array": 2, "Uint16Array": 2, "Int32Array": 4,
	"Uint32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
}

// buffers is the part of the global cover that makes bytes. Whoever has a typed
// array has its buffer, and the constructor of that.
func buffers() cover {
	c := cover{"ArrayBuffer": entered((*guard).buffers)}
	for name, size := range elementSizes {
		c[name] = entered(func(g *guard, original *goja.Object) *goja.Object {
			g.meet(Buffers)
			all := original.Prototype()
			within(cover{"from": judged((*guard).typedFrom)})(g, all)
			within(cover{"join": judged((*guard).typedJoin)})(g, all.Get("prototype").(*goja.Object))
			return g.construct(original, func(args []goja.Value) []goja.Value {
				if strings.HasPrefix(name, "Big") {
					g.allowBigints()
				}
				return g.buffer("a "+name, args, size)
			})
		})
	}
	return c
}

func (g *guard) buffers(original *goja.Object) *goja.Object {
	g.buffered = true
	g.meet(Arguments) // whose iterators are those of typed arrays
	guarded := g.construct(original, g.length)
	species := g.vm.ToValue(func(call goja.FunctionCall) goja.Value { return call.This })
	g.must(guarded.DefineAccessorPropertySymbol(goja.SymSpecies, species, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return guarded
}

// length judges the length that an ArrayBuffer is to have.
func (g *guard) length(args []goja.Value) []goja.Value {
	if len(args) == 0 {
		return args
	}
	n := args[0].ToNumber()
	g.bytes("an ArrayBuffer", n.ToFloat())
	return append([]goja.Value{n}, args[1:]...)
}

// buffer judges the first argument of a typed array, a length or something that
// has one. A view of a buffer allocates nothing.
func (g *guard) buffer(what string, args []goja.Value, size float64) []goja.Value {
	if len(args) == 0 {
		return args
	}
	o, ok := args[0].(*goja.Object)
	switch {
	case !ok:
		if goja.IsNumber(args[0]) || goja.IsString(args[0]) {
			g.bytes(what, args[0].ToFloat()*size)
		}
		return args
	case o.ExportType() == bufferType:
		return args
	case elements[o.ExportType()] > 0:
		g.bytes(what, float64(count(o))*size)
		return args
	}
	items, n := g.items(o)
	g.bytes(what, float64(n)*size)
	return append([]goja.Value{items}, args[1:]...)
}

// typedJoin judges how long the text of a typed array becomes, at the most.
func (g *guard) typedJoin(original native, call goja.FunctionCall) goja.Value {
	o, ok := call.This.(*goja.Object)
	if !ok || elements[o.ExportType()] == 0 {
		return original(call)
	}
	between := 1
	if separator := call.Argument(0); !goja.IsUndefined(separator) {
		text := g.text(separator)
		call.Arguments = []goja.Value{text}
		between = text.Length()
	}
	n := float64(count(o))
	if size := n*float64(elements[o.ExportType()]) + max(0, n-1)*float64(between); size > float64(g.limits.Bytes) {
		g.refuse("a string of up to %.0f bytes is refused: at most %d", size, g.limits.Bytes)
	}
	return original(call)
}

// count is how many elements a typed array has, whatever it says of itself. One
// without any must not be exported: where it is detached goja panics, and at the
// end of its buffer goja would point at memory that isn't the buffer's.
func count(o *goja.Object) int {
	if o.Get("0") == nil {
		return 0
	}
	return reflect.ValueOf(o.Export()).Len()
}
