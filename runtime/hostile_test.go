package runtime_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestHostileErrors throws values whose conversion to text runs code. It must
// not run, or harm only its own turn.
func TestHostileErrors(t *testing.T) {
	for _, value := range []string{
		`{ toString() { throw 1 } }`,
		`{ toString() { for (;;); } }`,
		`(function f() { const o = { toString: () => f() + "" }; return o })()`,
		`Object.assign(new Error("e"), { toString() { throw 1 } })`,
		`Object.defineProperty(new Error("e"), "stack", { get() { for (;;); } })`,
		`Object.defineProperty(new Error("e"), "message", { get() { throw 1 } })`,
		`new Proxy(new Error("e"), { get() { throw 1 }, getPrototypeOf() { throw 2 } })`,
		`Object.create(null)`,
		`Symbol("s")`,
	} {
		w := runtimetest.New(t, quick)
		if _, err := w.TryLoad("throw " + value); err == nil {
			t.Errorf("%s: loaded", value)
		}
		ext := w.Run(`setTimeout(() => { throw ` + value + ` }, 1); Promise.reject(` + value + `)`)
		if len(w.Errors()) != 2 || ext.State() != runtime.Active {
			t.Errorf("%s: %v, %v", value, w.Errors(), ext.State())
		}
		w.Stop(ext)
	}
}

func TestStackOfAnErrorNamesNoFileOutside(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`const e = new Error("x"); e.stack = "Error: x\n\tat ../../../../../../../../../../etc/passwd:1:1(1)"; throw0(); function throw0() { setTimeout(() => { throw e }, 1) }`)
	if errs := w.Errors(); len(errs) != 1 || strings.Contains(errs[0].Detail(), "root:") {
		t.Errorf("got %v", errs)
	}
}

func TestHostileMessages(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"deep text", `try { sendMessage("rpc", "[".repeat(1e6)) } catch (e) { console.log(e.name, e.message) }`,
			"TypeError sendMessage: data is no JSON text: nested deeper than 5000 levels"},
		{"deep timer id", `let a = []; for (let i = 0; i < 1e5; i++) a = [a]; clearTimeout(a); console.log("alive")`, "alive"},
		{"sparse array", `const a = []; a.length = 2 ** 32 - 1; ` + callAndPrint("{ a }"), "ERR_INVALID_DATA the params of the call are not data: more than 4194304 values"},
		{"one value many times", `let a = [1]; for (let i = 0; i < 40; i++) a = [a, a]; ` + callAndPrint("{ a }"), "ERR_INVALID_DATA the params of the call are not data: more than 4194304 values"},
		{"one text many times", `const s = "x".repeat(2 ** 26); ` + callAndPrint("{ a: [s, s, s, s, s] }"), "ERR_INVALID_DATA the params of the call are not data: more than 268435456 bytes"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, w := newProbe(t, nil)
			w.Run(test.script)
			if w.Output() != test.want || len(w.Errors()) > 0 {
				t.Errorf("got %q, %v", w.Output(), w.Errors())
			}
		})
	}
}

func callAndPrint(params string) string {
	return `require("@srcnexus/ext-sdk").host.call("probe.ask", ` + params + `).catch((e) => console.log(e.code, e.message))`
}

func TestInterruptInAGetterIsNoPanic(t *testing.T) {
	w := runtimetest.New(t, quick)
	ext := w.Load(`Object.defineProperty(globalThis, "__pushEvent", { get() { return (function f() { f() })() } })`)
	if err := ext.PushEvent(t.Context(), "x", nil); err != nil {
		t.Fatal(err)
	}
	w.Idle(ext)
	if errs := w.Errors(); len(errs) != 1 || !strings.HasPrefix(errs[0].Message, "RangeError: maximum call stack") || ext.State() != runtime.Active {
		t.Errorf("got %v, %v", errs, ext.State())
	}
	_, err := runtimetest.New(t, quick).TryLoad(`Promise.prototype.then = 1; await 0`)
	if err == nil || !strings.Contains(err.Error(), "promises have no then any more") {
		t.Errorf("got %v", err)
	}
}

func TestStartAndCloseAtTheSameTime(t *testing.T) {
	path := filepath.Join(runtimetest.Write(t, map[string]string{"x.js": `setInterval(() => {}, 1)`}), "x.js")
	for range 30 {
		host, err := runtime.NewHost(runtime.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var ext *runtime.Extension
		var starting sync.WaitGroup
		starting.Go(func() { ext, _ = host.Start(path, "") })
		if err := host.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		starting.Wait()
		if ext != nil {
			select {
			case <-ext.Done():
			default:
				t.Fatal("an extension runs in a closed host")
			}
		}
	}
}

func TestEndIsBoundedWhateverRunsInIt(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{DisposeTimeout: 200 * time.Millisecond, Namespaces: []rpc.Namespace{&probe{answer: func(*rpc.Call) {}}}})
	ext := w.Load(importSDK + `editor.host.call("probe.ask").catch(() => { editor.host.call("probe.ask").catch(() => {}); for (;;); })`)
	w.Stop(ext)
	if ext.State() != runtime.Stopped {
		t.Errorf("state %v", ext.State())
	}
}

// A stubborn session panics when it is to close.
type stubborn struct{ *probe }

func (s stubborn) Open(rpc.Caller) rpc.Session { return s }

func (stubborn) Close(context.Context) { panic("no") }

func TestSessionThatPanicsAtItsEnd(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{stubborn{&probe{}}}})
	ext := w.Load(`;`)
	w.Stop(ext)
}

func TestOnLoadRunsAfterALongTopLevelAwait(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		w.Run(importSDK + `
			editor.onLoad(() => console.log("onLoad"));
			await new Promise((resolve) => setTimeout(resolve, 60_000));
			console.log("top level is over");
		`)
		compareLines(t, w.Lines(), []string{"top level is over", "onLoad"})
	})
}

func TestDisposeGoesBeforeABacklog(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		release := make(chan struct{})
		w := runtimetest.New(t, runtime.Options{Console: func(_ *runtime.Extension, _ runtime.ConsoleLevel, text string) {
			if text == "first" {
				<-release
			}
		}})
		ext := w.Load(importSDK + `
			let events = 0;
			editor.host.on("work", () => { if (++events === 1) console.log("first") });
			editor.onDispose(() => console.log("disposed after", events));
		`)
		for range 1000 {
			if err := ext.PushEvent(t.Context(), "work", nil); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait() // the first event is being handled
		stopped := make(chan error)
		go func() { stopped <- ext.Stop(t.Context()) }()
		synctest.Wait()
		close(release)
		if err := <-stopped; err != nil {
			t.Fatal(err)
		}
		compareLines(t, w.Lines(), []string{"first", "disposed after 1"})
	})
}

func TestEventDataIsCopied(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	script := importSDK + `editor.host.on("bytes", (d) => { console.log(d[0], d[1].n); d[0] = 99; d[1].n = 99 })`
	folder := runtimetest.Write(t, map[string]string{"a.js": script, "b.js": script})
	for _, name := range []string{"a.js", "b.js"} {
		if _, err := w.Host.Load(t.Context(), filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	data := []any{int64(1), rpc.Object{{Name: "n", Value: []byte{7}}}}
	if err := w.Host.PushEvent(t.Context(), "bytes", data); err != nil {
		t.Fatal(err)
	}
	for _, ext := range w.Host.Extensions() {
		w.Idle(ext)
	}
	compareLines(t, w.Lines(), []string{"1 Uint8Array(1) [ 7 ]", "1 Uint8Array(1) [ 7 ]"})
	if err := w.Host.PushEvent(t.Context(), "x", make(chan int)); err == nil {
		t.Error("a channel was accepted as data")
	}
}

func TestFullExtensionCostsOthersNoEvent(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{MaxEvents: 1})
	// Of these two, the first can't take a second event before it is active.
	folder := runtimetest.Write(t, map[string]string{
		"a.js": importSDK + `editor.onLoad(() => new Promise(() => {}))`,
		"b.js": importSDK + `editor.host.on("e", (n) => console.log(n))`,
	})
	full, err := w.Host.Start(filepath.Join(folder, "a.js"), "")
	if err != nil {
		t.Fatal(err)
	}
	idle, err := w.Host.Load(t.Context(), filepath.Join(folder, "b.js"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for n := range 2 {
		err = w.Host.PushEvent(ctx, "e", n)
		w.Idle(idle)
	}
	if !errors.Is(err, context.Canceled) || w.Output() != "0\n1" || full.State() != runtime.Loading {
		t.Errorf("err %v, output %q", err, w.Output())
	}
}
