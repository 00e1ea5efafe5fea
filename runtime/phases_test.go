package runtime_test

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestPhasesOfAScript loads and stops scripts that bring lifecycle functions of
// their own, or parts of them.
func TestPhasesOfAScript(t *testing.T) {
	const whole = "active disposing stopped"
	tests := map[string]struct {
		script, states, lines string
	}{
		"no SDK":                {`console.log(typeof sendMessage)`, whole, "function"},
		"answers as text":       {both(`sendMessage("lifecycleComplete", JSON.stringify(phase))`), whole, "onLoad, onDispose"},
		"answers as value":      {both(`sendMessage("lifecycleComplete", phase)`), whole, "onLoad, onDispose"},
		"answers later":         {both(`Promise.resolve().then(() => setTimeout(() => sendMessage("lifecycleComplete", JSON.stringify(phase)), 1))`), whole, "onLoad, onDispose"},
		"answers twice":         {both(`for (let i = 0; i < 2; i++) sendMessage("lifecycleComplete", JSON.stringify(phase))`), whole, "onLoad, onDispose"},
		"answers the other":     {both(`sendMessage("lifecycleComplete", '"onDispose"'); sendMessage("lifecycleComplete", '"onLoad"')`), whole, "onLoad, onDispose"},
		"only onLoad":           {`globalThis.__triggerOnLoad = () => { console.log("load"); sendMessage("lifecycleComplete", '"onLoad"') }`, whole, "load"},
		"only onDispose":        {`globalThis.__triggerOnDispose = () => { console.log("dispose"); sendMessage("lifecycleComplete", '"onDispose"') }`, whole, "dispose"},
		"function declarations": {`function __triggerOnLoad() { console.log("load"); sendMessage("lifecycleComplete", '"onLoad"') } var __triggerOnDispose = 5`, whole, "load"},
		"no functions":          {`globalThis.__triggerOnLoad = 5; globalThis.__triggerOnDispose = {}; globalThis.__pushEvent = "x"`, whole, ""},
		"unasked":               {`sendMessage("lifecycleComplete", '"onDispose"'); sendMessage("lifecycleComplete", '"onLoad"'); setTimeout(() => { sendMessage("lifecycleComplete", '"onDispose"'); console.log("still here") }, 1)`, whole, "still here"},
		"replaced later":        {`globalThis.__triggerOnDispose = () => console.log("first"); setTimeout(() => { globalThis.__triggerOnDispose = () => { console.log("second"); sendMessage("lifecycleComplete", '"onDispose"') } }, 1)`, whole, "second"},
		"taken away later":      {`globalThis.__triggerOnDispose = () => console.log("first"); setTimeout(() => { delete globalThis.__triggerOnDispose }, 1)`, whole, ""},
		"onDispose throws":      {`globalThis.__triggerOnDispose = () => { throw new Error("no") }`, whole, ""},
		"a getter at dispose":   {`Object.defineProperty(globalThis, "__triggerOnDispose", { get() { throw new Error("no") } })`, whole, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			ext := w.Run(test.script)
			w.Stop(ext)
			if got := strings.Join(w.Lines(), ", "); w.States() != test.states || got != test.lines {
				t.Errorf("states %s, lines %q, want %s, %q", w.States(), got, test.states, test.lines)
			}
		})
	}
}

// both defines both lifecycle functions, with the same end.
func both(end string) string {
	return `for (const [name, phase] of [["__triggerOnLoad", "onLoad"], ["__triggerOnDispose", "onDispose"]])
		globalThis[name] = () => { console.log(phase); ` + end + ` };`
}

func TestLoadFunctionThatThrows(t *testing.T) {
	for _, script := range []string{
		`globalThis.__triggerOnLoad = () => { throw new Error("no") }`,
		`Object.defineProperty(globalThis, "__triggerOnLoad", { get() { throw new Error("no") } })`,
	} {
		w := runtimetest.New(t, runtime.Options{})
		if _, err := w.TryLoad(script); err == nil || !strings.Contains(err.Error(), "Error: no (in onLoad)") {
			t.Errorf("%s: got %v", script, err)
		}
	}
}

// TestPartsOfAnSDK has scripts that take some messages of the host and not
// others.
func TestPartsOfAnSDK(t *testing.T) {
	tests := map[string]struct{ script, lines, errors string }{
		"events only":     {`globalThis.__pushEvent = ({ event, data }) => console.log(event, data)`, "tick 1", ""},
		"replies only":    {`globalThis.__resolveRpc = ({ id, result }) => console.log(id, result); sendMessage("rpc", '{"id":"1","method":"probe.ask"}')`, "1 null", ""},
		"replies, late":   {`sendMessage("rpc", '{"id":"1","method":"probe.ask"}'); globalThis.__resolveRpc = ({ id, result }) => console.log(id, result)`, "1 null", ""},
		"replies nowhere": {`sendMessage("rpc", '{"id":"1","method":"probe.ask"}'); console.log("sent")`, "sent", ""},
		"no function":     {`globalThis.__pushEvent = 5; globalThis.__resolveRpc = {}; sendMessage("rpc", '{"id":"1","method":"probe.ask"}'); console.log("sent")`, "sent", ""},
		"event getter":    {`Object.defineProperty(globalThis, "__pushEvent", { get() { throw new Error("mine") } })`, "", "Error: mine"},
		"reply throws":    {`globalThis.__resolveRpc = () => { throw new Error("mine") }; sendMessage("rpc", '{"id":"1","method":"probe.ask"}')`, "", "Error: mine"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, w := newProbe(t, nil)
			ext := w.Run(test.script)
			if err := ext.PushEvent(t.Context(), "tick", 1); err != nil {
				t.Fatal(err)
			}
			w.Idle(ext)
			var errors []string
			for _, err := range w.Errors() {
				errors = append(errors, err.Message)
			}
			if got := strings.Join(w.Lines(), ", "); got != test.lines || strings.Join(errors, ", ") != test.errors || ext.State() != runtime.Active {
				t.Errorf("lines %q, errors %q, want %q, %q", got, errors, test.lines, test.errors)
			}
		})
	}
}
