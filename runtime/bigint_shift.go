package runtime

import (
	"math/big"
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/bigshift"
)

// shiftFunction is the name of the global function that scripts call with the
// right side of shifts and powers, as package bigshift has made them do.
const shiftFunction = programName + "shift"

// numeric makes a number or a bigint of an object, once.
var numeric = sync.OnceValue(func() *compiled { return compileOwn("numeric", "(value) => - -value") })

// installShiftFunction gives the script a function that refuses bigints by which
// one can't be shifted or raised, and returns everything else. The script can't
// put another in its place.
func (e *Extension) installShiftFunction() {
	convert, _ := goja.AssertFunction(e.mustRun(numeric()))
	function := e.native(shiftFunction, func(call goja.FunctionCall) goja.Value {
		right := call.Argument(0)
		if _, ok := right.(*goja.Object); ok {
			converted, err := convert(goja.Undefined(), right)
			if err != nil {
				panic(err)
			}
			right = converted
		}
		if goja.IsBigInt(right) {
			e.allowShift(call.Argument(1).String(), right.Export().(*big.Int))
		}
		return right
	})
	e.vm.js.GlobalObject().DefineDataProperty(shiftFunction, function, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

func (e *Extension) allowShift(operator string, right *big.Int) {
	if err := bigshift.Allow(operator, right); err != nil {
		panic(e.newError("RangeError", err.Error()))
	}
}
