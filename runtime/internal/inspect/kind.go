package inspect

import (
	"math/big"
	"reflect"

	"github.com/dop251/goja"
)

// A kind is a sort of object that is shown in a way of its own.
type kind uint8

const (
	plain kind = iota
	array
	arguments
	typedArray
	mapKind
	setKind
	function
	class
	regexp
	date
	failure
	buffer
	dataView
	promise
	weak
	boxed
	iterator
)

var (
	proxyType   = reflect.TypeFor[goja.Proxy]()
	promiseType = reflect.TypeFor[*goja.Promise]()
	classType   = reflect.TypeFor[func(goja.ConstructorCall) *goja.Object]()
)

// classKinds are the kinds that goja's class name tells.
var classKinds = map[string]kind{
	"Array": array, "Arguments": arguments, "RegExp": regexp, "Date": date,
	"Error": failure, "Number": boxed, "String": boxed, "Boolean": boxed,
}

// exportKinds are the kinds that the type of the exported value tells, of
// objects whose class name is Object.
var exportKinds = map[reflect.Type]kind{
	promiseType:                         promise,
	reflect.TypeFor[[][2]any]():         mapKind,
	reflect.TypeFor[[]any]():            setKind,
	reflect.TypeFor[goja.ArrayBuffer](): buffer,
	reflect.TypeFor[string]():           boxed, // a symbol
	reflect.TypeFor[*big.Int]():         boxed,
}

// elementNames names the typed arrays by their elements: what is shown of those
// without a constructor.
var elementNames = map[reflect.Type]string{
	reflect.TypeFor[[]uint8]():   "Uint8Array",
	reflect.TypeFor[[]int8]():    "Int8Array",
	reflect.TypeFor[[]uint16]():  "Uint16Array",
	reflect.TypeFor[[]int16]():   "Int16Array",
	reflect.TypeFor[[]uint32]():  "Uint32Array",
	reflect.TypeFor[[]int32]():   "Int32Array",
	reflect.TypeFor[[]float32](): "Float32Array",
	reflect.TypeFor[[]float64](): "Float64Array",
	reflect.TypeFor[[]int64]():   "BigInt64Array",
	reflect.TypeFor[[]uint64]():  "BigUint64Array",
}

// tagKinds are the kinds that only the built-in prototype's tag tells.
var tagKinds = map[string]kind{
	"DataView": dataView, "WeakMap": weak, "WeakSet": weak,
	"Map Iterator": iterator, "Set Iterator": iterator,
}

// classify tells the kind of o without asking the script, but for the tag,
// which anybody may set: what shows those kinds must be ready for impostors.
func (p *printer) classify(o *goja.Object) kind {
	if k, ok := classKinds[o.ClassName()]; ok {
		return k
	}
	t := o.ExportType()
	switch {
	case t == classType:
		return class
	case t.Kind() == reflect.Func:
		return function
	case o.ClassName() != "Object":
		return plain
	}
	if k, ok := exportKinds[t]; ok {
		return k
	}
	if _, ok := elementNames[t]; ok {
		return typedArray
	}
	return plain
}
