package runtime

import (
	"time"

	"github.com/dop251/goja"
)

// globals are made when a script first touches them. There is no way to the
// machine's files, environment or processes among them.
var globals = map[string]func(*Extension) goja.Value{
	"Buffer":          makeBuffer,
	"clearImmediate":  clearTimer("clearImmediate"),
	"clearInterval":   clearTimer("clearInterval"),
	"clearTimeout":    clearTimer("clearTimeout"),
	"console":         makeConsole,
	"performance":     makePerformance,
	"queueMicrotask":  makeQueueMicrotask,
	"require":         makeRequire,
	"setImmediate":    makeSetImmediate,
	"setInterval":     setTimer("setInterval", true),
	"setTimeout":      setTimer("setTimeout", false),
	"AbortController": webGlobal("AbortController"),
	"AbortSignal":     webGlobal("AbortSignal"),
	"DOMException":    webGlobal("DOMException"),
	"Event":           webGlobal("Event"),
	"EventTarget":     webGlobal("EventTarget"),
}

// installGlobals gives the script its world.
func (e *Extension) installGlobals() error {
	if err := e.bridge.install(); err != nil {
		return err
	}
	return e.setLazy(e.vm.js.GlobalObject(), globals)
}

// native makes a function of a Go function. goja would give it the Go
// function's name, which scripts and stacks would show.
func (e *Extension) native(name string, fn func(goja.FunctionCall) goja.Value) goja.Value {
	function := e.vm.js.ToValue(fn).(*goja.Object)
	function.DefineDataProperty("name", e.vm.js.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return function
}

func makePerformance(e *Extension) goja.Value {
	object := e.vm.js.NewObject()
	origin := time.Now()
	object.Set("timeOrigin", float64(origin.UnixMicro())/1000)
	object.Set("now", e.native("now", func(goja.FunctionCall) goja.Value {
		return e.vm.js.ToValue(float64(time.Since(origin).Nanoseconds()) / 1e6)
	}))
	return object
}

func makeQueueMicrotask(e *Extension) goja.Value {
	return e.mustRun(microtaskProgram())
}
