package runtime

import (
	goruntime "runtime"
	"weak"

	"github.com/dop251/goja"
)

// makeWeak gives a function that returns an object until it has been collected.
// What it has returned stays until the turn is over, as the language demands.
func (e *Extension) makeWeak(call goja.FunctionCall) goja.Value {
	target := call.Argument(0).(*goja.Object)
	e.keep(target)
	pointer := weak.Make(target)
	return e.native("deref", func(goja.FunctionCall) goja.Value {
		target := pointer.Value()
		if target == nil {
			return goja.Undefined()
		}
		e.keep(target)
		return target
	})
}

// keep holds an object until the turn is over.
func (e *Extension) keep(target *goja.Object) {
	if len(e.language.kept) == 0 {
		e.loop.post(func() { e.language.kept = nil })
	}
	e.language.kept = append(e.language.kept, target)
}

// A watched object is one whose end a FinalizationRegistry wants to know of. It
// keeps neither the extension nor the registry, whose function run is.
type watched struct {
	ext weak.Pointer[Extension]
	run weak.Pointer[goja.Object]
	id  goja.Value
}

// watch has a function called with an id after an object has been collected, if
// there still is the function.
func (e *Extension) watch(call goja.FunctionCall) goja.Value {
	target, run := call.Argument(0).(*goja.Object), call.Argument(1).(*goja.Object)
	goruntime.AddCleanup(target, watched.report, watched{weak.Make(e), weak.Make(run), call.Argument(2)})
	return goja.Undefined()
}

// report is called by the garbage collector, on a goroutine of its own.
func (w watched) report() {
	if e := w.ext.Value(); e != nil {
		e.loop.post(func() {
			e.vm.turn(place{what: "callback of a FinalizationRegistry"}, func() error { return w.finalize(e.vm) })
		})
	}
}

func (w watched) finalize(v *vm) error {
	run := w.run.Value()
	if run == nil {
		return nil
	}
	callback, _ := goja.AssertFunction(run)
	return v.call(callback, w.id)
}
