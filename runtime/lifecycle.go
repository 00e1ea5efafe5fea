package runtime

import (
	"context"
	"fmt"
	"time"

	"github.com/dop251/goja"
)

// closeLimit bounds what the sessions may take to close; each has a shorter
// grace of its own, so this is for a session that doesn't keep its promise.
const closeLimit = 5 * time.Second

// run is the life of the extension, on the goroutine that owns its VM.
func (e *Extension) run() {
	e.loop.run(e.quiet)
	e.finish()
}

// quiet reports whether nothing outside can still lead to a task.
func (e *Extension) quiet() bool {
	return len(e.bridge.pending) == 0 && !e.router.Busy()
}

// load runs the top-level code, and onLoad after it.
func (e *Extension) load() {
	e.loadTimer = e.loop.timers.setBackground(e.options.LoadTimeout, func() { e.loop.post(e.loadTimedOut) })
	err := e.vm.try(place{what: topLevel}, e.evaluate)
	switch {
	case err != nil:
		e.fail(topLevel, err)
	case !e.script.async:
		e.triggerOnLoad()
	}
}

func (e *Extension) loadTimedOut() {
	e.log.Warn("loading has not ended in time; the extension counts as active without it", "limit", e.options.LoadTimeout)
	e.activate()
}

// topLevel is what reports call the code outside of all functions.
const topLevel = "top-level code"

func (e *Extension) evaluate() error {
	if err := e.installGlobals(); err != nil {
		return err
	}
	end, err := e.vm.js.RunProgram(e.script.program)
	if err != nil || !e.script.async {
		return err
	}
	return e.awaitTopLevel(end)
}

// awaitTopLevel goes on to onLoad when the promise of top-level code with an
// await is fulfilled.
func (e *Extension) awaitTopLevel(end goja.Value) error {
	fulfilled := e.native("fulfilled", func(goja.FunctionCall) goja.Value {
		e.loop.post(e.triggerOnLoad)
		return goja.Undefined()
	})
	rejected := e.native("rejected", func(call goja.FunctionCall) goja.Value {
		e.fail(topLevel, &rejection{call.Argument(0)})
		return goja.Undefined()
	})
	then, _ := goja.AssertFunction(end.ToObject(e.vm.js).Get("then"))
	_, err := then(end, fulfilled, rejected)
	return err
}

func (e *Extension) triggerOnLoad() {
	if e.State() != Loading {
		return
	}
	if err := e.vm.try(place{what: phaseLoad}, e.bridge.triggerOnLoad); err != nil {
		e.fail(phaseLoad, err)
	}
}

// loaded is told by the bridge how onLoad ended, inside a turn.
func (e *Extension) loaded(failure goja.Value) {
	if failure != nil {
		err := e.scriptError(phaseLoad, &rejection{failure})
		if e.State() == Loading {
			e.fail(phaseLoad, err)
		} else {
			e.options.Uncaught(e, err)
		}
		return
	}
	e.loop.post(e.activate)
}

// activate makes the extension active and hands over the events it has missed.
func (e *Extension) activate() {
	e.loop.timers.clear(e.loadTimer)
	if e.released || !e.become(Active) {
		return
	}
	e.released = true
	held := e.held
	e.held = nil
	for _, event := range held {
		e.deliver(event)
	}
}

func (e *Extension) fail(where string, err error) {
	e.end(Failed, e.scriptError(where, err))
}

// end begins the end of the extension, from any goroutine. Only the first
// request counts.
func (e *Extension) end(outcome State, err error) {
	e.ending.Do(func() {
		e.mu.Lock()
		e.outcome, e.err = outcome, err
		e.mu.Unlock()
		e.loop.post(e.dispose)
		timer := time.AfterFunc(e.options.DisposeTimeout, func() {
			e.log.Warn("onDispose has not ended in time; the extension is ended without it", "limit", e.options.DisposeTimeout)
			e.cut()
		})
		context.AfterFunc(e.ctx, func() { timer.Stop() })
	})
}

// dispose starts onDispose.
func (e *Extension) dispose() {
	e.become(Disposing)
	if err := e.vm.try(place{what: phaseDispose}, e.bridge.triggerOnDispose); err != nil {
		e.uncaught(place{what: phaseDispose}, err)
		e.loop.close()
	}
}

// disposed is told by the bridge how onDispose ended, inside a turn.
func (e *Extension) disposed(failure goja.Value) {
	if failure != nil {
		e.uncaught(place{what: phaseDispose}, &rejection{failure})
	}
	e.loop.close()
}

// crash ends an extension whose script doesn't give the thread back. The
// watchdog calls it, from its own goroutine, as often as it sees the script.
func (e *Extension) crash(where place, elapsed time.Duration) {
	message := stuckMessage(elapsed)
	e.crashWith(&ScriptError{Extension: e.id, Where: where.String(), Message: message, Text: message})
}

// crashWith ends the extension at once, from any goroutine.
func (e *Extension) crashWith(err *ScriptError) {
	e.ending.Do(func() {})
	e.mu.Lock()
	first := e.outcome != Crashed
	if first {
		e.outcome, e.err = Crashed, err
	}
	e.mu.Unlock()
	if first {
		e.cut()
	}
}

func stuckMessage(elapsed time.Duration) string {
	return fmt.Sprintf("the script did not give the thread back for %v and was interrupted", elapsed.Round(100*time.Millisecond))
}

// cut ends the extension without asking it, from any goroutine: no turn begins
// any more, and the one that runs is interrupted until it ends.
func (e *Extension) cut() {
	e.loop.close()
	e.vm.kill()
	e.host.spawn(e.reap)
}

// reap interrupts the turn that runs again and again, since an error that
// JavaScript can't catch clears the interrupt on its way out. A goroutine that
// has not come back after the grace is written off.
func (e *Extension) reap() {
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	grace := time.NewTimer(e.options.KillGrace)
	defer grace.Stop()
	for {
		select {
		case <-e.done:
			return
		case <-again.C:
			e.vm.kill()
		case <-grace.C:
			if e.vm.stopwatch.running() {
				e.writeOff()
				return
			}
		}
	}
}

// writeOff ends the extension without the goroutine that owns its VM, which is
// stuck where no interrupt reaches it.
func (e *Extension) writeOff() {
	e.host.addZombie(e)
	e.tearDown()
	e.markDone()
}

// finish ends the extension on the goroutine that owns its VM.
func (e *Extension) finish() {
	e.noteInterrupt()
	e.tearDown()
	e.host.buryZombie(e)
	e.markDone()
}

// noteInterrupt puts the place where a crashed script was interrupted into the
// extension's error.
func (e *Extension) noteInterrupt() {
	e.mu.Lock()
	defer e.mu.Unlock()
	crash, isScript := e.err.(*ScriptError)
	if e.outcome == Crashed && isScript && e.vm.interrupted != nil {
		located := *crash
		located.locate(e.script, stackFrames(e.vm.interrupted.String()))
		e.err = &located
	}
}

// tearDown closes what the extension owns and announces its end.
func (e *Extension) tearDown() {
	e.finishing.Do(func() {
		e.cancel()
		ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
		defer cancel()
		e.router.Close(ctx)
		e.bridge.rejectPending()
		e.vm.dead.Store(true)
		e.host.forget(e)
		e.mu.Lock()
		outcome := e.outcome
		e.mu.Unlock()
		e.become(outcome)
	})
}

func (e *Extension) markDone() {
	e.ended.Do(func() { close(e.done) })
}

// become changes the state and tells the host. A state once left does not come
// back: it reports whether the change was one.
func (e *Extension) become(next State) bool {
	e.notify.Lock() // keeps the announcements in order
	defer e.notify.Unlock()
	e.mu.Lock()
	forward := next > e.state
	if forward {
		if e.state == Loading {
			close(e.settled)
		}
		e.state = next
	}
	e.mu.Unlock()
	if forward {
		e.options.StateChanged(e, next)
	}
	return forward
}
