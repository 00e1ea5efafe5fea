package runtime

import "github.com/dop251/goja"

// globals are made when a script first touches them. There is no way to the
// machine's files, environment or processes among them.
var globals = map[string]func(*Extension) goja.Value{
	"Buffer":         webGlobal("Buffer"),
	"clearImmediate": clearTimer("clearImmediate"),
	"clearInterval":  clearTimer("clearInterval"),
	"clearTimeout":   clearTimer("clearTimeout"),
	"console":        makeConsole,
	"queueMicrotask": makeQueueMicrotask,
	"require":        makeRequire,
	"setImmediate":   makeSetImmediate,
	"setInterval":    setTimer("setInterval", true),
	"setTimeout":     setTimer("setTimeout", false),

	stackFunction: makeStackFunction,

	"AsyncDisposableStack": languageGlobal("disposable_stack", "AsyncDisposableStack"),
	"DisposableStack":      languageGlobal("disposable_stack", "DisposableStack"),
	"FinalizationRegistry": languageGlobal("weak", "FinalizationRegistry"),
	"Iterator":             languageGlobal("iterator_methods", "Iterator"),
	"SuppressedError":      languageGlobal("disposable_stack", "SuppressedError"),
	"WeakRef":              languageGlobal("weak", "WeakRef"),

	"global": globalThis,
	"self":   globalThis,

	"AbortController":  webGlobal("AbortController"),
	"AbortSignal":      webGlobal("AbortSignal"),
	"Crypto":           webGlobal("Crypto"),
	"CustomEvent":      webGlobal("CustomEvent"),
	"DOMException":     webGlobal("DOMException"),
	"Event":            webGlobal("Event"),
	"EventTarget":      webGlobal("EventTarget"),
	"Performance":      webGlobal("Performance"),
	"PerformanceEntry": webGlobal("PerformanceEntry"),
	"TextDecoder":      webGlobal("TextDecoder"),
	"TextEncoder":      webGlobal("TextEncoder"),
	"URL":              webGlobal("URL"),
	"URLSearchParams":  webGlobal("URLSearchParams"),
	"atob":             webGlobal("atob"),
	"btoa":             webGlobal("btoa"),
	"crypto":           webGlobal("crypto"),
	"performance":      webGlobal("performance"),
	"process":          webGlobal("process"),
	"reportError":      webGlobal("reportError"),
	"structuredClone":  webGlobal("structuredClone"),
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

func makeQueueMicrotask(e *Extension) goja.Value {
	return e.mustRun(microtaskProgram())
}
