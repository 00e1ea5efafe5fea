package runtime

import (
	"sync/atomic"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// The web's globals reach the host by natives of their own, past sendMessage and
// the functions that an SDK puts on the global object: so they work beside every
// SDK, and without one. Beyond that the way is the same: calls are pending, and
// each answer and each event is a turn.

// webRequest is request(method, params, answered). It returns the call's number,
// or 0 if the call was refused at once; answered is told in a later turn
// either way.
func (e *Extension) webRequest(call goja.FunctionCall) goja.Value {
	answered, isObject := call.Argument(2).(*goja.Object)
	if _, ok := goja.AssertFunction(call.Argument(2)); !ok || !isObject {
		panic(e.vm.js.NewTypeError("request needs a function that takes the answer"))
	}
	params, err := e.vm.fromJS(call.Argument(1))
	fields, isObject := params.(rpc.Object)
	if !isObject && err == nil {
		err = invalid("the params must be an object")
	}
	return e.vm.js.ToValue(e.bridge.serveWeb(request{method: textOf(call.Argument(0)), params: fields, err: err}, answered))
}

// serveWeb is serve for the web's globals.
func (b *bridge) serveWeb(r request, answered *goja.Object) (number int64) {
	b.admit()
	key := pendingKey{resolver: answered, web: b.calls + 1} // as begin is going to count it
	var refused atomic.Bool
	b.begin(r, key, func(result any, err error) {
		refused.Store(err != nil)
		b.ext.loop.post(func() { b.settle(key, r, result, err) })
	})
	if refused.Load() {
		return 0
	}
	return key.web
}

// webCancel is cancelRequest(number): nobody waits for that call any more.
func (e *Extension) webCancel(call goja.FunctionCall) goja.Value {
	number := call.Argument(0).ToInteger()
	for key, pending := range e.bridge.pending {
		if key.web != 0 && key.web == number {
			pending.Cancel()
		}
	}
	return goja.Undefined()
}

// webListen is listen(connectionId, receive): the connection's events go there
// until it has closed.
func (e *Extension) webListen(call goja.FunctionCall) goja.Value {
	receive, ok := goja.AssertFunction(call.Argument(1))
	if !ok {
		panic(e.vm.js.NewTypeError("listen needs a function that takes the events"))
	}
	if e.bridge.webListeners == nil {
		e.bridge.webListeners = make(map[string]goja.Callable)
	}
	e.bridge.webListeners[textOf(call.Argument(0))] = receive
	return goja.Undefined()
}

// answerWeb tells the web's globals what came of a call.
func (b *bridge) answerWeb(key pendingKey, method string, result any, err error) {
	b.vm.turn(place{"the reply to", method}, func() error {
		answered, _ := goja.AssertFunction(key.resolver)
		if err != nil {
			return b.callInSteps(answered, b.vm.object("message", err.Error(), "code", rpc.Code(err)))
		}
		return b.callInSteps(answered, goja.Undefined(), b.vm.toJS(result))
	})
}

// tellWeb delivers one event of a connection. After a close there are no more.
func (b *bridge) tellWeb(receive goja.Callable, event rpc.Event) {
	if event.Name == "close" {
		delete(b.webListeners, event.Connection)
	}
	b.vm.turn(place{event.Name + " event of", event.Connection}, func() error {
		return b.callInSteps(receive, b.vm.js.ToValue(event.Name), b.webData(event))
	})
}

// webData is what an event says: a message by itself, as a string or an
// ArrayBuffer over the very bytes that came, and all else as it is.
func (b *bridge) webData(event rpc.Event) goja.Value {
	fields, _ := event.Data.(rpc.Object)
	if event.Name != "message" {
		return b.vm.toJS(event.Data)
	}
	if bytes, ok := fields.Get("bytes").([]byte); ok {
		return b.vm.arrayBuffer(bytes)
	}
	return b.vm.toJS(fields.Get("data"))
}

// callInSteps calls a function, then the one that it returns, and so on. Between
// two of them all promise reactions run, as they do between the listeners of an
// event that comes from outside.
func (b *bridge) callInSteps(fn goja.Callable, args ...goja.Value) error {
	for !b.vm.dead.Load() {
		next, err := b.vm.ask(fn, args...)
		if err != nil {
			return err
		}
		following, ok := goja.AssertFunction(next)
		if !ok {
			return nil
		}
		fn, args = following, nil
	}
	return nil
}
