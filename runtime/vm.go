package runtime

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
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
	stack     valueStack
	mould     mould
	texts     longTexts
	rejected  []rejected // in this turn, and not handled so far
	explain   func(where place, err error) error
	adapt     func(code string) string // what eval is to run in the place of code
	bigints   func() error             // why there may be none, if so
	uncaught  func(err error)
	entering  func() error         // what enter is to run
	left      error                // what that has returned
	meet      func(guard.Literals) // before a script runs that has them
	dead      atomic.Bool
	doomed    atomic.Bool // the next turn is the last, and interrupted as it begins
	ending    bool        // rejections are no news any more

	interrupted *goja.InterruptedError // where the turn was that kill cut off first

	mu            sync.Mutex // held to reach interruptible from other goroutines
	interruptible *goja.Runtime
}

// newVM makes a world without globals of ours. explain makes an error for the
// author of what a turn threw; it runs as part of the turn, for it may run the
// author's code. What a turn throws, and what it leaves rejected, goes to
// uncaught, when the turn is over.
func newVM(dog *watchdog, explain func(place, error) error, uncaught func(error)) *vm {
	js := goja.New()
	v := &vm{js: js, explain: explain, uncaught: uncaught, stopwatch: stopwatch{dog: dog}, stack: newValueStack(js), interruptible: js}
	js.SetMaxCallStackSize(maxCallStack + enterFrames)
	js.SetParserOptions(parser.WithDisableSourceMaps)
	js.SetPromiseRejectionTracker(v.trackRejection)
	v.meet = guard.Install(js, guard.Limits{
		Source:  func(code string) string { return v.adapt(code) },
		Lower:   lower,
		Bigints: v.allowBigints,
		Ended:   v.dead.Load,
	})
	v.prepareEnter()
	return v
}

// allowBigints says why there may be no bigints. There are none so far while the
// vm is made.
func (v *vm) allowBigints() error {
	if v.bigints == nil {
		return errNoBigints
	}
	return v.bigints()
}

// turn runs one piece of JavaScript from outside, with the promise reactions
// that it leads to, and reports what it throws. where says in the reports, and
// to the watchdog, what ran. Once the vm is dead nothing runs any more.
func (v *vm) turn(where place, run func() error) {
	if err := v.try(where, run); err != nil && !v.dead.Load() {
		v.uncaught(err)
	}
}

// try is turn, except that what run throws is returned: a [*ScriptError], or a
// [*panicError].
func (v *vm) try(where place, run func() error) error {
	if v.dead.Load() {
		return errDead
	}
	if v.doomed.Load() {
		v.kill()
	}
	rejections, err := v.timed(where, run)
	for _, rejection := range rejections {
		if !v.dead.Load() {
			v.uncaught(rejection)
		}
	}
	return err
}

// timed is the part of a turn that the watchdog looks after: all of it in which
// code of the extension can run.
func (v *vm) timed(where place, run func() error) (rejections []error, err error) {
	v.stopwatch.start(where)
	defer v.stopwatch.stop()
	v.stack.lend()
	defer v.stack.reclaim()
	if err = v.protect(run); err != nil {
		err = v.explained(where, err)
	}
	rejected := v.rejected
	v.rejected = nil
	if v.ending {
		return nil, err
	}
	for i, p := range rejected {
		if i == maxReports {
			return append(rejections, v.explained(where, fmt.Errorf("%d more promises were rejected and not handled", len(rejected)-i))), err
		}
		rejections = append(rejections, v.explained(place{"a promise of", where.String()}, &rejection{p.Result(), p.at}))
	}
	return rejections, err
}

// maxReports is how many unhandled rejections of one turn are told apart.
const maxReports = 20

func (v *vm) explained(where place, cause error) (err error) {
	if failure := v.protect(func() error {
		return v.enter(func() error { err = v.explain(where, cause); return nil })
	}); failure != nil {
		return failure
	}
	return err
}

// protect turns what run panics with into an error. goja's own accessors panic
// with what getters throw and with interrupts, which are the script's and not
// the host's.
func (v *vm) protect(run func() error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = caught(reason)
		}
		// Not errors.As: it unwraps an exception, which runs the script's code.
		if interrupted, ok := err.(*goja.InterruptedError); ok && v.interrupted == nil {
			v.interrupted = interrupted
		}
	}()
	return run()
}

func caught(reason any) error {
	switch reason := reason.(type) {
	case *goja.Exception:
		return reason
	case *goja.InterruptedError:
		return reason
	case *goja.StackOverflowError:
		return reason
	}
	return &panicError{reason: reason, stack: debug.Stack()}
}

// kill ends the vm for good, from any goroutine: the script that runs is
// interrupted and no turn begins any more.
func (v *vm) kill() {
	v.dead.Store(true)
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.interruptible != nil {
		v.interruptible.Interrupt(errDead)
	}
}

// bury lets go of the JavaScript world. Nothing runs in it any more.
func (v *vm) bury() {
	v.dead.Store(true)
	v.stack, v.mould = valueStack{}, mould{}
	v.js, v.rejected, v.interrupted, v.meet = nil, nil, nil, nil
	v.mu.Lock()
	defer v.mu.Unlock()
	v.interruptible = nil
}

// A place says what a turn runs, such as {"message event of", "demo_ws_0"}. It
// is put into words only when somebody reads it.
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

// A panicError is a Go panic that came out of a turn.
type panicError struct {
	reason any
	stack  []byte
}

func (e *panicError) Error() string { return fmt.Sprintf("the host panicked: %v", e.reason) }

// A rejected promise is one that nobody handles so far.
type rejected struct {
	*goja.Promise
	at []goja.StackFrame // where it was rejected, if its reason doesn't know
}

// trackRejection is called within the turn, when a promise without a handler is
// rejected, and when one gets a handler late.
func (v *vm) trackRejection(p *goja.Promise, operation goja.PromiseRejectionOperation) {
	if operation == goja.PromiseRejectionReject {
		r := rejected{Promise: p}
		if !isError(p.Result()) {
			r.at = v.js.CaptureCallStack(shownFrames, nil)
		}
		v.rejected = append(v.rejected, r)
		return
	}
	for i, other := range v.rejected {
		if other.Promise == p {
			v.rejected = append(v.rejected[:i], v.rejected[i+1:]...)
			return
		}
	}
}

// A rejection is the reason of a promise that nobody handled.
type rejection struct {
	reason goja.Value
	at     []goja.StackFrame // where, if the reason doesn't know
}

func (r *rejection) Error() string { return "unhandled rejection" }
