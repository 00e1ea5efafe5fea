package guard

import (
	"reflect"

	"github.com/dop251/goja"
)

var bufferType = reflect.TypeFor[goja.ArrayBuffer]()

// elementSizes are the typed arrays, by the bytes of an element.
var elementSizes = map[string]float64{
	"Int8Array": 1, "Uint8Array": 1, "Uint8ClampedArray": 1, "Int16Array": 2, "Uint16Array": 2, "Int32Array": 4,
	"Uint32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
}

func (g *guard) installBuffers() {
	g.constructor("ArrayBuffer", func(args []goja.Value) []goja.Value { return g.buffer("an ArrayBuffer", args, 1) })
	species := g.vm.ToValue(func(call goja.FunctionCall) goja.Value { return call.This })
	g.must(g.object("ArrayBuffer").DefineAccessorPropertySymbol(goja.SymSpecies, species, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	for name, size := range elementSizes {
		g.constructor(name, func(args []goja.Value) []goja.Value { return g.buffer("a "+name, args, size) })
	}
}

// buffer judges the first argument of a constructor, a length or something that
// has one. A view of a buffer allocates nothing.
func (g *guard) buffer(what string, args []goja.Value, size float64) []goja.Value {
	if len(args) == 0 {
		return args
	}
	if o, ok := args[0].(*goja.Object); ok {
		if o.ExportType() != bufferType {
			g.bytes(what, float64(lengthOf(o))*size)
		}
	} else if goja.IsNumber(args[0]) || goja.IsString(args[0]) {
		g.bytes(what, args[0].ToFloat()*size)
	}
	return args
}
