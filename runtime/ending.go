package runtime

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/dop251/goja"
)

// closeLimit bounds what the sessions may take to close; each has a shorter
// grace of its own, so this is for a session that doesn't keep its promise.
const closeLimit = 5 * time.Second

// fail ends the extension because its code threw while it was loading. It runs
// on the goroutine that owns the VM.
func (e *Extension) fail(err error) {
	if _, panicked := err.(*panicError); panicked {
		e.uncaught(err)
		return
	}
	e.end(Failed, err)
}

// end begins the end of the extension, from any goroutine. Only the first
// request counts. What waits in the queue comes after onDispose has begun, since
// a backlog must not take the time that onDispose has.
func (e *Extension) end(outcome State, err error) {
	e.ending.Do(func() {
		e.mu.Lock()
		e.outcome, e.err, e.cause = outcome, err, faultFailed
		e.limit = time.AfterFunc(e.options.DisposeTimeout, e.overdue)
		e.mu.Unlock()
		e.loop.postUrgent(e.dispose)
	})
}

func (e *Extension) overdue() {
	e.record(slog.LevelWarn, faultDispose, "the extension has not ended in time and is ended without its onDispose", "limit", e.options.DisposeTimeout)
	e.cut()
}

// dispose starts onDispose.
func (e *Extension) dispose() {
	e.become(Disposing)
	if err := e.vm.try(place{what: phaseDispose}, e.bridge.triggerOnDispose); err != nil {
		if !e.vm.dead.Load() {
			e.uncaught(err)
		}
		e.loop.close()
	}
}

// disposed is told by the bridge how onDispose ended, inside a turn.
func (e *Extension) disposed(failure goja.Value) {
	if failure != nil {
		e.uncaught(e.vm.explained(place{what: phaseDispose}, &rejection{reason: failure}))
	}
	e.loop.close()
}

// crash ends an extension whose script doesn't give the thread back. The
// watchdog calls it, from its own goroutine, as often as it sees the script.
func (e *Extension) crash(where place, elapsed time.Duration) {
	message := fmt.Sprintf("the script did not give the thread back for %v and was interrupted", elapsed.Round(100*time.Millisecond))
	e.crashWith(faultTurn, &ScriptError{Extension: e.id, Where: where.String(), Message: message, Text: message})
}

// crashWith ends the extension at once, from any goroutine.
func (e *Extension) crashWith(cause fault, err *ScriptError) {
	if e.condemn(cause, err) {
		e.cut()
	}
}

// crashNext is crashWith for an extension that is between two turns. The next
// one is interrupted as it begins, so that the error tells whose code that
// is; if none comes soon, the extension ends without.
func (e *Extension) crashNext(cause fault, err *ScriptError) {
	if !e.condemn(cause, err) {
		return
	}
	e.vm.doomed.Store(true)
	e.host.spawn(func() {
		select {
		case <-e.done:
		case <-time.After(lastTurn):
			e.cut()
		}
	})
}

// lastTurn is how long the next turn of an extension is waited for that has
// crashed between two turns.
const lastTurn = 100 * time.Millisecond

// condemn notes why the extension crashes, and reports whether that is news.
func (e *Extension) condemn(cause fault, err *ScriptError) bool {
	e.ending.Do(func() {})
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.outcome == Crashed {
		return false
	}
	e.outcome, e.err, e.cause = Crashed, err, cause
	return true
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
// is still in the turn after the grace is written off.
func (e *Extension) reap() {
	again := time.NewTicker(5 * time.Millisecond)
	defer again.Stop()
	last := time.Now().Add(e.options.KillGrace)
	for {
		select {
		case <-e.done:
			return
		case now := <-again.C:
			e.vm.kill()
			if now.After(last) && e.vm.stopwatch.running() {
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
	where, _ := e.vm.stopwatch.turn()
	e.record(slog.LevelError, faultZombie, "a built-in function can't be interrupted; its goroutine is left behind, and keeps a processor busy", "where", where.String())
	e.closeSessions()
	e.announceEnd()
}

// finish ends the extension on the goroutine that owns its VM.
func (e *Extension) finish() {
	e.closeSessions()
	e.bridge.rejectPending()
	e.noteInterrupt()
	e.letGo()
	e.host.buryZombie(e)
	e.announceEnd()
}

// closeSessions ends what the extension owns outside its VM.
func (e *Extension) closeSessions() {
	e.closing.Do(func() {
		e.cancel()
		ctx, cancel := context.WithTimeout(context.Background(), closeLimit)
		defer cancel()
		closed := make(chan struct{})
		go func() {
			defer close(closed)
			e.router.Close(ctx)
		}()
		select {
		case <-closed:
		case <-ctx.Done():
			e.record(slog.LevelError, faultSession, "a session has not closed in time and is left behind", "limit", closeLimit)
		}
	})
}

// noteInterrupt puts the place where a crashed script was interrupted into the
// extension's error.
func (e *Extension) noteInterrupt() {
	e.mu.Lock()
	defer e.mu.Unlock()
	crash, isScript := e.err.(*ScriptError)
	if e.outcome == Crashed && isScript && e.vm.interrupted != nil {
		located := *crash
		located.locate(e.script, e.vm.interrupted.String())
		e.err = &located
	}
}

// letGo drops the VM and all that leads into it. Whoever holds the Extension to
// ask for its error doesn't hold its memory.
func (e *Extension) letGo() {
	e.vm.bury()
	e.bridge.letGo()
	e.loop.timers.clearAll()
	e.timers = jsTimers{}
	e.calls.Store(0)
	e.script, e.console, e.modules, e.held = nil, nil, modules{}, nil
	e.language = language{}
}

// announceEnd tells everybody that the extension is over.
func (e *Extension) announceEnd() {
	e.ended.Do(func() {
		e.host.forget(e)
		e.mu.Lock()
		outcome := e.outcome
		if e.limit != nil {
			e.limit.Stop()
		}
		e.mu.Unlock()
		e.recordEnd(outcome)
		e.become(outcome)
		close(e.done)
	})
}
