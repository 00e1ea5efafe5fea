package runtime

import (
	"fmt"
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/buffer"
)

// maxBuffer is the largest Buffer that one call makes, in bytes.
const maxBuffer = 256 << 20

// makeBuffer gives goja_nodejs's Buffer. Its alloc would take any size, and
// panic in Go where there is not that much memory.
func makeBuffer(e *Extension) goja.Value {
	module := e.vm.js.NewObject()
	module.Set("exports", e.vm.js.NewObject())
	buffer.Require(e.vm.js, module)
	constructor := module.Get("exports").(*goja.Object).Get("Buffer").(*goja.Object)
	alloc, _ := goja.AssertFunction(constructor.Get("alloc"))
	constructor.DefineDataProperty("name", e.vm.js.ToValue("Buffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	constructor.Set("alloc", e.native("alloc", func(call goja.FunctionCall) goja.Value {
		if size := call.Argument(0).ToFloat(); size > maxBuffer {
			panic(e.rangeError(fmt.Sprintf("a Buffer of %v bytes is refused: at most %d", size, maxBuffer)))
		}
		array, err := alloc(constructor, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return array
	}))
	from, _ := goja.AssertFunction(constructor.Get("from"))
	constructor.Set("from", e.native("from", func(call goja.FunctionCall) goja.Value {
		array, err := from(constructor, append([]goja.Value{e.plainSource(call.Argument(0))}, call.Arguments[min(1, len(call.Arguments)):]...)...)
		if err != nil {
			panic(err)
		}
		return array
	}))
	return constructor
}

// maxSource is how long an array-like may be that a Buffer is made of.
const maxSource = 1 << 22

// plainSource copies an array-like object that is neither an array nor bytes, so
// that its length, which may be a getter, is read once.
func (e *Extension) plainSource(source goja.Value) goja.Value {
	object, ok := source.(*goja.Object)
	if !ok || object.ClassName() != "Object" || object.Get("length") == nil {
		return source
	}
	if kind := object.ExportType(); kind == reflectBuffer || isNumbers(kind) {
		return source
	}
	length := object.Get("length").ToInteger()
	if length > maxSource {
		panic(e.rangeError(fmt.Sprintf("a Buffer of %d elements is refused: at most %d", length, maxSource)))
	}
	items := make([]any, max(0, length))
	for i := range items {
		items[i] = object.Get(strconv.Itoa(i))
	}
	return e.vm.js.NewArray(items...)
}

func (e *Extension) rangeError(text string) goja.Value {
	err, _ := e.vm.js.New(e.vm.js.Get("RangeError"), e.vm.js.ToValue(text))
	return err
}
