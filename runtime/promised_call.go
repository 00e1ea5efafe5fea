package runtime

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A promisedCall is a call whose promise the host has made, so that its answer
// needs neither an id nor a function that takes replies. It is a task of the loop
// once it has been answered.
type promisedCall struct {
	bridge  *bridge
	number  int64
	place   int // among those that wait
	method  string
	promise promise
	open    goja.Callable // makes what the promise is fulfilled with of the result; nil: the result itself
	site    []goja.StackFrame

	answer func(result any, err error) // answered
	result any
	err    error
}

// promise makes a call and returns its promise. Where there is an err, that is
// the answer.
func (b *bridge) promise(method string, params rpc.Object, err error, open goja.Callable) goja.Value {
	c := b.promised.next(b)
	c.method, c.open, c.number = method, open, b.count()
	if open == nil {
		c.promise = b.vm.newPromise()
	} else {
		c.promise = b.vm.fullPromise()
	}
	c.site = b.vm.js.CaptureCallStack(maxFrames, c.site[:0])
	b.hand(rpc.NewCall(b.ext.ctx, method, params, c.answer), err)
	return b.vm.js.ToValue(c.promise.Promise)
}

// answered takes the answer from the session, on any goroutine.
func (c *promisedCall) answered(result any, err error) {
	c.result, c.err = result, err
	c.bridge.ext.loop.add(c)
}

// run settles the promise. Where it is fulfilled with nothing and nobody waits
// for that, no code of the extension runs, and it takes no turn.
func (c *promisedCall) run() {
	b := c.bridge
	b.promised.leave(c)
	b.ext.calls.Add(-1)
	if c.err == nil && c.result == nil && c.open == nil && c.promise.unawaited() {
		c.promise.settle(b.vm, goja.PromiseStateFulfilled, goja.Null())
	} else {
		c.settle(c.result, c.err)
	}
	b.promised.keep(c)
	b.settled()
}

// settle answers in a turn.
func (c *promisedCall) settle(result any, err error) {
	v := c.bridge.vm
	v.turn(place{"the reply to", c.method}, func() error {
		return v.enter(func() error {
			if err != nil {
				return c.promise.settle(v, goja.PromiseStateRejected, v.failureAt(err, c.site))
			}
			return c.fulfil(v.toJS(result))
		})
	})
}

func (c *promisedCall) fulfil(result goja.Value) (err error) {
	v := c.bridge.vm
	if c.open != nil {
		result, err = c.open(goja.Undefined(), result)
	}
	// Not errors.As: it unwraps an exception, which runs the script's code.
	if thrown, ok := err.(*goja.Exception); ok {
		return c.promise.settle(v, goja.PromiseStateRejected, thrown.Value())
	}
	if err != nil {
		return err
	}
	return c.promise.settle(v, goja.PromiseStateFulfilled, result)
}

// maxSpare is how many promisedCalls an extension keeps that are over.
const maxSpare = 64

// promisedCalls are those of an extension.
type promisedCalls struct {
	waiting []*promisedCall // for their answers, in no order
	spare   []*promisedCall // to be used again: a third of what a send leaves behind otherwise
}

// next returns one that waits.
func (p *promisedCalls) next(b *bridge) *promisedCall {
	var c *promisedCall
	if last := len(p.spare) - 1; last >= 0 {
		c, p.spare = p.spare[last], p.spare[:last]
	} else {
		c = &promisedCall{bridge: b}
		c.answer = c.answered
	}
	c.place = len(p.waiting)
	p.waiting = append(p.waiting, c)
	return c
}

// leave takes one from those that wait.
func (p *promisedCalls) leave(c *promisedCall) {
	last := len(p.waiting) - 1
	moved := p.waiting[last]
	moved.place, p.waiting[c.place] = c.place, moved
	p.waiting[last] = nil
	p.waiting = p.waiting[:last]
}

// keep takes one that is over. Its session may hold on to the call, which it has
// answered for good.
func (p *promisedCalls) keep(c *promisedCall) {
	if len(p.spare) < maxSpare {
		c.promise, c.open, c.result, c.err = promise{}, nil, nil, nil
		p.spare = append(p.spare, c)
	}
}

// failureAt is failure for an error that comes later than its call, whose stack
// it shows.
func (v *vm) failureAt(err error, site []goja.StackFrame) *goja.Object {
	object, name := v.failure(err), "Error"
	object.DefineDataProperty("message", v.js.ToValue(reasonOf(err)), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if rpc.Code(err) == rpc.CodeAborted {
		name = "AbortError"
		object.DefineDataProperty("name", v.js.ToValue(name), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	var stack bytes.Buffer
	stack.WriteString(name + ": " + reasonOf(err) + "\n")
	for i := range site {
		stack.WriteString("\tat ")
		site[i].Write(&stack)
		stack.WriteByte('\n')
	}
	object.DefineDataProperty("stack", v.js.ToValue(stack.String()), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return object
}
