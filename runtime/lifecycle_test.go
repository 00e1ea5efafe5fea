package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	goruntime "runtime"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

const importSDK = `import editor from "@srcnexus/ext-sdk"; `

func TestLifeOfAnExtension(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Load(importSDK + `
		console.log("top");
		editor.onLoad(async () => { console.log("load 1"); await null; console.log("load 1 ended") });
		editor.onLoad(() => console.log("load 2"));
		editor.onDispose(async () => { console.log("dispose 1"); await null; console.log("dispose 1 ended") });
		editor.onDispose(() => console.log("dispose 2"));
	`)
	if ext.State() != runtime.Active || ext.ID() != "test" || ext.Manifest() != nil {
		t.Errorf("state %v, id %q, manifest %v", ext.State(), ext.ID(), ext.Manifest())
	}
	w.Stop(ext)
	w.Stop(ext) // does nothing
	want := "top\nload 1\nload 1 ended\nload 2\ndispose 1\ndispose 1 ended\ndispose 2"
	if w.Output() != want || w.States() != "active disposing stopped" || ext.Err() != nil || len(w.Host.Extensions()) != 0 {
		t.Errorf("got %q, states %s, err %v", w.Output(), w.States(), ext.Err())
	}
}

func TestFailedActivation(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"top level", "\n  throw new RangeError('a')", "test.js:2:9: RangeError: a (in top-level code)"},
		{"after a top-level await", "await null;\nthrow new RangeError('a')", "test.js:2:7: RangeError: a (in top-level code)"},
		{"no error object", "throw 'a string'", "test.js:1:1: thrown: 'a string' (in top-level code)"},
		{"onLoad throws", importSDK + "editor.onLoad(() => {\nnull.x })", "test.js:2:6: TypeError: Cannot read property 'x' of undefined or null (in onLoad)"},
		{"onLoad rejects", importSDK + "editor.onLoad(async () => { await null;\nthrow new Error('late') })", "test.js:2:7: Error: late (in onLoad)"},
		{"onLoad rejects with nothing", importSDK + "editor.onLoad(() => Promise.reject())", "Error: onLoad callback threw undefined (in onLoad)"},
		{"endless recursion", "function f() { f() } f()", "test.js:1:16: RangeError: maximum call stack size exceeded (1000 calls) (in top-level code)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			_, err := w.TryLoad(test.script)
			failure, ok := errors.AsType[*runtime.ScriptError](err)
			if !ok || failure.Error() != test.want || w.States() != "disposing failed" || len(w.Errors()) != 0 {
				t.Errorf("got %v, states %s, uncaught %v, want %s", err, w.States(), w.Errors(), test.want)
			}
			if w.Host.Extension("test") != nil {
				t.Error("the host still has the extension")
			}
		})
	}
}

func TestFailedActivationIsCleanedUp(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.TryLoad(importSDK + `
		editor.onDispose(() => console.log("disposed"));
		setTimeout(() => console.log("never"), 60_000);
		editor.onLoad(() => { throw new Error("no") });
	`)
	if err == nil || w.Output() != "disposed" {
		t.Errorf("err %v, output %q", err, w.Output())
	}
	observed.Note(t, fmt.Sprintf("%v; its onDispose wrote %q", err, w.Output()))
}

func TestErrorHasCodeFrameAndCause(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.TryLoad("// a comment\nfunction connect() {\n\tthrow new Error('outer', { cause: new TypeError('inner') });\n}\nconnect();\n")
	want := `test.js:3:8 (in top-level code)
  1 | // a comment
  2 | function connect() {
> 3 | 	throw new Error('outer', { cause: new TypeError('inner') });
    | 	      ^
Error: outer
    at connect (test.js:3:8)
    at test.js:5:1 {
  [cause]: TypeError: inner
      at connect (test.js:3:36)
      at test.js:5:1
}`
	if got := runtime.Describe(err); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestLoadTimeout(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		begun := time.Now()
		w := runtimetest.New(t, runtime.Options{})
		ext := w.Load(importSDK + `
			editor.onLoad(() => new Promise((resolve, reject) => setTimeout(reject, 40_000, new Error("too late"))));
		`)
		took := time.Since(begun)
		if took != 30*time.Second || ext.State() != runtime.Active {
			t.Errorf("after %v the state is %v", took, ext.State())
		}
		w.Idle(ext)
		if len(w.Errors()) != 1 || w.Errors()[0].Where != "onLoad" || ext.State() != runtime.Active {
			t.Errorf("uncaught %v, state %v", w.Errors(), ext.State())
		}
		observed.Note(t, fmt.Sprintf("%v after %v; what it throws later is reported: %v", ext.State(), took, w.Errors()))
	})
}

func TestIdleWhileLoading(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	folder := runtimetest.Write(t, map[string]string{"x.js": importSDK + `editor.onLoad(() => new Promise(() => {}))`})
	ext, err := w.Host.Start(filepath.Join(folder, "x.js"), "")
	if err != nil {
		t.Fatal(err)
	}
	w.Idle(ext) // nothing can end this onLoad
	if ext.State() != runtime.Loading {
		t.Errorf("state %v", ext.State())
	}
}

func TestDisposeTimeout(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		ext := w.Load(importSDK + `editor.onDispose(() => new Promise(() => {}))`)
		begun := time.Now()
		w.Stop(ext)
		took := time.Since(begun)
		if took != 5*time.Second || ext.State() != runtime.Stopped {
			t.Errorf("stopped after %v as %v", took, ext.State())
		}
		observed.Note(t, fmt.Sprintf("%v after %v", ext.State(), took))
	})
}

func TestDisposeErrorsAreReportedOnce(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Load(importSDK + `
		editor.onDispose(() => { throw new Error("first") });
		editor.onDispose(() => console.log("runs all the same"));
	`)
	w.Stop(ext)
	if len(w.Errors()) != 1 || w.Errors()[0].Where != "onDispose" || w.Output() != "runs all the same" {
		t.Errorf("uncaught %v, output %q", w.Errors(), w.Output())
	}
	observed.Note(t, fmt.Sprintf("reported %v; the next wrote %q", w.Errors(), w.Output()))
}

func TestStopWhileLoading(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	folder := runtimetest.Write(t, map[string]string{"x.js": importSDK + `editor.onLoad(() => new Promise(() => {})); editor.onDispose(() => console.log("bye"))`})
	ext, err := w.Host.Start(filepath.Join(folder, "x.js"), "")
	if err != nil {
		t.Fatal(err)
	}
	w.Idle(ext)
	w.Stop(ext)
	if err := ext.WaitActive(t.Context()); err == nil || w.States() != "disposing stopped" || w.Output() != "bye" {
		t.Errorf("err %v, states %s, output %q", err, w.States(), w.Output())
	}
}

func TestStopOfAPendingOnLoadIsNoError(t *testing.T) {
	_, w := newProbe(t, func(*rpc.Call) {})
	folder := runtimetest.Write(t, map[string]string{"x.js": importSDK + `editor.onLoad(async () => { console.log("asking"); await editor.host.call("probe.ask") })`})
	ext, err := w.Host.Start(filepath.Join(folder, "x.js"), "")
	if err != nil {
		t.Fatal(err)
	}
	for w.Output() == "" {
		goruntime.Gosched()
	}
	w.Stop(ext)
	if len(w.Errors()) > 0 || ext.Err() != nil {
		t.Errorf("uncaught %v, err %v", w.Errors(), ext.Err())
	}
}

func TestNothingRunsAfterStop(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		ext := w.Load(`setInterval(() => console.log("tick"), 1000); setImmediate(function again() { setImmediate(again) })`)
		w.Stop(ext)
		before := len(w.Lines())
		<-time.After(time.Minute)
		if len(w.Lines()) != before {
			t.Errorf("a timer fired after Stop: %q", w.Lines()[before:])
		}
		if err := ext.PushEvent(t.Context(), "x", nil); err == nil || !strings.Contains(err.Error(), "test has ended") {
			t.Errorf("an event was accepted: %v", err)
		}
		if _, err := ext.ExecuteCommand(t.Context(), "x", nil); err == nil {
			t.Error("a command was accepted")
		}
	})
}

func TestStopWithContext(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Load(importSDK + `editor.onDispose(() => new Promise(() => {}))`)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ext.Stop(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-ext.Done()
	if err := ext.Stop(ctx); err != nil {
		t.Errorf("stopping what has ended: %v", err)
	}
}

func TestDuplicateID(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	first := w.Load(`;`)
	_, err := w.TryLoad(`;`)
	if err == nil || !strings.Contains(err.Error(), "extension id test is taken: "+first.Path()) {
		t.Errorf("got %v", err)
	}
	w.Stop(first)
	w.Load(`;`)
}

func TestUnhandledRejections(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`
		Promise.reject(new Error("nobody"));
		const handled = Promise.reject(new Error("somebody"));
		handled.catch(() => {});
		Promise.reject(5);
	`)
	if errs := w.Errors(); len(errs) != 2 || errs[0].Message != "Error: nobody" || errs[1].Message != "thrown: 5" {
		t.Errorf("got %v", errs)
	}
	observed.Note(t, fmt.Sprintf("reported %v", w.Errors()))
}
