package runtime

import (
	"fmt"
	"strconv"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/buffer"
)

const (
	maxBuffer = 256 << 20 // the largest Buffer that one call makes, in bytes
	maxSource = 1 << 22   // the longest array that one is made of
)

// makeBuffer gives goja_nodejs's Buffer. Its functions that make a Buffer would
// take any size, panic in Go where there is not that much memory, and follow
// what objects say of themselves without end: what they get is judged first.
func makeBuffer(e *Extension) goja.Value {
	module := e.vm.js.NewObject()
	module.Set("exports", e.vm.js.NewObject())
	buffer.Require(e.vm.js, module)
	constructor := module.Get("exports").(*goja.Object).Get("Buffer").(*goja.Object)
	constructor.DefineDataProperty("name", e.vm.js.ToValue("Buffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	e.judgeArguments(constructor, "alloc", func(args []goja.Value) {
		if size := args[0].ToFloat(); size > maxBuffer {
			e.refuseBuffer(size, "bytes", maxBuffer)
		}
	})
	e.judgeArguments(constructor, "from", func(args []goja.Value) {
		if source, ok := args[0].(*goja.Object); ok {
			args[0] = e.plainSource(source)
		}
	})
	e.judgeArguments(constructor, "concat", func(args []goja.Value) {
		args[0] = e.plainList(args[0])
		if len(args) > 1 && args[1].ToFloat() > maxBuffer {
			e.refuseBuffer(args[1].ToFloat(), "bytes", maxBuffer)
		}
	})
	return e.judgedConstructor(constructor)
}

// judgedConstructor stands in for the original, whose own way of making Buffers
// can't be judged: new Buffer is Buffer.alloc for a number, as typed arrays want
// it of their species, and Buffer.from for all else.
func (e *Extension) judgedConstructor(original *goja.Object) goja.Value {
	alloc, _ := goja.AssertFunction(original.Get("alloc"))
	from, _ := goja.AssertFunction(original.Get("from"))
	stand := e.vm.js.ToValue(func(call goja.ConstructorCall) *goja.Object {
		create := from
		if goja.IsNumber(call.Argument(0)) {
			create = alloc
		}
		made, err := create(original, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return made.(*goja.Object)
	}).(*goja.Object)
	for _, name := range original.GetOwnPropertyNames() {
		switch name {
		case "length":
		case "name":
			stand.DefineDataProperty(name, original.Get(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		default:
			stand.Set(name, original.Get(name))
		}
	}
	stand.SetPrototype(original.Prototype())
	original.Get("prototype").(*goja.Object).DefineDataProperty("constructor", stand, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return stand
}

// judgeArguments puts a judge, which may replace them, before a static method
// that takes at least one argument.
func (e *Extension) judgeArguments(constructor *goja.Object, name string, judge func(args []goja.Value)) {
	original, _ := goja.AssertFunction(constructor.Get(name))
	constructor.Set(name, e.native(name, func(call goja.FunctionCall) goja.Value {
		args := append([]goja.Value{}, call.Arguments...)
		if len(args) == 0 {
			args = []goja.Value{goja.Undefined()}
		}
		judge(args)
		array, err := original(constructor, args...)
		if err != nil {
			panic(err)
		}
		return array
	}))
}

// plainSource makes what a Buffer is made of free of surprises: bytes stay what
// they are, and of everything else with a length that is read once, a plain
// array is made.
func (e *Extension) plainSource(source *goja.Object) goja.Value {
	if kind := source.ExportType(); kind == reflectBuffer || isNumbers(kind) {
		return source
	}
	if source.ClassName() == "String" {
		return e.vm.js.ToValue(source.String())
	}
	if source.Get("length") == nil {
		panic(e.vm.js.NewTypeError("Buffer.from needs a string, bytes or an array"))
	}
	return e.vm.js.NewArray(e.elements(source)...)
}

// plainList is the list of Buffer.concat, whose items may be large together.
func (e *Extension) plainList(list goja.Value) goja.Value {
	object, ok := list.(*goja.Object)
	if !ok || object.ClassName() != "Array" {
		panic(e.vm.js.NewTypeError("Buffer.concat needs an array of Buffers"))
	}
	items := e.elements(object)
	total := 0.0
	for _, item := range items {
		if bytes, ok := item.(*goja.Object); ok && isNumbers(bytes.ExportType()) {
			total += bytes.Get("byteLength").ToFloat()
		}
	}
	if !(total <= maxBuffer) {
		e.refuseBuffer(total, "bytes", maxBuffer)
	}
	return e.vm.js.NewArray(items...)
}

// elements are those of an array-like, whose length is read once.
func (e *Extension) elements(list *goja.Object) []any {
	length := list.Get("length").ToInteger()
	if length > maxSource {
		e.refuseBuffer(float64(length), "elements", maxSource)
	}
	items := make([]any, max(0, length))
	for i := range items {
		items[i] = list.Get(strconv.Itoa(i))
	}
	return items
}

func (e *Extension) refuseBuffer(asked float64, unit string, limit int) {
	text := fmt.Sprintf("a Buffer of %.0f %s is refused: at most %d", asked, unit, limit)
	err, newErr := e.vm.js.New(e.vm.js.Get("RangeError"), e.vm.js.ToValue(text))
	if newErr != nil {
		panic(newErr)
	}
	panic(err)
}
