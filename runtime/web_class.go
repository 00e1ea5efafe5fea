package runtime

import (
	"math/big"
	"reflect"

	"github.com/dop251/goja"
)

// exportClasses are the built-in classes that goja tells by what it exports.
var exportClasses = map[reflect.Type]string{
	reflect.TypeFor[*goja.Promise](): "Promise",
	reflect.TypeFor[[][2]any]():      "Map",
	reflect.TypeFor[[]any]():         "Set",
	reflect.TypeFor[string]():        "Symbol",
	reflect.TypeFor[*big.Int]():      "BigInt",
	reflectBuffer:                    "ArrayBuffer",
}

var reflectProxy = reflect.TypeFor[goja.Proxy]()

// classOf names the class of a built-in object without asking the object; all
// typed arrays are a TypedArray, and what isn't built in, or can't be told, is
// an Object.
func (e *Extension) classOf(call goja.FunctionCall) goja.Value {
	object, ok := call.Argument(0).(*goja.Object)
	if !ok {
		return e.vm.js.ToValue("Object")
	}
	kind := object.ExportType()
	if kind == reflectProxy {
		return e.vm.js.ToValue("Proxy")
	}
	switch class := object.ClassName(); class {
	case "Array", "Boolean", "Date", "Error", "Number", "RegExp", "String":
		return e.vm.js.ToValue(class)
	}
	if isNumbers(kind) {
		return e.vm.js.ToValue("TypedArray")
	}
	if class, ok := exportClasses[kind]; ok {
		return e.vm.js.ToValue(class)
	}
	return e.vm.js.ToValue("Object")
}

// wellFormed replaces what is half of a pair of surrogates.
func (e *Extension) wellFormed(call goja.FunctionCall) goja.Value {
	return e.vm.js.ToValue(textOf(call.Argument(0)))
}

// textOf is a string that one of our scripts passes, without running any code.
func textOf(value goja.Value) string {
	if text, ok := value.(goja.String); ok {
		return utf8Of(text)
	}
	return ""
}
