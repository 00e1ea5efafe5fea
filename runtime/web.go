package runtime

import (
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/sdk"
)

// A web is what an extension has got of the web's globals.
type web struct {
	origin  time.Time               // of the clock that scripts see
	modules map[string]*goja.Object // what those of [sdk.WebModule] export that were needed
	load    goja.Value              // how they get each other
}

// webPrograms are the scripts of [sdk.WebModule], compiled when they are needed.
var webPrograms = sync.OnceValue(func() map[string]func() *compiled {
	programs := make(map[string]func() *compiled)
	for _, name := range sdk.WebModules() {
		programs[name] = sync.OnceValue(func() *compiled { return compileOwn(sdk.WebModule(name)) })
	}
	return programs
})

// webGlobal is the recipe of a global of the web platform: what a module
// exports by a name. The module is run when the first of its globals is
// touched.
func webGlobal(module, name string) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value { return e.webModule(module).Get(name) }
}

// webModule is what a module exports. What the module throws is the extension's
// doing, and thrown on to it; the next touch tries again.
func (e *Extension) webModule(name string) *goja.Object {
	if e.modules.web == nil {
		e.startWeb()
	}
	if exports := e.modules.web.modules[name]; exports != nil {
		return exports
	}
	start, _ := goja.AssertFunction(e.mustRun(webPrograms()[name]()))
	exports, err := start(goja.Undefined(), e.modules.web.load)
	if err != nil {
		panic(err)
	}
	e.modules.web.modules[name] = exports.(*goja.Object)
	return e.modules.web.modules[name]
}

// startWeb makes ready for the first module.
func (e *Extension) startWeb() {
	natives, exports := e.vm.js.NewObject(), e.vm.js.NewObject()
	if err := e.setLazy(natives, webNatives); err != nil {
		panic(e.vm.failure(err))
	}
	if err := exports.Set("native", natives); err != nil {
		panic(err)
	}
	e.modules.web = &web{origin: time.Now(), modules: map[string]*goja.Object{"native": exports}}
	e.modules.web.load = e.native("load", func(call goja.FunctionCall) goja.Value {
		return e.webModule(strings.TrimPrefix(textOf(call.Argument(0)), "./"))
	})
}

// webNatives are what the web's globals need of the host. Each is made when the
// script first asks for it. None of them trusts its arguments.
var webNatives = map[string]func(*Extension) goja.Value{
	"later":      makeLater,
	"now":        makeNow,
	"timeOrigin": makeTimeOrigin,

	"wellFormed": webNative("wellFormed", (*Extension).wellFormed),
	"classOf":    webNative("classOf", (*Extension).classOf),

	"parseURL":    webNative("parseURL", (*Extension).parseURL),
	"setURL":      webNative("setURL", (*Extension).setURL),
	"parseQuery":  webNative("parseQuery", (*Extension).parseQuery),
	"encodeQuery": webNative("encodeQuery", (*Extension).encodeQuery),

	"encodeText":     webNative("encodeText", (*Extension).encodeText),
	"encodeTextInto": webNative("encodeTextInto", (*Extension).encodeTextInto),
	"makeDecoder":    webNative("makeDecoder", (*Extension).makeDecoder),
	"decodeBase64":   webNative("decodeBase64", (*Extension).decodeBase64),
	"encodeBase64":   webNative("encodeBase64", (*Extension).encodeBase64),

	"bufferBytes":   webNative("bufferBytes", (*Extension).bufferBytes),
	"bufferText":    webNative("bufferText", (*Extension).bufferText),
	"bufferSize":    webNative("bufferSize", (*Extension).bufferSize),
	"bufferWhole":   webNative("bufferWhole", (*Extension).bufferWhole),
	"bufferCompare": webNative("bufferCompare", (*Extension).bufferCompare),
	"bufferFind":    webNative("bufferFind", (*Extension).bufferFind),

	"fillRandom": webNative("fillRandom", (*Extension).fillRandom),
	"randomUUID": webNative("randomUUID", (*Extension).randomUUID),

	"request":       webNative("request", (*Extension).webRequest),
	"cancelRequest": webNative("cancelRequest", (*Extension).webCancel),
	"listen":        webNative("listen", (*Extension).webListen),

	"shareBuffer":  webNative("shareBuffer", (*Extension).shareBuffer),
	"detachBuffer": webNative("detachBuffer", (*Extension).detachBuffer),
	"isDetached":   webNative("isDetached", (*Extension).isDetached),
}

func webNative(name string, method func(*Extension, goja.FunctionCall) goja.Value) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		return e.native(name, func(call goja.FunctionCall) goja.Value { return method(e, call) })
	}
}

// makeLater gives a timer for whose sake nobody waits.
func makeLater(e *Extension) goja.Value {
	return e.native("later", func(call goja.FunctionCall) goja.Value {
		run := e.callback("timeout", call, 2)
		e.loop.timers.setBackground(toDelay(call.Argument(1)), run)
		return goja.Undefined()
	})
}

func makeNow(e *Extension) goja.Value {
	origin := e.modules.web.origin
	return e.native("now", func(goja.FunctionCall) goja.Value {
		return e.vm.js.ToValue(float64(time.Since(origin).Nanoseconds()) / 1e6)
	})
}

func makeTimeOrigin(e *Extension) goja.Value {
	return e.vm.js.ToValue(float64(e.modules.web.origin.UnixMicro()) / 1000)
}

// globalThis is the recipe of the other names of the global object.
func globalThis(e *Extension) goja.Value { return e.vm.js.GlobalObject() }
