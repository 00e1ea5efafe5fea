package rpc

import (
	"context"
	"log/slog"
)

// A Namespace is a service of the host that extensions may call. It is shared
// by all extensions of its host; what belongs to one of them is in a [Session].
type Namespace interface {
	// Methods lists the full names of what the sessions serve, such as
	// "network.wsConnect". The list never changes.
	Methods() []string

	// Open starts the session of one activation. It does not block.
	Open(caller Caller) Session
}

// A Session is a [Namespace] as one activation of an extension sees it.
type Session interface {
	// Serve takes one call of one of the namespace's methods and sees to it
	// that the call is answered exactly once, now or later. It runs on the
	// goroutine that owns the extension's VM, so it must not block.
	Serve(call *Call)

	// Busy reports whether the session may still push an event or answer a
	// call by itself, as an open socket does. The extension may be ended for
	// being idle as soon as it says no: what was pushed last should have been
	// delivered. It is asked on the goroutine that owns the VM, after each turn
	// and not in between, so that becoming idle must end in a push or a reply.
	Busy() bool

	// Close ends whatever the session owns and waits for it, at most until ctx
	// is done. No call is served after it. When it has returned, no goroutine
	// of the session is left and nothing more is pushed.
	Close(ctx context.Context)
}

// A Caller is the extension that a session works for.
type Caller interface {
	// ExtensionID is the id that the host knows the extension by.
	ExtensionID() string

	// Push queues an event for the extension's JavaScript and returns at once,
	// from any goroutine. It reports whether the event was queued: once the
	// extension has ended, it is not, and Delivered is not called. How many
	// events may wait at a time is for the session to bound, by Delivered. One
	// that belongs to no connection is kept until the extension is active.
	Push(event Event) bool

	// Logger carries the extension's id. It must not be given header values,
	// user info or queries of URLs.
	Logger() *slog.Logger
}

// An Event is one message of the host to an extension.
type Event struct {
	// Connection is the connectionId of the socket that the event is about, or
	// empty for an event of the platform. It decides between __pushWsEvent and
	// __pushEvent.
	Connection string

	// Name is the event's name, such as "message" or "themeChange".
	Name string

	// Data is what the handlers receive.
	Data any

	// Delivered, unless nil, is called on the goroutine that owns the VM once
	// the handlers have run. It is not called for what an extension leaves
	// undelivered when it ends.
	Delivered func()
}
