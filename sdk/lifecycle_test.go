package sdk_test

import "testing"

const showOutcomes = `onSend = (channel, data) => {
	if (channel === "lifecycleComplete") say("complete", data.phase, "error" in data ? failure(data.error) : "well");
}`

func TestLifecycle(t *testing.T) {
	tell(t, newHost, []story{
		{"nothing registered", []string{showOutcomes, `__triggerOnLoad()`, `__triggerOnDispose()`},
			[]string{"complete onLoad well", "complete onDispose well"}},
		{"in order, each awaited", []string{showOutcomes, `
			editor.onLoad(() => new Promise((f) => setTimeout(f)).then(() => say("first")));
			editor.onLoad(() => say("second"));
			editor.onLoad(async () => { await null; say("third"); })`, `__triggerOnLoad()`, `say("later")`, "tick"},
			[]string{"later", "first", "second", "third", "complete onLoad well"}},
		{"a callback registers another", []string{showOutcomes, `
			editor.onLoad(() => { editor.onLoad(() => say("inner")); say("outer"); })`, `__triggerOnLoad()`},
			[]string{"outer", "inner", "complete onLoad well"}},
		{"onLoad that throws ends the loading", []string{showOutcomes, `
			editor.onLoad(() => { throw new RangeError("no") }); editor.onLoad(() => say("not run"))`, `__triggerOnLoad()`},
			[]string{"complete onLoad RangeError: no"}},
		{"onLoad that rejects ends the loading", []string{showOutcomes, `
			editor.onLoad(async () => { throw new RangeError("no") }); editor.onLoad(() => say("not run"))`, `__triggerOnLoad()`},
			[]string{"complete onLoad RangeError: no"}},
		{"onLoad that throws nothing", []string{showOutcomes, `editor.onLoad(() => { throw undefined })`, `__triggerOnLoad()`},
			[]string{"complete onLoad Error: onLoad callback threw undefined"}},
		{"the outcome is told again", []string{showOutcomes, `editor.onLoad(() => say("once"))`, `__triggerOnLoad()`, `__triggerOnLoad()`},
			[]string{"once", "complete onLoad well", "complete onLoad well"}},
		{"asked twice while running", []string{showOutcomes, `editor.onLoad(() => Promise.resolve())`, `__triggerOnLoad(); __triggerOnLoad()`},
			[]string{"complete onLoad well"}},
		{"registered when loaded", []string{showOutcomes, `__triggerOnLoad()`, `editor.onLoad(() => say("late")); say("now")`},
			[]string{"complete onLoad well", "now", "late"}},
		{"registered when loaded, and throws", []string{`__triggerOnLoad()`, `editor.onLoad(() => { throw new Error("late") })`},
			[]string{"error onLoad callback threw: Error: late"}},
		{"onDispose goes on after errors", []string{showOutcomes, `
			editor.onDispose(() => { throw new Error("one") });
			editor.onDispose(async () => { throw new Error("two") });
			editor.onDispose(() => say("cleaned"))`, `__triggerOnDispose()`},
			[]string{"error onDispose callback threw: Error: one", "cleaned", "complete onDispose Error: two"}},
		{"no function", []string{`
			try { editor.onLoad(5) } catch (e) { show("load")(e) }
			try { editor.onDispose() } catch (e) { show("dispose")(e) }`},
			[]string{"load TypeError: onLoad needs a function, got number", "dispose TypeError: onDispose needs a function, got undefined"}},
	})
}

func TestModule(t *testing.T) {
	h := newHost(t)
	h.run(`say(editor.default === editor, Object.keys(editor))`,
		`say(network === editor.network, window === editor.window, editor.host === editor.host)`)
	h.sees("true onLoad,onDispose,network,window,host", "true true true")
}

func TestCommands(t *testing.T) {
	h := newHost(t)
	h.run(`__executeCommand({ commandId: "toString", execId: "7", args: null })`, `__executeCommand({})`)
	h.sends(`commandResult {"commandId":"toString","execId":"7","error":"No handler registered for command: toString"}`,
		`commandResult {"commandId":"","execId":"","error":"No handler registered for command: "}`)
}
