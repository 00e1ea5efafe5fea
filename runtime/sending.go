package runtime

import (
	"bytes"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// methodSend sends a message of a connection.
const methodSend = "network.wsSend"

// A sending is a call whose promise the host has made, so that its answer needs
// neither an id nor a function of the script.
type sending struct {
	resolve, reject func(value any) error
	site            []goja.StackFrame // where it was called
}

// sendData is sendMessage("send", connectionId, data), which returns the promise
// of network.wsSend.
func (b *bridge) sendData(connection, data goja.Value) goja.Value {
	b.admit()
	r := request{method: methodSend}
	r.params, r.err = b.sendParams(connection, data)
	promise, resolve, reject := b.vm.js.NewPromise()
	s := &sending{resolve, reject, b.vm.js.CaptureCallStack(maxFrames, nil)}
	key := pendingKey{sending: s}
	b.begin(r, key, func(result any, err error) {
		b.ext.loop.post(func() { b.settle(key, r, result, err) })
	})
	return b.vm.js.ToValue(promise)
}

func (b *bridge) sendParams(connection, data goja.Value) (rpc.Object, error) {
	id, err := b.vm.fromJS(connection)
	if err != nil {
		return nil, invalid("the id of a connection is no data: %v", err)
	}
	payload, err := b.vm.fromJS(data)
	if err != nil {
		return nil, invalid("what is to be sent is no data: %v", err)
	}
	return rpc.Object{{Name: "connectionId", Value: id}, {Name: "data", Value: payload}}, nil
}

// answer settles the promise. It runs within a turn.
func (s *sending) answer(v *vm, result any, err error) error {
	if err == nil {
		return v.enter(func() error { return s.resolve(v.toJS(result)) })
	}
	return v.enter(func() error { return s.reject(v.failureAt(err, s.site)) })
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
