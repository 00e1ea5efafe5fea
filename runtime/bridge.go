package runtime

import (
	"errors"
	"fmt"
	"strconv"

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
	channelCommand   = "commandResult"     // {execId, result | error}
	channelLifecycle = "lifecycleComplete" // a phase, or {phase, error}

	phaseLoad    = "onLoad"
	phaseDispose = "onDispose"
)

// A bridge carries every message between an extension's JavaScript and its
// host. It belongs to the goroutine that owns the VM.
type bridge struct {
	ext      *Extension
	vm       *vm
	pending  map[*rpc.Call]string     // calls without an answer, with their ids
	commands map[string]chan<- answer // commands that run, by execId
	lastExec int
	warned   bool
}

// maxPending is how many calls of one extension may wait for their answers.
const maxPending = 1 << 18

var errTooMany = &rpc.Error{Code: "ERR_LIMIT", Message: fmt.Sprintf("%d calls wait for their answers already: await some of them first", maxPending)}

// An answer is the outcome of a query, or of a command that an extension ran for
// its host.
type answer struct {
	value any
	err   error
}

func newBridge(e *Extension) *bridge {
	return &bridge{ext: e, vm: e.vm, pending: make(map[*rpc.Call]string), commands: make(map[string]chan<- answer)}
}

// install gives JavaScript its only way out.
func (b *bridge) install() error {
	return b.vm.js.Set(fnSendMessage, b.ext.native(fnSendMessage, b.receive))
}

// receive is sendMessage(channel, data), and runs within a turn. data is a JSON
// text, as extensions send it that bring their own SDK, or the value itself.
func (b *bridge) receive(call goja.FunctionCall) goja.Value {
	data := call.Argument(1)
	switch channel := call.Argument(0).String(); channel {
	case channelRPC:
		b.serve(b.envelope(data))
	case channelQuery:
		return b.query(b.envelope(data))
	case channelCancel:
		b.cancel(data.String())
	case channelCommand:
		b.finishCommand(b.envelope(data))
	case channelLifecycle:
		b.finishPhase(data)
	default:
		b.warnChannel(channel)
	}
	return goja.Undefined()
}

// warnChannel tells the log, once, that messages lead nowhere.
func (b *bridge) warnChannel(channel string) {
	if !b.warned {
		b.warned = true
		b.ext.log.Warn("message on an unknown channel ignored", "channel", channel)
	}
}

// serve hands a call to the router and sees to its answer.
func (b *bridge) serve(m message) {
	if b.ext.ctx.Err() != nil {
		panic(b.vm.failure(errEnding))
	}
	if len(b.pending) >= maxPending {
		panic(b.vm.failure(errTooMany))
	}
	var call *rpc.Call
	call = rpc.NewCall(b.ext.ctx, m.method, m.params, func(result any, err error) {
		b.ext.loop.post(func() {
			delete(b.pending, call)
			b.reply(m.id, m.method, result, err)
		})
	})
	b.pending[call] = m.id
	if m.err != nil {
		call.Fail(m.err)
		return
	}
	b.ext.router.Serve(call)
}

// query serves a call whose answer JavaScript waits for, so the session must
// give it before Serve returns. A later answer is nobody's.
func (b *bridge) query(m message) goja.Value {
	answers := make(chan answer, 1)
	if m.err != nil {
		answers <- answer{err: m.err}
	} else {
		b.ext.router.Serve(rpc.NewCall(b.ext.ctx, m.method, m.params, func(result any, err error) { answers <- answer{result, err} }))
	}
	select {
	case a := <-answers:
		if a.err != nil {
			panic(b.vm.failure(a.err))
		}
		return b.vm.toJS(a.value)
	default:
		panic(b.vm.failure(&rpc.Error{Code: rpc.CodeInternal, Message: m.method + " can't be answered at once"}))
	}
}

func (b *bridge) cancel(id string) {
	for call, other := range b.pending {
		if other == id {
			call.Cancel()
		}
	}
}

// reply settles a call in a turn of its own.
func (b *bridge) reply(id, method string, result any, err error) {
	b.vm.turn(place{"the reply to", method}, func() error {
		envelope := b.vm.js.NewObject()
		envelope.Set("id", id)
		if err == nil {
			envelope.Set("result", b.vm.toJS(result))
		} else {
			describe(envelope, err)
		}
		return b.send(fnResolveRPC, envelope)
	})
}

// describe puts an error into a reply. The text is never empty, for an empty
// one means success.
func describe(envelope *goja.Object, err error) {
	text := err.Error()
	if text == "" {
		text = "the host gave no reason"
	}
	envelope.Set("error", text)
	code := rpc.Code(err)
	if code != "" {
		envelope.Set("code", code)
	}
	if code == rpc.CodeAborted {
		envelope.Set("name", "AbortError")
	}
}

// push delivers one event in a turn of its own.
func (b *bridge) push(event rpc.Event) {
	if event.Connection == "" {
		b.vm.turn(place{"the event", event.Name}, func() error {
			return b.send(fnPushEvent, b.vm.object("event", event.Name, "data", event.Data))
		})
		return
	}
	b.vm.turn(place{event.Name + " event of", event.Connection}, func() error {
		return b.send(fnPushWSEvent, b.vm.object("connectionId", event.Connection, "event", event.Name, "data", event.Data))
	})
}

// executeCommand starts a command; its outcome goes to results.
func (b *bridge) executeCommand(id string, args any, results chan<- answer) {
	b.lastExec++
	exec := strconv.Itoa(b.lastExec)
	b.commands[exec] = results
	err := b.vm.try(place{"the command", id}, func() error {
		if found, err := b.call(fnExecuteCommand, b.vm.object("commandId", id, "execId", exec, "args", args)); found || err != nil {
			return err
		}
		return fmt.Errorf("%s has registered no commands", b.ext.id)
	})
	if err != nil {
		delete(b.commands, exec)
		results <- answer{err: err}
	}
}

// finishCommand takes the outcome of a command. The first one counts.
func (b *bridge) finishCommand(m message) {
	exec, _ := m.fields.Text("execId")
	results, ok := b.commands[exec]
	if !ok {
		return
	}
	delete(b.commands, exec)
	if text, failed := m.fields.Text("error"); failed {
		results <- answer{err: errors.New(text)}
		return
	}
	results <- answer{value: m.fields.Get("result")}
}

func (b *bridge) triggerOnLoad() error { return b.trigger(fnTriggerOnLoad, b.ext.loaded) }

func (b *bridge) triggerOnDispose() error { return b.trigger(fnTriggerOnDispose, b.ext.disposed) }

// trigger calls a lifecycle function. A script that has none, because it uses
// no SDK, has nothing to do in that phase.
func (b *bridge) trigger(name string, finished func(failure goja.Value)) error {
	found, err := b.call(name)
	if !found && err == nil {
		finished(nil)
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
		b.ext.loaded(failure)
	case phaseDispose, `"` + phaseDispose + `"`:
		b.ext.disposed(failure)
	}
}

// rejectPending rejects what is still unanswered when the extension ends, so
// that whoever awaits it in JavaScript comes to its end. Where nobody awaits it,
// as is usual for a send, nobody is told either.
func (b *bridge) rejectPending() {
	if b.vm.dead.Load() {
		return
	}
	b.vm.ending = true
	for call, id := range b.pending {
		delete(b.pending, call)
		b.reply(id, call.Method, nil, errEnding)
	}
}

// call calls one of the functions that the SDK has put on the global object.
// They are looked up each time, since scripts may replace them. It reports
// whether there was such a function.
func (b *bridge) call(name string, args ...goja.Value) (found bool, err error) {
	fn, found := goja.AssertFunction(b.vm.js.GlobalObject().Get(name))
	if found {
		_, err = fn(goja.Undefined(), args...)
	}
	return found, err
}

// send is call for messages that get lost where nobody takes them.
func (b *bridge) send(name string, message goja.Value) error {
	_, err := b.call(name, message)
	return err
}
