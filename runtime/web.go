package runtime

import (
	"time"

	"github.com/dop251/goja"
)

// webScript is what the script of the web's globals has returned.
type webScript struct {
	origin  time.Time // of the clock that the script sees
	globals *goja.Object
	shown   goja.Callable
}

// webGlobal is the recipe of a global of the web platform. All of them come
// from one script, which is run when the first of them is touched.
func webGlobal(name string) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value {
		if e.modules.web == nil {
			e.startWeb()
		}
		prepare, _ := goja.AssertFunction(e.modules.web.globals.Get(name))
		value, err := prepare(goja.Undefined())
		if err != nil {
			panic(err)
		}
		return value
	}
}

// startWeb runs the script. What it throws is the extension's doing, and thrown
// on to it; the next touch tries again.
func (e *Extension) startWeb() {
	natives := e.vm.js.NewObject()
	if err := e.setLazy(natives, webNatives); err != nil {
		panic(e.vm.failure(err))
	}
	start, _ := goja.AssertFunction(e.mustRun(webProgram()))
	result, err := start(goja.Undefined(), natives)
	if err != nil {
		panic(err)
	}
	script := result.(*goja.Object)
	shown, _ := goja.AssertFunction(script.Get("shown"))
	e.modules.web = &webScript{time.Now(), script.Get("globals").(*goja.Object), shown}
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
