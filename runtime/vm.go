package runtime

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync/atomic"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// maxCallStack bounds recursion in JavaScript. Without it, recursion through
// native functions unwinds for minutes before goja gives up.
const maxCallStack = 1000

// A vm is one JavaScript world. Everything but kill belongs to the goroutine
// that made it.
type vm struct {
	js        *goja.Runtime
	stopwatch stopwatch
	rejected  []*goja.Promise // rejected in this turn, and not handled so far
	uncaught  func(where place, err error)
	dead      atomic.Bool
	ending    bool // rejections are no news any more

	interrupted *goja.InterruptedError // how the turn ended that kill cut off
}

// newVM makes a world without globals of ours. What a turn throws, and what it
// leaves rejected, goes to uncaught.
func newVM(dog *watchdog, uncaught func(where place, err error)) *vm {
	v := &vm{js: goja.New(), uncaught: uncaught, stopwatch: stopwatch{dog: dog}}
	v.js.SetMaxCallStackSize(maxCallStack)
	v.js.SetParserOptions(parser.WithDisableSourceMaps)
	v.js.SetPromiseRejectionTracker(v.trackRejection)
	guard.Install(v.js, guard.Limits{})
	return v
}

// turn runs one piece of JavaScript from outside, with the promise reactions
// that it leads to, and reports what it throws. where says in the reports, and
// to the watchdog, what ran. Once the vm is dead nothing runs any more.
func (v *vm) turn(where place, run func() error) {
	if err := v.try(where, run); err != nil && !v.dead.Load() {
		v.uncaught(where, err)
	}
}

// try is turn, except that what run throws is returned.
func (v *vm) try(where place, run func() error) (err error) {
	if v.dead.Load() {
		return errDead
	}
	v.stopwatch.start(where)
	defer v.stopwatch.stop()
	defer func() {
		if reason := recover(); reason != nil {
			err = caught(reason)
		}
	}()
	err = run()
	if interrupted, ok := errors.AsType[*goja.InterruptedError](err); ok {
		v.interrupted = interrupted
	}
	v.reportRejections(where)
	return err
}

// kill ends the vm for good, from any goroutine: the script that runs is
// interrupted and no turn begins any more.
func (v *vm) kill() {
	v.dead.Store(true)
	v.js.Interrupt(errDead)
}

// A place says what a turn runs, such as {"onMessage", "demo_ws_0"}. It is put
// into words only when somebody reads it.
type place struct{ what, of string }

func (p place) String() string {
	if p.of == "" {
		return p.what
	}
	return p.what + " " + p.of
}

// errDead is what a script is interrupted with, and what a turn ends with that
// comes too late.
var errDead = errors.New("the extension has ended")

// caught makes an error of what a turn panicked with. goja's own accessors panic
// with the exceptions of getters, which are the script's and not the host's.
func caught(reason any) error {
	if thrown, ok := reason.(*goja.Exception); ok {
		return thrown
	}
	return &panicError{reason: reason, stack: debug.Stack()}
}

// A panicError is a Go panic that came out of a turn.
type panicError struct {
	reason any
	stack  []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("the host panicked: %v", e.reason) }

func (v *vm) trackRejection(p *goja.Promise, operation goja.PromiseRejectionOperation) {
	if operation == goja.PromiseRejectionReject {
		v.rejected = append(v.rejected, p)
		return
	}
	for i, other := range v.rejected {
		if other == p {
			v.rejected = append(v.rejected[:i], v.rejected[i+1:]...)
			return
		}
	}
}

// reportRejections reports the promises that were rejected in this turn and
// have no handler at its end.
func (v *vm) reportRejections(where place) {
	for len(v.rejected) > 0 && !v.dead.Load() {
		rejected := v.rejected
		v.rejected = nil
		for _, p := range rejected {
			if v.ending {
				continue
			}
			v.uncaught(place{"a promise of", where.String()}, &rejection{p.Result()})
		}
	}
}

// A rejection is the reason of a promise that nobody handled.
type rejection struct{ reason goja.Value }

func (r *rejection) Error() string { return "unhandled rejection" }
