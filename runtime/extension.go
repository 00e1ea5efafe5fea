package runtime

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// An Extension is one activation of an extension: its VM, its event loop, its
// sessions. Its methods may be called from any goroutine.
type Extension struct {
	// One goroutine owns the VM. What is not behind mu belongs to that
	// goroutine, or never changes once the extension has been made.

	id      string
	entry   entry
	script  *script
	program string // the script's name, which other goroutines may read
	host    *Host
	options *Options
	log     *slog.Logger
	ctx     context.Context // done when the extension is
	cancel  context.CancelFunc

	loop     *loop
	vm       *vm
	bridge   *bridge
	router   *rpc.Router
	modules  modules
	language language
	console  *console
	timers   jsTimers
	room     chan struct{} // a token for each event of PushEvent that waits
	held     []rpc.Event   // events of the platform that came before activation
	released bool          // held events have been handed over

	loadTimer *timer
	settled   chan struct{} // closed when loading is over
	done      chan struct{} // closed when nothing of the extension is left
	ending    sync.Once     // the first request to end it
	closing   sync.Once     // closing its sessions
	ended     sync.Once     // announcing that it is over

	calls  atomic.Int64 // without an answer
	notify sync.Mutex   // held while a change of state is announced

	mu      sync.Mutex
	state   State
	outcome State // what state will be at the end
	err     error
	cause   fault       // of an end that is one
	limit   *time.Timer // until onDispose must have ended
}

func newExtension(h *Host, e entry, s *script) *Extension {
	ctx, cancel := context.WithCancel(context.Background())
	ext := &Extension{
		id: e.ID, entry: e, script: s, program: s.name, host: h, options: &h.options,
		log: h.options.Logger.With("extension", e.ID),
		ctx: ctx, cancel: cancel, loop: newLoop(),
		room:    make(chan struct{}, h.options.MaxEvents),
		settled: make(chan struct{}), done: make(chan struct{}),
		outcome: Stopped,
	}
	ext.vm = newVM(h.watchdog, ext.explain, ext.uncaught)
	ext.vm.adapt, ext.vm.bigints = ext.adapt, ext.allowBigints
	ext.router = rpc.NewRouter(caller{ext}, h.options.Namespaces)
	ext.bridge = newBridge(ext)
	return ext
}

// ID is the id that the host knows the extension by.
func (e *Extension) ID() string { return e.id }

// Path is the entry file's absolute path.
func (e *Extension) Path() string { return e.entry.File }

// Manifest is the content of the extension's manifest.json, nil without one.
func (e *Extension) Manifest() *Manifest { return e.entry.Manifest }

// State is where the extension is in its life.
func (e *Extension) State() State {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.state
}

// Err says why the extension failed or crashed: a [*ScriptError] where the
// extension's code is to blame. It is nil otherwise.
func (e *Extension) Err() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.err
}

// Done is closed once the extension has ended and nothing of it is left.
func (e *Extension) Done() <-chan struct{} { return e.done }

// WaitActive waits until the extension is active, that is until its top-level
// code and its onLoad callbacks have ended. Where one of them threw, it waits
// for the extension's end and returns a [*ScriptError]; if ctx is done first,
// ctx's error.
func (e *Extension) WaitActive(ctx context.Context) error {
	select {
	case <-e.settled:
	case <-ctx.Done():
		return ctx.Err()
	}
	if e.State() == Active {
		return nil
	}
	select {
	case <-e.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := e.Err(); err != nil {
		return err
	}
	return errEnded(e.id)
}

// WaitIdle waits until nothing can happen in the extension any more unless its
// host does something: no task or timer waits, no call is pending, no session
// is busy. It returns nil then, and when the extension has ended; otherwise
// ctx's error.
func (e *Extension) WaitIdle(ctx context.Context) error {
	select {
	case <-e.loop.whenIdle():
		return nil
	case <-e.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// PushEvent delivers an event of the platform to the extension's handlers. data
// is copied. It waits while Options.MaxEvents of them wait already, at most until
// ctx is done. Events that come before the extension is active are kept for it.
func (e *Extension) PushEvent(ctx context.Context, name string, data any) error {
	data, err := snapshot(data)
	if err != nil {
		return fmt.Errorf("event %s: %w", name, err)
	}
	if e.tryPush(name, data) {
		return nil
	}
	select {
	case e.room <- struct{}{}:
		return e.pushWithRoom(name, data)
	case <-e.ctx.Done():
		return errEnded(e.id)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tryPush delivers an event if it needs not wait for room.
func (e *Extension) tryPush(name string, data any) bool {
	select {
	case e.room <- struct{}{}:
		return e.pushWithRoom(name, data) == nil
	default:
		return false
	}
}

func (e *Extension) pushWithRoom(name string, data any) error {
	if !e.push(rpc.Event{Name: name, Data: data, Delivered: func() { <-e.room }}) {
		return errEnded(e.id)
	}
	return nil
}

// ExecuteCommand runs a command that the extension has registered, with the
// published SDK, and returns what its handler returned. args is copied. It waits
// for the handler, at most until ctx is done; a later answer is nobody's.
func (e *Extension) ExecuteCommand(ctx context.Context, id string, args any) (any, error) {
	args, err := snapshot(args)
	if err != nil {
		return nil, fmt.Errorf("command %s: %w", id, err)
	}
	results := make(chan answer, 1)
	if !e.loop.post(func() { e.bridge.executeCommand(id, args, results) }) {
		return nil, errEnded(e.id)
	}
	select {
	case r := <-results:
		return r.value, r.err
	case <-e.ctx.Done():
		return nil, errEnded(e.id)
	case <-ctx.Done():
		e.loop.post(func() { e.bridge.abandonCommand(results) })
		return nil, ctx.Err()
	}
}

// Stop deactivates the extension: its onDispose callbacks run, then its sockets
// are closed, its timers dropped and its pending calls rejected. When it returns
// nil, no goroutine, socket, timer or callback of the extension is left. It
// waits for that at most Options.DisposeTimeout and the sessions' grace, or
// until ctx is done: then the extension is ended without its onDispose, what it
// still runs is interrupted, and ctx's error is returned. So give it a context
// of its own, rather than the one whose end led here. Stopping an extension that
// has ended does nothing.
func (e *Extension) Stop(ctx context.Context) error {
	e.end(Stopped, nil)
	select {
	case <-e.done:
		return nil
	case <-ctx.Done():
	}
	select {
	case <-e.done: // both: there was nothing left to cut
		return nil
	default:
	}
	e.cut()
	select {
	case <-e.done:
	case <-time.After(e.options.KillGrace):
	}
	return ctx.Err()
}

// push queues an event for JavaScript, from any goroutine.
func (e *Extension) push(event rpc.Event) bool {
	return e.loop.post(func() { e.deliver(event) })
}

func (e *Extension) deliver(event rpc.Event) {
	if event.Connection == "" && !e.released {
		e.held = append(e.held, event)
		return
	}
	if !e.bridge.holds(event) {
		e.handOver(event)
	}
}

// handOver runs the handlers of an event and tells its session.
func (e *Extension) handOver(event rpc.Event) {
	e.bridge.push(event)
	if event.Delivered != nil {
		e.shield("Event.Delivered", event.Delivered)
	}
}

// shield keeps a panic of a session where it belongs.
func (e *Extension) shield(what string, call func()) {
	defer func() {
		if reason := recover(); reason != nil {
			e.record(slog.LevelError, faultSession, "a session panicked", "in", what, "panic", reason, "stack", string(debug.Stack()))
		}
	}()
	call()
}

// caller is the extension as its sessions see it.
type caller struct{ e *Extension }

func (c caller) ExtensionID() string       { return c.e.id }
func (c caller) Push(event rpc.Event) bool { return c.e.push(event) }
func (c caller) Logger() *slog.Logger      { return c.e.log }
