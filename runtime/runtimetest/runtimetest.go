// Package runtimetest runs pieces of JavaScript as extensions, on a real host
// with real loops, and records what they write to the console and throw.
package runtimetest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/runtime"
)

// A World is a host that lives as long as a test. Its methods may be called
// from any goroutine, but those that can fail the test only from the test's.
type World struct {
	Host *runtime.Host

	t testing.TB

	mu     sync.Mutex
	lines  []string
	errors []*runtime.ScriptError
	states []string
}

// New starts a host with options, whose console, errors and states the world
// records; what is set of those in options is called as well.
func New(t testing.TB, options runtime.Options) *World {
	t.Helper()
	w := &World{t: t}
	console, uncaught, changed := options.Console, options.Uncaught, options.StateChanged
	options.Console = func(ext *runtime.Extension, level runtime.ConsoleLevel, text string) {
		w.record(level, text)
		if console != nil {
			console(ext, level, text)
		}
	}
	options.Uncaught = func(ext *runtime.Extension, err *runtime.ScriptError) {
		w.recordError(err)
		if uncaught != nil {
			uncaught(ext, err)
		}
	}
	options.StateChanged = func(ext *runtime.Extension, state runtime.State) {
		w.recordState(state)
		if changed != nil {
			changed(ext, state)
		}
	}
	host, err := runtime.NewHost(options)
	if err != nil {
		t.Fatal(err)
	}
	w.Host = host
	t.Cleanup(w.close)
	return w
}

func (w *World) close() {
	if err := w.Host.Close(context.Background()); err != nil {
		w.t.Error(err)
	}
}

// Write puts files, by their slash-separated names, into a new folder and
// returns its path.
func Write(t testing.TB, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, text := range files {
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// Load runs a script as the extension "test" and fails the test if that fails.
func (w *World) Load(script string) *runtime.Extension {
	w.t.Helper()
	ext, err := w.TryLoad(script)
	if err != nil {
		w.t.Fatal(runtime.Describe(err))
	}
	return ext
}

// TryLoad runs a script as the extension "test", from a file test.js.
func (w *World) TryLoad(script string) (*runtime.Extension, error) {
	w.t.Helper()
	folder := Write(w.t, map[string]string{"test.js": script})
	return w.Host.Load(w.t.Context(), filepath.Join(folder, "test.js"))
}

// Run is Load, and then waits until the extension is idle.
func (w *World) Run(script string) *runtime.Extension {
	w.t.Helper()
	ext := w.Load(script)
	w.Idle(ext)
	return ext
}

// Idle waits until an extension is idle.
func (w *World) Idle(ext *runtime.Extension) {
	w.t.Helper()
	if err := ext.WaitIdle(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// Stop stops an extension and fails the test if that fails.
func (w *World) Stop(ext *runtime.Extension) {
	w.t.Helper()
	if err := ext.Stop(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
}

// Lines is what was written to the console so far; what was not written with
// console.log begins with the method's name.
func (w *World) Lines() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.lines)
}

// Output is Lines as one text.
func (w *World) Output() string { return strings.Join(w.Lines(), "\n") }

// Errors is what was thrown and not caught so far.
func (w *World) Errors() []*runtime.ScriptError {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.errors)
}

// States are the changes of state so far, separated by blanks.
func (w *World) States() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return strings.Join(w.states, " ")
}

func (w *World) record(level runtime.ConsoleLevel, text string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if level != runtime.LevelLog {
		text = level.String() + ": " + text
	}
	w.lines = append(w.lines, text)
}

func (w *World) recordError(err *runtime.ScriptError) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.errors = append(w.errors, err)
}

func (w *World) recordState(state runtime.State) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.states = append(w.states, state.String())
}
