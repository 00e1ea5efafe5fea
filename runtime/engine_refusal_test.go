package runtime_test

import (
	"log/slog"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestEngineRefuses has code that the bundler reads and the engine doesn't.
func TestEngineRefuses(t *testing.T) {
	for code, want := range map[string]string{
		"/a++/": "src/a.ts:2:18: this regular expression is invalid: a++: invalid nested repetition operator: `++`\n" +
			"> 2 | export const x = /a++/;\n    |                  ^",
		"/[z-a]/": "src/a.ts:2:18: this regular expression is invalid: [z-a]: invalid character class range: `z-a`\n" +
			"> 2 | export const x = /[z-a]/;\n    |                  ^",
		"/(?i:a)b/": "src/a.ts:2:18: this JavaScript engine does not support it: Invalid group\n" +
			"> 2 | export const x = /(?i:a)b/;\n    |                  ^",
	} {
		folder := runtimetest.Write(t, map[string]string{"package.json": "{}", "main.ts": `import { x } from "./src/a"; globalThis.y = x`, "src/a.ts": "interface X {}\nexport const x = " + code + ";\n"})
		_, err := runtimetest.New(t, runtime.Options{}).Host.Load(t.Context(), folder+"/main.ts")
		if err == nil || runtime.Describe(err) != want {
			t.Errorf("%s: got\n%s\nwant\n%s", code, runtime.Describe(err), want)
		}
	}
}

// TestWarningsAreRecorded has a name that nothing exports.
func TestWarningsAreRecorded(t *testing.T) {
	var log lockedBuffer
	w := runtimetest.New(t, runtime.Options{Logger: slog.New(slog.NewTextHandler(&log, nil))})
	folder := runtimetest.Write(t, map[string]string{"main.ts": "import * as ns from './a'\nconsole.log(ns.nope)", "a.ts": "export const a = 1", "b.js": "module.exports = 1 === NaN"})
	if _, err := w.Host.Load(t.Context(), folder+"/main.ts"); err != nil {
		t.Fatal(err)
	}
	const want = ` at=main.ts:2:16 text="Import \"nope\" will always be undefined`
	if strings.Count(log.String(), want) != 1 {
		t.Errorf("want %s\ngot %s", want, log.String())
	}
}
