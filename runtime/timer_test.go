package runtime_test

import (
	"testing"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

func TestTimers(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"same delay in order of setting", `for (const n of [1, 2, 3]) setTimeout(() => console.log(n), 5)`, "1\n2\n3"},
		{"by delay", `setTimeout(console.log, 20, "b"); setTimeout(console.log, 10, "a")`, "a\nb"},
		{"extra arguments", `setTimeout((...all) => console.log(all), 1, "x", 2)`, "[ 'x', 2 ]"},
		{"no delay, bad delay", `setTimeout(() => console.log("a")); setTimeout(() => console.log("b"), NaN); setTimeout(() => console.log("c"), -1); setTimeout(() => console.log("d"), 2 ** 31)`, "a\nb\nc\nd"},
		{"ids are numbers and differ", `const a = setTimeout(() => {}), b = setInterval(() => {}), c = setImmediate(() => {}); console.log(typeof a, a !== b && b !== c && a !== c); clearInterval(b)`, "number true"},
		{"cleared", `const id = setTimeout(() => console.log("no"), 1); clearTimeout(id); clearTimeout(id)`, ""},
		{"cleared by another that is due", `let b; setTimeout(() => clearTimeout(b), 5); b = setTimeout(() => console.log("no"), 5)`, ""},
		{"any clear for any timer", `clearTimeout(setInterval(() => console.log("no"), 1)); clearInterval(setTimeout(() => console.log("no"), 1)); clearTimeout(setImmediate(() => console.log("no")))`, ""},
		{"bad ids are ignored", `for (const id of [undefined, null, -1, 1e9, "x", {}, NaN, 1n, Symbol()]) { clearTimeout(id); clearInterval(id); clearImmediate(id) } console.log("ok")`, "ok"},
		{"interval", `let n = 0; const id = setInterval((x) => { console.log(x, ++n); if (n === 3) clearInterval(id) }, 10, "tick")`, "tick 1\ntick 2\ntick 3"},
		{"immediate before timeout, microtask before both", `setTimeout(() => console.log("timeout"), 1); setImmediate(() => console.log("immediate")); queueMicrotask(() => console.log("microtask")); console.log("script")`, "script\nmicrotask\nimmediate\ntimeout"},
		{"microtasks between two timers", `for (const n of [1, 2]) setTimeout(() => { console.log("t" + n); Promise.resolve().then(() => console.log("m" + n)) }, 1)`, "t1\nm1\nt2\nm2"},
		{"set within a timer", `setTimeout(() => { console.log("a"); setTimeout(() => console.log("b"), 0) }, 0)`, "a\nb"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			runtimetest.Bubble(t, func(t *testing.T) {
				w := runtimetest.New(t, runtime.Options{})
				w.Run(test.script)
				if got := w.Output(); got != test.want || len(w.Errors()) > 0 {
					t.Errorf("got %q, errors %v, want %q", got, w.Errors(), test.want)
				}
			})
		})
	}
}

func TestTimersKeepTime(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{})
		begun := time.Now()
		w.Run(`let n = 0; const id = setInterval(() => { if (++n === 5) clearInterval(id) }, 1000); setTimeout(() => {}, 4500.5)`)
		if took := time.Since(begun); took != 5*time.Second {
			t.Errorf("five intervals of a second took %v", took)
		}
	})
}

func TestTimerCallbackMustBeAFunction(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`for (const set of [setTimeout, setInterval, setImmediate, queueMicrotask]) {
		try { set("code") } catch (e) { console.log(e instanceof TypeError, e.message) }
	}`)
	want := `true setTimeout: the callback must be a function, not the string code
true setInterval: the callback must be a function, not the string code
true setImmediate: the callback must be a function, not the string code
true queueMicrotask: the callback must be a function`
	if got := w.Output(); got != want {
		t.Errorf("got:\n%s", got)
	}
}

func TestErrorsOfTimersAreReported(t *testing.T) {
	runtimetest.Bubble(t, testErrorsOfTimers)
}

func testErrorsOfTimers(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`
		setTimeout(() => { throw new Error("in a timeout") }, 1);
		setImmediate(() => { throw new Error("in an immediate") });
		let n = 0;
		const id = setInterval(() => { if (++n === 2) clearInterval(id); throw new Error("in an interval") }, 5);
		queueMicrotask(() => { throw new Error("in a microtask") });
		setTimeout(async () => { throw new Error("in a promise") }, 20);
	`)
	var got []string
	for _, err := range w.Errors() {
		got = append(got, err.Error())
	}
	want := []string{
		"test.js:6:32: Error: in a microtask (in a promise of top-level code)",
		"test.js:3:30: Error: in an immediate (in a setImmediate callback)",
		"test.js:2:28: Error: in a timeout (in a setTimeout callback)",
		"test.js:5:74: Error: in an interval (in a setInterval callback)",
		"test.js:5:74: Error: in an interval (in a setInterval callback)",
		"test.js:7:34: Error: in a promise (in a promise of a setTimeout callback)",
	}
	compareLines(t, got, want)
}

func compareLines(t *testing.T, got, want []string) {
	t.Helper()
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("got:\n%q\nwant:\n%q", got, want)
			return
		}
	}
}
