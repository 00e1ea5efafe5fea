package runtime

import (
	"fmt"
	"time"

	"github.com/dop251/goja"
)

// maxDelay is the longest delay that a timer takes; a longer one counts as the
// shortest, as it does in Node.
const maxDelay = 1<<31 - 1

// jsTimers are the timers that a script has set, by the ids that it knows.
// Ids are shared by all kinds, and never used again.
type jsTimers struct {
	byID map[int64]*timer
	last int64
}

func (ts *jsTimers) add(t *timer) int64 {
	if ts.byID == nil {
		ts.byID = make(map[int64]*timer)
	}
	ts.last++
	ts.byID[ts.last] = t
	return ts.last
}

// setTimer is the recipe of setTimeout and setInterval.
func setTimer(name string, repeats bool) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		return e.native(name, func(call goja.FunctionCall) goja.Value {
			return e.setTimer(name, call, repeats)
		})
	}
}

// setTimer takes a callback, a delay in ms, and the callback's arguments.
func (e *Extension) setTimer(name string, call goja.FunctionCall, repeats bool) goja.Value {
	run := e.callback(name, call, 2)
	delay := toDelay(call.Argument(1))
	repeat := time.Duration(0)
	if repeats {
		repeat = delay
	}
	id := e.timers.last + 1
	t := e.loop.timers.set(delay, repeat, func() {
		if !repeats {
			delete(e.timers.byID, id)
		}
		run()
	})
	return e.vm.js.ToValue(e.timers.add(t))
}

// makeSetImmediate gives a timer that is due behind what is queued already.
func makeSetImmediate(e *Extension) goja.Value {
	return e.native("setImmediate", func(call goja.FunctionCall) goja.Value {
		run := e.callback("setImmediate", call, 1)
		t := &timer{place: -1}
		id := e.timers.add(t)
		e.loop.post(func() {
			delete(e.timers.byID, id)
			if !t.cleared {
				run()
			}
		})
		return e.vm.js.ToValue(id)
	})
}

// clearTimer is the recipe of clearTimeout, clearInterval and clearImmediate. An
// id that names no timer is ignored.
func clearTimer(name string) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		return e.native(name, func(call goja.FunctionCall) goja.Value {
			if id := call.Argument(0); goja.IsNumber(id) {
				e.clearTimer(id.ToInteger())
			}
			return goja.Undefined()
		})
	}
}

func (e *Extension) clearTimer(id int64) {
	if t, ok := e.timers.byID[id]; ok {
		delete(e.timers.byID, id)
		e.loop.timers.clear(t)
	}
}

// callback checks a timer's callback and returns the turn that calls it with
// the arguments from the given place on.
func (e *Extension) callback(name string, call goja.FunctionCall, firstArg int) func() {
	fn, ok := goja.AssertFunction(call.Argument(0))
	if !ok {
		panic(e.vm.js.NewTypeError(fmt.Sprintf("%s: the callback must be a function, not %s", name, kindOf(call.Argument(0)))))
	}
	var args []goja.Value
	if len(call.Arguments) > firstArg {
		args = append(args, call.Arguments[firstArg:]...)
	}
	return func() {
		e.vm.turn(place{what: "a " + name + " callback"}, func() error {
			return e.vm.call(fn, args...)
		})
	}
}

func toDelay(value goja.Value) time.Duration {
	delay := value.ToFloat()
	if !(delay >= 1 && delay <= maxDelay) {
		delay = 1
	}
	return time.Duration(delay * float64(time.Millisecond))
}

// maxNamed is how long a string may be that an error message repeats.
const maxNamed = 60

// kindOf names a value's type in an error message.
func kindOf(value goja.Value) string {
	if goja.IsUndefined(value) || goja.IsNull(value) {
		return value.String()
	}
	if object, ok := value.(*goja.Object); ok {
		return "an " + object.ClassName()
	}
	if text, ok := value.(goja.String); ok && text.Length() > maxNamed {
		return fmt.Sprintf("a string of %d units", text.Length())
	}
	return "the " + value.ExportType().String() + " " + value.String()
}
