package runtime

import (
	"sync"

	"github.com/dop251/goja"
)

// enterFunction is the name of the global function that begins a call from
// outside. It does nothing for a script that finds it.
const enterFunction = programName + "enter"

// enterFrames are the calls that lie below one from outside.
const enterFrames = 2

var enterProgram = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile(enterFunction, `this["`+enterFunction+`"]()`, false)
})

// prepareEnter makes the function by which enter gets from a program to run.
func (v *vm) prepareEnter() {
	function := v.js.ToValue(func(goja.FunctionCall) goja.Value {
		if run := v.entering; run != nil {
			v.entering = nil
			v.left = run()
			switch v.left.(type) {
			case *goja.InterruptedError, *goja.StackOverflowError:
				panic(v.left) // no reaction is to follow
			}
		}
		return goja.Undefined()
	})
	v.js.GlobalObject().DefineDataProperty(enterFunction, function, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// enter has run call functions of JavaScript, and then the promise reactions
// that this leads to. goja runs these at the end of each call that comes from
// outside, and takes for one also the call of a function that a reaction makes
// which is native itself: each of those would run the reactions to come within
// itself, in another order, and deeper and deeper until the process has no stack
// left. Within a program it knows better.
func (v *vm) enter(run func() error) error {
	outer := v.left
	v.entering, v.left = run, nil
	_, failed := v.js.RunProgram(enterProgram())
	err := v.left
	v.left = outer
	if interrupted, ok := failed.(*goja.InterruptedError); ok && v.entering != nil {
		// Nothing of the script has run, so nothing says where it is: it is
		// interrupted again once it has begun.
		v.entering = nil
		v.js.Interrupt(interrupted.Value())
		return run()
	}
	if failed != nil {
		return failed
	}
	return err
}

// call is enter for one function, without a this.
func (v *vm) call(function goja.Callable, args ...goja.Value) error {
	return v.enter(func() error {
		_, err := function(goja.Undefined(), args...)
		return err
	})
}

// ask is call for what the function returns.
func (v *vm) ask(function goja.Callable, args ...goja.Value) (result goja.Value, err error) {
	err = v.enter(func() (err error) {
		result, err = function(goja.Undefined(), args...)
		return err
	})
	return result, err
}
