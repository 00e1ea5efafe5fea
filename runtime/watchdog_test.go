package runtime_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"path/filepath"
	"regexp"
	goruntime "runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// quick are limits that let a test end soon.
var quick = runtime.Options{TurnWarning: 20 * time.Millisecond, TurnLimit: 200 * time.Millisecond, KillGrace: 5 * time.Second}

func TestStuckScriptsAreInterrupted(t *testing.T) {
	tests := []struct{ name, body string }{
		{"loop", `let n = 0; while (true) n++`},
		{"loop that catches", `let n = 0; while (true) { try { while (true) n++ } catch {} }`},
		{"loop in finally", `let n = 0; try { while (true) n++ } finally { while (true) n++ }`},
		{"promises", `const again = () => Promise.resolve().then(again); again()`},
		{"async function", `(async () => { while (true) await null })()`},
		{"generator", `for (const x of (function* () { while (true) yield 1 })()) ;`},
		{"comparator", `[3, 2, 1].sort(() => { while (true) {} })`},
		{"getter", `const o = { get x() { while (true) {} } }; o.x`},
	}
	ends := make(map[string]bool)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, quick)
			ext := w.Load(`setTimeout(function stuck() {` + "\n" + test.body + "\n" + `}, 1)`)
			<-ext.Done()
			crash, ok := errors.AsType[*runtime.ScriptError](ext.Err())
			if ext.State() != runtime.Crashed || !ok || crash.Where != "a setTimeout callback" {
				t.Fatalf("state %v, err %v", ext.State(), ext.Err())
			}
			if len(crash.Frames) == 0 || crash.Frames[0].File != "test.js" || crash.Frames[0].Line != 2 {
				t.Errorf("the error doesn't name the line: %v", crash.Detail())
			}
			if w.Host.Zombies() != 0 || len(w.Errors()) != 0 {
				t.Errorf("zombies %d, uncaught %v", w.Host.Zombies(), w.Errors())
			}
			ends[fmt.Sprintf("%v, in %s at line %d", ext.State(), crash.Where, crash.Frames[0].Line)] = true
		})
	}
	observed.Note(t, "each: "+strings.Join(slices.Sorted(maps.Keys(ends)), ", "))
}

func TestStuckScriptIsLoggedWithItsPlace(t *testing.T) {
	var log lockedBuffer
	options := quick
	options.TurnLimit = 2 * time.Second
	options.Logger = slog.New(slog.NewTextHandler(&log, nil))
	w := runtimetest.New(t, options)
	ext := w.Load("function spin(n) {\n\twhile (true) n++;\n}\nsetTimeout(() => spin(), 1)")
	<-ext.Done()
	for _, want := range []string{"level=WARN", "extension=test", `where="a setTimeout callback"`, "at spin (line 2), at <anonymous> (line 4)"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, log.String())
		}
	}
	_, record, _ := strings.Cut(log.String(), "level=")
	record, _, _ = strings.Cut(record, "\n")
	observed.Note(t, "level="+regexp.MustCompile(`for=\S+ `).ReplaceAllString(record, ""))
}

func TestStuckExtensionDoesNotDisturbOthers(t *testing.T) {
	w := runtimetest.New(t, quick)
	stuck := w.Load(`setTimeout(() => { while (true) {} }, 1)`)
	folder := runtimetest.Write(t, map[string]string{"other.js": `let n = 0; const id = setInterval(() => { if (++n === 20) { clearInterval(id); console.log("done") } }, 1)`})
	other, err := w.Host.Load(t.Context(), folder+"/other.js")
	if err != nil {
		t.Fatal(err)
	}
	w.Idle(other)
	if w.Output() != "done" || stuck.State() != runtime.Active {
		t.Errorf("output %q, stuck is %v", w.Output(), stuck.State())
	}
	<-stuck.Done()
	if other.State() != runtime.Active {
		t.Errorf("the other is %v", other.State())
	}
	observed.Note(t, fmt.Sprintf("the other wrote %q meanwhile, and is %v when the stuck one is %v", w.Output(), other.State(), stuck.State()))
}

func TestStuckWhileLoadingAndDisposing(t *testing.T) {
	w := runtimetest.New(t, quick)
	if _, err := w.TryLoad("let n = 0;\nwhile (true) n++"); err == nil || !strings.HasPrefix(err.Error(), "test.js:2:") {
		t.Errorf("loading: %v", err)
	}
	ext := w.Load(importSDK + `editor.onDispose(() => { while (true) {} })`)
	w.Stop(ext)
	if ext.State() != runtime.Crashed {
		t.Errorf("disposing: %v", ext.State())
	}
}

func TestWatchdogWakesUpAgain(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		ext := w.Load(`setTimeout(() => console.log("an hour later"), 3600_000)`)
		w.Idle(ext)
		if w.Output() != "an hour later" {
			t.Error(w.Output())
		}
	})
}

// A lockedBuffer may be written to and read at the same time.
type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// TestWarningsOfExtensionsThatHaveEnded has several extensions stuck at a time:
// they are looked at one after the other, the last of them when it is gone.
func TestWarningsOfExtensionsThatHaveEnded(t *testing.T) {
	var log lockedBuffer
	const count = 6
	stuck, release := make(chan struct{}, count), make(chan struct{})
	w := runtimetest.New(t, runtime.Options{
		TurnWarning: 20 * time.Millisecond,
		Logger:      slog.New(slog.NewTextHandler(&log, nil)),
		Namespaces: []rpc.Namespace{&probe{answer: func(call *rpc.Call) {
			stuck <- struct{}{}
			<-release
			call.Reply(nil)
		}}},
	})
	path := filepath.Join(runtimetest.Write(t, map[string]string{"stuck.js": importSDK + `editor.host.call("probe.ask")`}), "stuck.js")
	var all []*runtime.Extension
	for n := range count {
		ext, err := w.Host.Start(path, fmt.Sprint("stuck-", n))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, ext)
		<-stuck
	}
	for !strings.Contains(log.String(), "has not given the thread back") { // the first, which took a while
		goruntime.Gosched()
	}
	close(release)
	for _, ext := range all {
		w.Stop(ext)
	}
	if err := w.Host.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if !strings.Contains(log.String(), "stack=\"unknown: it has given the thread back meanwhile\"") {
		t.Errorf("the log is\n%s", log.String())
	}
}
