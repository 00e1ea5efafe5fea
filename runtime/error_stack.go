package runtime

import (
	"strings"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// stackFunction is the name of the global function that scripts call where they
// read the stack of something, as package stackread has made them do. No script
// can spell it by accident.
const stackFunction = programName + "stack"

// makeStackFunction gives a function that puts the stack of an error in order,
// once, and returns whatever it is given.
func makeStackFunction(e *Extension) goja.Value {
	return e.native(stackFunction, func(call goja.FunctionCall) goja.Value {
		argument := call.Argument(0)
		if isError(argument) {
			e.orderStack(argument.(*goja.Object))
		}
		return argument
	})
}

// classError is what goja calls the objects that have a stack.
const classError = "Error"

// orderStack brings a stack that is still as goja wrote it into the form that
// the console shows. Where the script has forbidden that, it stays as it is.
func (e *Extension) orderStack(object *goja.Object) {
	stack, ok := object.Get("stack").(goja.String)
	if !ok {
		return
	}
	if text := stack.String(); strings.Contains(text, "\n\tat ") {
		object.DefineDataProperty("stack", e.vm.js.ToValue(inspect.Stack(text)), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}
