package runtime

import (
	"fmt"

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
	return constructor
}

func (e *Extension) rangeError(text string) goja.Value {
	err, _ := e.vm.js.New(e.vm.js.Get("RangeError"), e.vm.js.ToValue(text))
	return err
}
