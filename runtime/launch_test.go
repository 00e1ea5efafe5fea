package runtime_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/dlclark/regexp2/v2"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestStartAll starts several extensions, some of which can't be.
func TestStartAll(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	folder := runtimetest.Write(t, map[string]string{
		"a.ts":                 `console.log("a" as string)`,
		"broken.js":            `console.log("broken"`,
		"b.js":                 `console.log("b")`,
		"again/a.js":           `console.log("again")`,
		"throws.js":            `throw new Error("x")`,
		"same/1/manifest.json": `{"id": "same", "name": "x", "version": "1.0.0", "main": "m.js"}`,
		"same/1/m.js":          `this is no JavaScript`,
		"same/2/manifest.json": `{"id": "same", "name": "x", "version": "1.0.0", "main": "m.js"}`,
		"same/2/m.js":          `console.log("same 2")`,
	})
	var paths []string
	for _, name := range []string{"a.ts", "broken.js", "gone.js", "b.js", "again/a.js", "throws.js", "same/1", "same/2"} {
		paths = append(paths, filepath.Join(folder, filepath.FromSlash(name)))
	}
	wants := []string{
		"a", "broken.js:1:21: Expected \")\" but found end of file", "there is no such file", "b",
		"extension id a is taken", "throws", "m.js:1:", "extension id same is taken",
	}
	for i, started := range w.Host.StartAll(paths...) {
		got := fmt.Sprint(started.Err)
		if started.Extension != nil {
			got = started.Extension.ID()
		}
		if started.Path != paths[i] || (started.Extension == nil) != (started.Err != nil) || !strings.Contains(got, wants[i]) {
			t.Errorf("%s: got %q, want %q", started.Path, got, wants[i])
		}
	}
	for _, ext := range w.Host.Extensions() {
		w.Idle(ext)
	}
	lines := w.Lines()
	slices.Sort(lines)
	if got := strings.Join(lines, " "); got != "a b" {
		t.Errorf("said %q", got)
	}
	// What failed has given its id back.
	if ext, err := w.Host.Start(paths[7], ""); err != nil {
		t.Error(err)
	} else {
		w.Idle(ext)
	}
}

func TestStartAllOfNothing(t *testing.T) {
	if got := runtimetest.New(t, runtime.Options{}).Host.StartAll(); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}

func TestStartAllInAClosedHost(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	path := filepath.Join(runtimetest.Write(t, map[string]string{"a.js": "1"}), "a.js")
	if err := w.Host.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	started := w.Host.StartAll(path)
	if len(started) != 1 || started[0].Err == nil || started[0].Err.Error() != "extension a: the host is closed" {
		t.Errorf("got %+v", started)
	}
}

// shared is a script with all that a compiled program could keep for itself.
const shared = `
const tag = (parts, ...values) => { parts.seen = (parts.seen ?? 0) + 1; return parts.raw.join("|") + values };
class Counter { #n = 0; static made = 0; constructor() { Counter.made++ } add() { return ++this.#n } }
function* numbers() { for (let i = 0; i < 3; i++) yield i }
const once = () => tag` + "`a${1}b`" + `;
const found = [];
for (const n of numbers()) {
	const counter = new Counter(); counter.add();
	found.push(/(?<word>\w+) n/giu.exec("an n").groups.word, counter.add(), once(), Counter.made);
}
console.log(JSON.stringify(found));
const fail = () => { throw new Error(location) };
setTimeout(() => fail());
`

// TestSameCodeSeveralTimes has many extensions run one program at the same time.
func TestSameCodeSeveralTimes(t *testing.T) {
	defer regexp2.StopTimeoutClock() // runs for regular expressions with names
	w := runtimetest.New(t, runtime.Options{})
	var paths []string
	for i := range 16 {
		name := fmt.Sprintf("x%d.js", i)
		folder := runtimetest.Write(t, map[string]string{"lib.js": shared, name: `import "./lib"`})
		paths = append(paths, filepath.Join(folder, name))
	}
	for _, started := range w.Host.StartAll(paths...) {
		if started.Err != nil {
			t.Fatal(started.Err)
		}
		w.Idle(started.Extension)
	}
	for _, line := range w.Lines() {
		if want := `["an",2,"a|b1",1,"an",2,"a|b1",2,"an",2,"a|b1",3]`; line != want {
			t.Errorf("got  %s\nwant %s", line, want)
		}
	}
	ids := make(map[string]bool)
	for _, err := range w.Errors() {
		ids[err.Extension] = true
		if len(err.Frames) < 1 || err.Frames[0].String() != "lib.js:12:38" || !strings.Contains(err.Detail(), "throw new Error(location)") {
			t.Errorf("the error is not where it was thrown: %s", err.Detail())
		}
	}
	if len(w.Lines()) != 16 || len(ids) != 16 {
		t.Errorf("%d have spoken, %d have thrown", len(w.Lines()), len(ids))
	}
}

// TestCacheDir starts an extension twice, with the cache of the first time.
func TestCacheDir(t *testing.T) {
	path := filepath.Join(runtimetest.Write(t, map[string]string{
		"main.ts": "const x: number = 1;\nsetTimeout(() => { throw new Error(`x is ${x}`) });\nawait null;",
	}), "main.ts")
	cache := filepath.Join(t.TempDir(), "cache")
	for _, want := range []string{"bundle made and kept", "bundle taken from the cache"} {
		var log bytes.Buffer
		w := runtimetest.New(t, runtime.Options{CacheDir: cache, Logger: slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		ext, err := w.Host.Start(path, "x")
		if err != nil {
			t.Fatal(err)
		}
		w.Idle(ext)
		w.Stop(ext)
		if errs := w.Errors(); len(errs) != 1 || errs[0].Error() != "main.ts:2:26: Error: x is 1 (in a setTimeout callback)" {
			t.Errorf("got %v", errs)
		}
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log lacks %q:\n%s", want, log.String())
		}
	}
}

// TestCacheDirThatCannotBe is not worth more than one line.
func TestCacheDirThatCannotBe(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{"a.js": "console.log(1)", "b.js": "console.log(1)"})
	var log bytes.Buffer
	w := runtimetest.New(t, runtime.Options{CacheDir: filepath.Join(folder, "a.js", "cache"), Logger: slog.New(slog.NewTextHandler(&log, nil))})
	for _, started := range w.Host.StartAll(filepath.Join(folder, "a.js"), filepath.Join(folder, "b.js")) {
		if started.Err != nil {
			t.Fatal(started.Err)
		}
		w.Idle(started.Extension)
		w.Stop(started.Extension)
	}
	if got := strings.Count(log.String(), "bundles can't be kept"); got != 1 || w.Output() != "1\n1" {
		t.Errorf("said %d times, output %q:\n%s", got, w.Output(), log.String())
	}
}
