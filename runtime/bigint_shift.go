package runtime

import (
	"errors"
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
			return e.allowedShift(call.Argument(1).String(), right.Export().(*big.Int))
		}
		return right
	})
	e.vm.js.GlobalObject().DefineDataProperty(shiftFunction, function, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// allowBigints says why the extension may have no bigints: the operators of its
// own code, which has run, aren't looked after.
func (e *Extension) allowBigints() error {
	if e.language.has&shifts == 0 {
		return errNoBigints
	}
	return nil
}

var errNoBigints = errors.New("bigints are refused where the extension's own file names none: write BigInt, or a literal such as 1n, into it")

func (e *Extension) allowedShift(operator string, right *big.Int) goja.Value {
	allowed, err := bigshift.Allow(operator, right)
	if err != nil {
		panic(e.newError("RangeError", err.Error()))
	}
	return e.vm.js.ToValue(allowed)
}
