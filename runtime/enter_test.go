package runtime_test

import (
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

// TestConsoleAsReaction runs what is queued after the console has written.
func TestConsoleAsReaction(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Idle(w.Run(`setTimeout(() => {
		Promise.resolve({ a: 1 }).then(console.log).then(() => console.log("third"));
		Promise.resolve().then(() => console.log("second")).then(() => console.log("fourth"));
	}, 1)`))
	compareLines(t, w.Lines(), []string{"{ a: 1 }", "second", "third", "fourth"})
}
