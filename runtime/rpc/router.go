package rpc

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"
)

// A Router hands the calls of one activation to the sessions that serve them.
type Router struct {
	caller   Caller
	sessions []Session
	methods  map[string]Session
}

// NewRouter opens a session of each namespace for caller. Two namespaces that
// offer the same method are an error, found by [CheckNamespaces] beforehand.
func NewRouter(caller Caller, namespaces []Namespace) *Router {
	r := &Router{caller: caller, methods: make(map[string]Session)}
	for _, namespace := range namespaces {
		session := namespace.Open(caller)
		r.sessions = append(r.sessions, session)
		for _, method := range namespace.Methods() {
			r.methods[method] = session
		}
	}
	return r
}

// CheckNamespaces reports the first method that two namespaces offer.
func CheckNamespaces(namespaces []Namespace) error {
	seen := make(map[string]bool)
	for _, namespace := range namespaces {
		for _, method := range namespace.Methods() {
			if seen[method] {
				return fmt.Errorf("two namespaces offer the method %s", method)
			}
			seen[method] = true
		}
	}
	return nil
}

// Methods lists what the namespaces offer, sorted.
func Methods(namespaces []Namespace) []string {
	var all []string
	for _, namespace := range namespaces {
		all = append(all, namespace.Methods()...)
	}
	slices.Sort(all)
	return all
}

// Serve hands the call to its session. It always leads to an answer: a method
// that nobody offers and a panic of the session reject the call.
func (r *Router) Serve(call *Call) {
	session, ok := r.methods[call.Method]
	if !ok {
		call.Fail(&Error{CodeNotAvailable, call.Method + " is not available in this host"})
		return
	}
	defer r.caught(call.Method, func(reason any) {
		call.Fail(&Error{CodeInternal, fmt.Sprintf("%s: the host failed: %v", call.Method, reason)})
	})
	session.Serve(call)
}

// caught is deferred around calls of sessions: a panic is logged, and goes no
// further than to answer.
func (r *Router) caught(in string, answer func(reason any)) {
	if reason := recover(); reason != nil {
		r.caller.Logger().Error("host function panicked", "fault", "session", "in", in, "panic", reason, "stack", string(debug.Stack()))
		answer(reason)
	}
}

// Busy reports whether any session may still push or reply by itself.
func (r *Router) Busy() (busy bool) {
	defer r.caught("Session.Busy", func(any) {})
	return slices.ContainsFunc(r.sessions, Session.Busy)
}

// Connections are those of all sessions. Any goroutine may call it.
func (r *Router) Connections() (all []Connection) {
	defer r.caught("Session.Connections", func(any) {})
	for _, session := range r.sessions {
		if connected, ok := session.(Connected); ok {
			all = append(all, connected.Connections()...)
		}
	}
	return all
}

// Requests are those of all sessions. Any goroutine may call it.
func (r *Router) Requests() (all Requests) {
	defer r.caught("Session.Requests", func(any) {})
	for _, session := range r.sessions {
		if requesting, ok := session.(Requesting); ok {
			all = all.plus(requesting.Requests())
		}
	}
	return all
}

// Close closes all sessions at the same time and waits for them, which they
// promise to be done with once ctx is.
func (r *Router) Close(ctx context.Context) {
	var wg sync.WaitGroup
	for _, session := range r.sessions {
		wg.Go(func() {
			defer r.caught("Session.Close", func(any) {})
			session.Close(ctx)
		})
	}
	wg.Wait()
}
