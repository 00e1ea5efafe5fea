package runtime

import (
	"errors"
	"log/slog"

	"github.com/dop251/goja"
)

// run is the life of the extension, on the goroutine that owns its VM.
func (e *Extension) run() {
	e.loop.run(e.quiet)
	e.finish()
}

// quiet reports whether nothing outside can still lead to a task.
func (e *Extension) quiet() bool {
	return e.bridge.unanswered() == 0 && !e.router.Busy()
}

// load runs the top-level code, and onLoad after it.
func (e *Extension) load() {
	e.loadTimer = e.loop.timers.setBackground(e.options.LoadTimeout, func() { e.loop.post(e.loadTimedOut) })
	err := e.vm.try(place{what: topLevel}, e.evaluate)
	switch {
	case err != nil:
		e.fail(err)
	case !e.script.async:
		e.triggerOnLoad()
	}
}

func (e *Extension) loadTimedOut() {
	e.record(slog.LevelWarn, faultLoad, "loading has not ended in time; the extension counts as active without it", "limit", e.options.LoadTimeout)
	e.activate()
}

// topLevel is what reports call the code outside of all functions.
const topLevel = "top-level code"

func (e *Extension) evaluate() error {
	if err := e.installGlobals(); err != nil {
		return err
	}
	end, err := e.runScript(e.script.compiled)
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
		e.fail(e.vm.explained(place{what: topLevel}, &rejection{reason: call.Argument(0)}))
		return goja.Undefined()
	})
	then, ok := goja.AssertFunction(end.ToObject(e.vm.js).Get("then"))
	if !ok {
		return errors.New("promises have no then any more")
	}
	return e.vm.enter(func() error {
		_, err := then(end, fulfilled, rejected)
		return err
	})
}

func (e *Extension) triggerOnLoad() {
	if e.State() >= Disposing {
		return
	}
	if err := e.vm.try(place{what: phaseLoad}, e.bridge.triggerOnLoad); err != nil {
		e.fail(err)
	}
}

// loaded is told by the bridge how onLoad ended, inside a turn.
func (e *Extension) loaded(failure goja.Value) {
	if failure == nil {
		e.loop.post(e.activate)
		return
	}
	if e.vm.ending { // an onLoad that awaited what was called off
		return
	}
	err := e.vm.explained(place{what: phaseLoad}, &rejection{reason: failure})
	if e.State() == Loading {
		e.fail(err)
	} else {
		e.uncaught(err)
	}
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
