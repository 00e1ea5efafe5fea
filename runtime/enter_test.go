package runtime_test

import (
	goruntime "runtime"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestNativeReactions has promises call native functions directly that call back
// several times: what is to run later doesn't run in between.
func TestNativeReactions(t *testing.T) {
	for name, reaction := range map[string]string{
		"reviver":  `JSON.parse.bind(null, "[1]", called)`,
		"flatMap":  `Array.prototype.flatMap.bind([1, 2], called)`,
		"replacer": `JSON.stringify.bind(null, [1], (key, value) => (called(), value))`,
		"replace":  `String.prototype.replace.bind("aa", /a/g, called)`,
		"Proxy":    `new Proxy(() => { called(); called() }, {})`,
		"thenable": `() => ({ then: JSON.parse.bind(null, "[1]", called) })`,
	} {
		t.Run(name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			w.Idle(w.Run(`
				const called = () => { console.log("called"); Promise.resolve().then(() => console.log("later")); return 1 };
				setTimeout(() => { Promise.resolve().then(` + reaction + `) }, 1);`))
			compareLines(t, w.Lines(), []string{"called", "called", "later", "later"})
		})
	}
}

// TestNativeReactionsToGarbage asks the same of what a collected object leads to.
func TestNativeReactionsToGarbage(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Run(`
		const called = () => { console.log("called"); Promise.resolve().then(() => console.log("later")); return 1 };
		globalThis.registry = new FinalizationRegistry(() => { Promise.resolve().then(JSON.parse.bind(null, "[1]", called)) });
		registry.register({}, "gone");`)
	for turns := 0; len(w.Lines()) == 0; turns++ {
		if turns == 10_000 {
			t.Fatal("nothing was collected")
		}
		goruntime.GC()
		w.Idle(ext)
	}
	w.Idle(ext)
	compareLines(t, w.Lines(), []string{"called", "called", "later", "later"})
}

// TestErrorOfATurn isn't lost where a reaction has the host call a function.
func TestErrorOfATurn(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Idle(w.Run(`require("@srcnexus/ext-sdk");
		setTimeout(() => { Promise.resolve().then(() => console.log(typeof __pushEvent)); throw new Error("mine") }, 1)`))
	compareLines(t, w.Lines(), []string{"function"})
	if errs := w.Errors(); len(errs) != 1 || errs[0].Message != "Error: mine" {
		t.Errorf("errors %v", errs)
	}
}

// TestConsoleAsReaction runs what is queued after the console has written.
func TestConsoleAsReaction(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Idle(w.Run(`setTimeout(() => {
		Promise.resolve({ a: 1 }).then(console.log).then(() => console.log("third"));
		Promise.resolve().then(() => console.log("second")).then(() => console.log("fourth"));
	}, 1)`))
	compareLines(t, w.Lines(), []string{"{ a: 1 }", "second", "third", "fourth"})
}
