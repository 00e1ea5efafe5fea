// Package rpctest gives namespaces something to be tested against without a VM:
// a [Caller] that records what it is sent, and calls whose answers can be
// waited for. Everything in it may be used from any goroutine.
package rpctest

import (
	"context"
	"io"
	"log/slog"
	"sync"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A Caller records the events pushed to it. Its zero value is not usable.
type Caller struct {
	id     string
	events chan rpc.Event
	logger *slog.Logger

	mu    sync.Mutex
	ended bool
}

// NewCaller returns a caller with an id whose first 4,096 events can be read
// from Events; the next one makes Push panic, so a test can't lose any.
func NewCaller(id string) *Caller {
	return &Caller{id: id, events: make(chan rpc.Event, 4096), logger: slog.New(slog.NewTextHandler(io.Discard, nil))}
}

// LogTo makes Logger write to h from now on. Call it before the caller is used.
func (c *Caller) LogTo(h slog.Handler) { c.logger = slog.New(h) }

// End makes Push refuse from now on, as an extension does that has ended.
func (c *Caller) End() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ended = true
}

// Events yields what was pushed, in order. The test decides when an event
// counts as delivered: by calling its Delivered.
func (c *Caller) Events() <-chan rpc.Event { return c.events }

// ExtensionID implements rpc.Caller.
func (c *Caller) ExtensionID() string { return c.id }

// Logger implements rpc.Caller.
func (c *Caller) Logger() *slog.Logger { return c.logger }

// Push implements rpc.Caller.
func (c *Caller) Push(event rpc.Event) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended {
		return false
	}
	select {
	case c.events <- event:
	default:
		panic("rpctest: more events than anybody reads")
	}
	return true
}

// An Answer is the outcome of a call.
type Answer struct {
	Result any
	Err    error
}

// Do starts a call in session and returns the channel of its only answer.
func Do(ctx context.Context, session rpc.Session, method string, params rpc.Object) <-chan Answer {
	answers := make(chan Answer, 1)
	session.Serve(rpc.NewCall(ctx, method, params, func(result any, err error) {
		answers <- Answer{result, err}
	}))
	return answers
}
