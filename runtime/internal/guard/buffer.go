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
	if g.limits.Names.mentions("ArrayBuffer") {
		g.construct("ArrayBuffer", func(args []goja.Value) { g.buffer("an ArrayBuffer", args, 1) })
	}
	for name, size := range elementSizes {
		if g.limits.Names.mentions(name) {
			g.construct(name, func(args []goja.Value) { g.buffer("a "+name, args, size) })
		}
	}
}

// buffer judges the first argument of a constructor, a length or something that
// has one. A view of a buffer allocates nothing.
func (g *guard) buffer(what string, args []goja.Value, size float64) {
	if len(args) == 0 {
		return
	}
	if o, ok := args[0].(*goja.Object); ok {
		if o.ExportType() != bufferType {
			g.bytes(what, float64(lengthOf(o))*size)
		}
		return
	}
	if goja.IsNumber(args[0]) || goja.IsString(args[0]) {
		g.bytes(what, args[0].ToFloat()*size)
	}
}
