package guard

import "github.com/dop251/goja"

// NewRangeError returns a RangeError of the engine's own, which is what refuses a
// call. It doesn't ask for the global of that name: a script may have put there
// what is to be refused. It is for the goroutine that owns vm.
func NewRangeError(vm *goja.Runtime, message string) *goja.Object {
	return engineError(vm, vm.NewArray().Set("length", -1), message)
}

// engineError is the error that the engine has thrown, with another message.
func engineError(vm *goja.Runtime, thrown error, message string) *goja.Object {
	exception, ok := thrown.(*goja.Exception)
	if !ok {
		panic(thrown)
	}
	object := exception.Value().(*goja.Object)
	if err := object.DefineDataProperty("message", vm.ToValue(message), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		panic(err)
	}
	return object
}
