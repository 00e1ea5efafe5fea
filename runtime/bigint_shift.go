package runtime

import (
	"errors"
	"math/big"
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/bigshift"
)

// shiftFunction is the name of the global function that scripts call with the
// operands of shifts and powers, as package bigshift has made them do.
const shiftFunction = programName + "shift"

// numeric makes a number or a bigint of an object, once, and raise raises one.
var (
	numeric = sync.OnceValue(func() *compiled { return compileOwn("numeric", "(value) => - -value") })
	raise   = sync.OnceValue(func() *compiled { return compileOwn("raise", "(left, right) => left ** right") })
)

// installShiftFunction gives the script a function that refuses bigints by which
// one can't be shifted or raised, and returns everything else. The script can't
// put another in its place.
func (e *Extension) installShiftFunction() {
	convert, power := e.thrower(numeric()), e.thrower(raise())
	number := func(v goja.Value) goja.Value {
		if _, ok := v.(*goja.Object); ok {
			return convert(v)
		}
		return v
	}
	function := e.native(shiftFunction, func(call goja.FunctionCall) goja.Value {
		first, second := call.Argument(0), call.Argument(1)
		if len(call.Arguments) < 3 {
			return e.allowedShift(second.String(), number(first))
		}
		left, right := number(first), number(second)
		if goja.IsBigInt(left) && goja.IsBigInt(right) {
			e.refuseBigint(bigshift.AllowPower(left.Export().(*big.Int), right.Export().(*big.Int)))
		}
		return power(left, right)
	})
	e.vm.js.GlobalObject().DefineDataProperty(shiftFunction, function, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

// thrower is a function whose errors are thrown on to the script that called.
func (e *Extension) thrower(own *compiled) func(args ...goja.Value) goja.Value {
	function, _ := goja.AssertFunction(e.mustRun(own))
	return func(args ...goja.Value) goja.Value {
		result, err := function(goja.Undefined(), args...)
		if err != nil {
			panic(err)
		}
		return result
	}
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

// allowedShift is the right side of an operator, or what is to stand there.
func (e *Extension) allowedShift(operator string, right goja.Value) goja.Value {
	if !goja.IsBigInt(right) {
		return right
	}
	n := right.Export().(*big.Int)
	if operator == bigshift.AnyPower {
		e.refuseBigint(bigshift.AllowAnyPower(n))
		return right
	}
	allowed, err := bigshift.AllowShift(operator, n)
	e.refuseBigint(err)
	return e.vm.js.ToValue(allowed)
}

// refuseBigint throws an error as a RangeError.
func (e *Extension) refuseBigint(err error) {
	if err != nil {
		panic(e.newError("RangeError", err.Error()))
	}
}
