package rpc

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
)

// A Call is one request of an extension. Exactly one of Reply and Fail must be
// called, once, from any goroutine; what comes after the first is ignored.
type Call struct {
	// Method is the full name, such as "network.wsSend".
	Method string

	// Params are the named arguments. They belong to the session.
	Params Object

	parent   context.Context
	answer   func(result any, err error)
	answered atomic.Bool

	mu        sync.Mutex
	ctx       context.Context // made by the first Context
	cancel    context.CancelFunc
	cancelled bool
}

// NewCall returns a call that reports its outcome to answer, at most once.
// parent ends when the extension does.
func NewCall(parent context.Context, method string, params Object, answer func(result any, err error)) *Call {
	return &Call{Method: method, Params: params, parent: parent, answer: answer}
}

// Context is done as soon as nobody waits for the result any more: the call is
// answered, the extension cancelled it, or is being deactivated. A call must be
// answered all the same.
func (c *Call) Context() context.Context {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ctx == nil {
		c.ctx, c.cancel = context.WithCancel(c.parent)
		if c.cancelled {
			c.cancel()
		}
	}
	return c.ctx
}

// Cancel ends the call's context. It is for the runtime, on behalf of the
// extension; the session still answers.
func (c *Call) Cancel() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cancelled = true
	if c.cancel != nil {
		c.cancel()
	}
}

// Reply fulfils the call with a value; nil becomes null.
func (c *Call) Reply(result any) { c.finish(result, nil) }

// Fail rejects the call. JavaScript sees an Error with err's text, and with the
// code where err is or wraps an [*Error].
func (c *Call) Fail(err error) { c.finish(nil, err) }

func (c *Call) finish(result any, err error) {
	if c.answered.CompareAndSwap(false, true) {
		c.Cancel()
		c.answer(result, err)
	}
}

// Bind decodes the params into the struct that target points to, by the rules
// of encoding/json. Its error is meant for the extension's author.
func (c *Call) Bind(target any) error {
	text, err := json.Marshal(c.Params)
	if err == nil {
		err = json.Unmarshal(text, target)
	}
	if err != nil {
		return &Error{Code: CodeInvalidData, Message: fmt.Sprintf("%s: params don't fit: %v", c.Method, err)}
	}
	return nil
}
