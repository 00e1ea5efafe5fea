package runtime

import (
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// The names by which an extension and its host know each other. In Go they
// occur in this file only.
const (
	fnSendMessage      = "sendMessage"
	fnResolveRPC       = "__resolveRpc"
	fnPushEvent        = "__pushEvent"
	fnPushWSEvent      = "__pushWsEvent"
	fnExecuteCommand   = "__executeCommand"
	fnTriggerOnLoad    = "__triggerOnLoad"
	fnTriggerOnDispose = "__triggerOnDispose"

	channelRPC       = "rpc"               // {id, method, params}: a call
	channelCancel    = "cancel"            // an id: nobody waits for that call
	channelQuery     = "query"             // {method, params}: answered by what sendMessage returns
	channelCall      = "call"              // {method, params} and a function of the result: sendMessage returns the promise
	channelSend      = "send"              // a connectionId and data: sendMessage returns the promise
	channelPart      = "part"              // a name: sendMessage returns that part of the SDK
	channelEntries   = "entries"           // a function of a name: makes the function of that name that the host calls
	channelIterable  = "iterable"          // a function: called when a script has the symbol of for await
	channelEncode    = "encode"            // a Blob or a form: sendMessage returns the bytes and the type that it is sent as
	channelCommand   = "commandResult"     // {execId, result | error}
	channelLifecycle = "lifecycleComplete" // a phase, or {phase, error}

	phaseLoad    = "onLoad"
	phaseDispose = "onDispose"
)

// A bridge carries every message between an extension's JavaScript and its
// host. It belongs to the goroutine that owns the VM.
type bridge struct {
	ext           *Extension
	vm            *vm
	calls         int64 // that the extension has made so far
	pending       map[pendingKey]pendingCall
	promised      promisedCalls
	listener      listener
	introductions []*introduction
	farewells     farewells
	entries       goja.Callable                       // makes the functions of entryPoints
	commands      map[string]chan<- answer            // commands that run, by execId
	phases        map[string]func(failure goja.Value) // those whose end is awaited
	lastExec      int
	warned        map[string]bool          // what the log was told
	webListeners  map[string]goja.Callable // of connections that the web's globals have opened
}

// An answer is the outcome of a query, or of a command that an extension ran for
// its host.
type answer struct {
	value any
	err   error
}

func newBridge(e *Extension) *bridge {
	return &bridge{ext: e, vm: e.vm, pending: make(map[pendingKey]pendingCall), commands: make(map[string]chan<- answer)}
}

// install gives JavaScript its only way out.
func (b *bridge) install() error {
	return b.vm.js.Set(fnSendMessage, b.ext.native(fnSendMessage, b.receive))
}

// receive is sendMessage(channel, data), and runs within a turn. data is a JSON
// text, as extensions send it that bring their own SDK, or the value itself.
// What can't be understood at all is thrown back at the caller.
func (b *bridge) receive(call goja.FunctionCall) goja.Value {
	data := call.Argument(1)
	switch channel := call.Argument(0).String(); channel {
	case channelRPC:
		b.serve(b.request(data))
	case channelCall:
		return b.callFor(b.request(data), call.Argument(2))
	case channelSend:
		return b.sendData(data, call.Argument(2))
	case channelQuery:
		return b.query(b.request(data))
	case channelPart:
		return b.part(data.String())
	case channelEntries:
		b.takeEntries(data)
	case channelIterable:
		b.ext.whenIterable(data)
	case channelEncode:
		return b.ext.encodeWeb(data)
	case channelCancel:
		b.cancel(data.String())
	case channelCommand:
		b.finishCommand(data)
	case channelLifecycle:
		b.finishPhase(data)
	default:
		b.warnOnce("message on an unknown channel ignored", "channel", channel)
	}
	return goja.Undefined()
}

// warnOnce tells the log what an extension may do very often.
func (b *bridge) warnOnce(text string, args ...any) {
	if b.warned[text] {
		return
	}
	if b.warned == nil {
		b.warned = make(map[string]bool)
	}
	b.warned[text] = true
	b.ext.recordMessage(text, args...)
}

// query serves a call whose answer JavaScript waits for, so the session must
// give it before Serve returns. A later answer is nobody's.
func (b *bridge) query(r request) goja.Value {
	answers := make(chan answer, 1)
	if r.err != nil {
		answers <- answer{err: r.err}
	} else {
		b.ext.router.Serve(rpc.NewCall(b.ext.ctx, r.method, r.params, func(result any, err error) { answers <- answer{result, err} }))
	}
	select {
	case a := <-answers:
		if a.err != nil {
			panic(b.vm.failure(a.err))
		}
		return b.vm.toJS(a.value)
	default:
		panic(b.vm.failure(&rpc.Error{Code: rpc.CodeInternal, Message: r.method + " can't be answered at once"}))
	}
}

// push delivers one event in a turn of its own.
func (b *bridge) push(event rpc.Event) {
	if b.farewells.unwanted(event) {
		return
	}
	if event.Connection == "" {
		b.vm.turn(place{"the event", event.Name}, func() error {
			return b.send(fnPushEvent, b.vm.object("event", event.Name, "data", event.Data))
		})
		return
	}
	if receive, ok := b.webListeners[event.Connection]; ok {
		b.tellWeb(receive, event)
		return
	}
	b.vm.turn(eventPlace(event), func() error { return b.pushWSEvent(event) })
}

func (b *bridge) triggerOnLoad() error { return b.trigger(fnTriggerOnLoad, phaseLoad, b.ext.loaded) }

func (b *bridge) triggerOnDispose() error {
	return b.trigger(fnTriggerOnDispose, phaseDispose, b.ext.disposed)
}

// trigger calls a lifecycle function. A script that has none, because it uses
// no SDK, has nothing to do in that phase.
func (b *bridge) trigger(name, phase string, finished func(failure goja.Value)) error {
	if b.phases == nil {
		b.phases = make(map[string]func(goja.Value))
	}
	b.phases[phase] = finished
	found, err := b.call(name)
	if !found && err == nil {
		b.endPhase(phase, nil)
	}
	return err
}

// finishPhase takes the end of onLoad or onDispose, which the published SDK
// sends as a JSON text, the built-in one as a value with what was thrown.
func (b *bridge) finishPhase(data goja.Value) {
	phase, failure := data, goja.Value(nil)
	if object, ok := data.(*goja.Object); ok {
		phase, failure = object.Get("phase"), object.Get("error")
	}
	if phase == nil {
		return
	}
	switch phase.String() {
	case phaseLoad, `"` + phaseLoad + `"`:
		b.endPhase(phaseLoad, failure)
	case phaseDispose, `"` + phaseDispose + `"`:
		b.endPhase(phaseDispose, failure)
	}
}

// endPhase counts once, and only for a phase that has begun.
func (b *bridge) endPhase(phase string, failure goja.Value) {
	if finished, ok := b.phases[phase]; ok {
		delete(b.phases, phase)
		finished(failure)
	}
}

// call calls one of the functions that the SDK has put on the global object.
// They are looked up each time, since scripts may replace them, even by a getter:
// so that is within enter, too. It reports whether there was such a function.
func (b *bridge) call(name string, args ...goja.Value) (found bool, err error) {
	err = b.vm.enter(func() (err error) {
		var fn goja.Callable
		if fn, found = goja.AssertFunction(b.vm.js.GlobalObject().Get(name)); found {
			_, err = fn(goja.Undefined(), args...)
		}
		return err
	})
	return found, err
}

// send is call for messages that get lost where nobody takes them.
func (b *bridge) send(name string, message goja.Value) error {
	_, err := b.call(name, message)
	return err
}

// takesReplies is the function that takes replies at the moment, nil without one.
func (b *bridge) takesReplies() *goja.Object {
	fn, _ := b.vm.js.GlobalObject().Get(fnResolveRPC).(*goja.Object)
	return fn
}

// sendReply hands a reply to the function that took replies when its call was
// made, so that two copies of an SDK in one script, which number their calls
// alike, don't take each other's. Where there was none then, it goes to the one
// that there is now.
func (b *bridge) sendReply(resolver *goja.Object, reply goja.Value) error {
	if resolver != nil {
		if fn, ok := goja.AssertFunction(resolver); ok {
			return b.vm.call(fn, reply)
		}
	}
	return b.send(fnResolveRPC, reply)
}

// letGo drops what leads into the VM.
func (b *bridge) letGo() {
	b.pending, b.commands, b.phases, b.introductions, b.farewells = nil, nil, nil, nil, nil
	b.webListeners, b.entries, b.listener, b.promised = nil, nil, listener{}, promisedCalls{}
}
