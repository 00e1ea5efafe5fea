package runtime

import (
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/buffer"
)

// globals are made when a script first touches them. There is no way to the
// machine's files, environment or processes among them.
var globals = map[string]func(*Extension) goja.Value{
	"Buffer":          makeBuffer,
	"clearImmediate":  makeClear,
	"clearInterval":   makeClear,
	"clearTimeout":    makeClear,
	"console":         makeConsole,
	"performance":     makePerformance,
	"queueMicrotask":  makeQueueMicrotask,
	"require":         makeRequire,
	"setImmediate":    makeSetImmediate,
	"setInterval":     makeSetInterval,
	"setTimeout":      makeSetTimeout,
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

func (e *Extension) native(fn func(goja.FunctionCall) goja.Value) goja.Value {
	return e.vm.js.ToValue(fn)
}

func makePerformance(e *Extension) goja.Value {
	object := e.vm.js.NewObject()
	origin := time.Now()
	object.Set("timeOrigin", float64(origin.UnixMicro())/1000)
	object.Set("now", e.native(func(goja.FunctionCall) goja.Value {
		return e.vm.js.ToValue(float64(time.Since(origin).Nanoseconds()) / 1e6)
	}))
	return object
}

func makeBuffer(e *Extension) goja.Value {
	module := e.vm.js.NewObject()
	module.Set("exports", e.vm.js.NewObject())
	buffer.Require(e.vm.js, module)
	return module.Get("exports").(*goja.Object).Get("Buffer")
}

func makeQueueMicrotask(e *Extension) goja.Value {
	return e.mustRun(microtaskProgram())
}
