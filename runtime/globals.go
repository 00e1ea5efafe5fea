package runtime

import (
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
	"github.com/srcnexus/extrun/sdk"
)

// globals are made when a script first touches them. There is no way to the
// machine's files, environment or processes among them.
var globals = map[string]func(*Extension) goja.Value{
	"Buffer":         webGlobal("buffer", "Buffer"),
	"clearImmediate": clearTimer("clearImmediate"),
	"clearInterval":  clearTimer("clearInterval"),
	"clearTimeout":   clearTimer("clearTimeout"),
	"console":        makeConsole,
	"queueMicrotask": makeQueueMicrotask,
	"require":        makeRequire,
	"setImmediate":   makeSetImmediate,
	"setInterval":    setTimer("setInterval", true),
	"setTimeout":     setTimer("setTimeout", false),

	sdk.Global:    (*Extension).requireSDK,
	stackFunction: makeStackFunction,

	"AsyncDisposableStack": languageGlobal("disposable_stack", "AsyncDisposableStack"),
	"DisposableStack":      languageGlobal("disposable_stack", "DisposableStack"),
	"FinalizationRegistry": languageGlobal("weak", "FinalizationRegistry"),
	"Iterator":             languageGlobal("iterator_methods", "Iterator"),
	"SuppressedError":      languageGlobal("disposable_stack", "SuppressedError"),
	"WeakRef":              languageGlobal("weak", "WeakRef"),

	"global": globalThis,
	"self":   globalThis,

	"AbortController":  webGlobal("abort", "AbortController"),
	"AbortSignal":      webGlobal("abort", "AbortSignal"),
	"Blob":             webGlobal("blob", "Blob"),
	"CloseEvent":       webGlobal("close_event", "CloseEvent"),
	"Crypto":           webGlobal("crypto", "Crypto"),
	"CustomEvent":      webGlobal("event", "CustomEvent"),
	"DOMException":     webGlobal("dom_exception", "DOMException"),
	"ErrorEvent":       webGlobal("error_event", "ErrorEvent"),
	"Event":            webGlobal("event", "Event"),
	"EventTarget":      webGlobal("event_target", "EventTarget"),
	"File":             webGlobal("file", "File"),
	"FormData":         webGlobal("form_data", "FormData"),
	"Headers":          webGlobal("headers", "Headers"),
	"MessageEvent":     webGlobal("message_event", "MessageEvent"),
	"Navigator":        webGlobal("navigator", "Navigator"),
	"Performance":      webGlobal("performance", "Performance"),
	"PerformanceEntry": webGlobal("performance", "PerformanceEntry"),
	"Request":          webGlobal("request", "Request"),
	"Response":         webGlobal("response", "Response"),
	"TextDecoder":      webGlobal("encoding", "TextDecoder"),
	"TextEncoder":      webGlobal("encoding", "TextEncoder"),
	"URL":              webGlobal("url", "URL"),
	"URLSearchParams":  webGlobal("url_search_params", "URLSearchParams"),
	"WebSocket":        webGlobal("websocket", "WebSocket"),
	"atob":             webGlobal("base64", "atob"),
	"btoa":             webGlobal("base64", "btoa"),
	"crypto":           webGlobal("crypto", "crypto"),
	"fetch":            webGlobal("fetch", "fetch"),
	"navigator":        webGlobal("navigator", "navigator"),
	"performance":      webGlobal("performance", "performance"),
	"process":          webGlobal("process", "process"),
	"reportError":      webGlobal("report", "reportError"),
	"structuredClone":  webGlobal("clone", "structuredClone"),
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
	guard.Count(e.vm.js, function)
	function.DefineDataProperty("name", e.vm.js.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return function
}

func makeQueueMicrotask(e *Extension) goja.Value {
	return e.mustRun(microtaskProgram())
}
