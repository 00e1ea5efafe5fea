package runtime_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A probe is a namespace that answers by a function and keeps what it got.
type probe struct {
	answer func(*rpc.Call)

	mu     sync.Mutex
	params []rpc.Object
	caller rpc.Caller
}

func (p *probe) Methods() []string { return []string{"probe.ask", "probe.crash"} }

func (p *probe) Open(caller rpc.Caller) rpc.Session {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.caller = caller
	return p
}

func (p *probe) Serve(call *rpc.Call) {
	if call.Method == "probe.crash" {
		panic("a bug in the host")
	}
	p.mu.Lock()
	p.params = append(p.params, call.Params)
	p.mu.Unlock()
	if p.answer == nil {
		call.Reply(nil)
		return
	}
	p.answer(call)
}

func (p *probe) Busy() bool { return false }

func (p *probe) Close(context.Context) {}

// newProbe makes a world with a probe, and with time for scripts that go to the
// bounds of what may cross.
func newProbe(t *testing.T, answer func(*rpc.Call)) (*probe, *runtimetest.World) {
	p := &probe{answer: answer}
	return p, runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{p}, TurnLimit: time.Minute})
}

func TestEveryMethodIsAnswered(t *testing.T) {
	_, w := newProbe(t, nil)
	w.Run(importSDK + `
		for (const method of ["window.showPicker", "storage.kv.getItem", "no.such", "constructor", "__proto__", "toString", ""]) {
			editor.host.call(method || " ").then(console.log, (e) => console.log(e.code, e.message, e instanceof Error));
		}
		editor.host.call("probe.crash").catch((e) => console.log(e.code, e.message));
		editor.host.call("probe.ask").then((v) => console.log(v));
	`)
	want := []string{
		"ERR_NOT_AVAILABLE window.showPicker is not available in this host true",
		"ERR_NOT_AVAILABLE storage.kv.getItem is not available in this host true",
		"ERR_NOT_AVAILABLE no.such is not available in this host true",
		"ERR_NOT_AVAILABLE constructor is not available in this host true",
		"ERR_NOT_AVAILABLE __proto__ is not available in this host true",
		"ERR_NOT_AVAILABLE toString is not available in this host true",
		"ERR_NOT_AVAILABLE   is not available in this host true",
		"ERR_INTERNAL probe.crash: the host failed: a bug in the host",
		"null",
	}
	compareLines(t, w.Lines(), want)
}

func TestParamsBecomeData(t *testing.T) {
	tests := []struct {
		script string
		want   any
	}{
		{`"text"`, "text"},
		{`"ä€😀"`, "ä€😀"},
		{`"\ud800x"`, "\ufffdx"},
		{`5`, int64(5)},
		{`1.5`, 1.5},
		{`true`, true},
		{`null`, nil},
		{`undefined`, nil},
		{`[1, undefined, () => 1, "a"]`, []any{int64(1), nil, nil, "a"}},
		{`({ z: 1, a: { b: [] }, gone: undefined, f() {}, [Symbol()]: 1 })`, rpc.Object{{Name: "z", Value: int64(1)}, {Name: "a", Value: rpc.Object{{Name: "b", Value: []any{}}}}}},
		{`new Date(0)`, "1970-01-01T00:00:00.000Z"},
		{`new Map([[1, 2]])`, rpc.Object{}},
		{`({ toJSON() { return "mine" } })`, "mine"},
		{`new Uint8Array([1, 2, 3]).subarray(1)`, []byte{2, 3}},
		{`new Uint16Array([258])`, []byte{2, 1}},
		{`new Float64Array(1)`, make([]byte, 8)},
		{`new BigInt64Array(1)`, make([]byte, 8)},
		{`new Set([1])`, rpc.Object{}},
		{`new Uint8Array([1, 2]).buffer`, []byte{1, 2}},
		{`new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2)`, []byte{2, 3}},
		{`Buffer.from("hi")`, []byte("hi")},
		{`JSON.parse('{"__proto__": 1}')`, rpc.Object{{Name: "__proto__", Value: int64(1)}}},
	}
	for _, test := range tests {
		t.Run(test.script, func(t *testing.T) {
			p, w := newProbe(t, nil)
			w.Run(importSDK + `editor.host.call("probe.ask", { value: ` + test.script + ` })`)
			if len(w.Errors()) > 0 || len(p.params) != 1 {
				t.Fatalf("errors %v, calls %v", w.Errors(), p.params)
			}
			if got := p.params[0].Get("value"); !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %#v, want %#v", got, test.want)
			}
		})
	}
}

func TestParamsThatAreNoData(t *testing.T) {
	tests := []struct{ script, want string }{
		{`{ a: 1n }`, "a bigint"},
		{`(() => { const o = {}; o.self = o; return o })()`, "an object that contains itself"},
		{`(() => { let o = {}; for (let i = 0; i < 10000; i++) o = { o }; return o })()`, "nested deeper than 5000 levels"},
	}
	for _, test := range tests {
		_, w := newProbe(t, nil)
		w.Run(importSDK + `editor.host.call("probe.ask", ` + test.script + `).catch((e) => console.log(e.code, e.message))`)
		want := "ERR_INVALID_DATA the params of the call are not data: " + test.want
		if w.Output() != want {
			t.Errorf("%s: got %q, errors %v", test.script, w.Output(), w.Errors())
		}
	}
}

func TestParamsAreCapturedAtTheCall(t *testing.T) {
	p, w := newProbe(t, nil)
	w.Run(importSDK + `
		const bytes = new Uint8Array([1, 2, 3]), object = { n: 1 };
		editor.host.call("probe.ask", { bytes, object });
		bytes[0] = 99; object.n = 99;
	`)
	want := rpc.Object{{Name: "bytes", Value: []byte{1, 2, 3}}, {Name: "object", Value: rpc.Object{{Name: "n", Value: int64(1)}}}}
	if !reflect.DeepEqual(p.params, []rpc.Object{want}) {
		t.Errorf("got %v", p.params)
	}
}

func TestResultsBecomeValues(t *testing.T) {
	type point struct {
		X int `json:"x"`
	}
	tests := []struct {
		result any
		want   string
	}{
		{nil, "null"}, {"ä😀", "'ä😀'"}, {1, "1"}, {int64(1 << 40), "1099511627776"}, {1.5, "1.5"}, {false, "false"},
		{[]any{1, "a", nil}, "[ 1, 'a', null ]"},
		{[]byte{1, 2}, "Uint8Array(2) [ 1, 2 ]"},
		{rpc.Object{{Name: "z", Value: 1}, {Name: "a", Value: rpc.Object{}}}, "{ z: 1, a: {} }"},
		{map[string]any{"b": 1, "a": 2}, "{ a: 2, b: 1 }"},
		{rpc.Object{{Name: "__proto__", Value: 1}}, "{ ['__proto__']: 1 }"},
		{point{5}, "{ x: 5 }"},
		{[]point{{1}, {2}}, "[ { x: 1 }, { x: 2 } ]"},
	}
	for _, test := range tests {
		_, w := newProbe(t, func(call *rpc.Call) { call.Reply(test.result) })
		w.Run(importSDK + `editor.host.call("probe.ask").then((v) => console.dir(v))`)
		if w.Output() != test.want {
			t.Errorf("%#v: got %q, want %q", test.result, w.Output(), test.want)
		}
	}
}

func TestLazyValuesAreComputedOnce(t *testing.T) {
	computed := 0
	_, w := newProbe(t, func(call *rpc.Call) {
		call.Reply(rpc.Object{{Name: "data", Value: rpc.NewLazy(func() any { computed++; return "slow" })}})
	})
	ext := w.Load(importSDK + `
		let kept;
		editor.host.call("probe.ask").then((v) => { kept = v });
		editor.host.on("read", () => console.log(kept.data, kept.data, Object.keys(kept), JSON.stringify(kept)));
	`)
	w.Idle(ext)
	if computed != 0 {
		t.Error("computed before anybody read it")
	}
	if err := ext.PushEvent(t.Context(), "read", nil); err != nil {
		t.Fatal(err)
	}
	w.Idle(ext)
	if computed != 1 || w.Output() != `slow slow [ 'data' ] {"data":"slow"}` {
		t.Errorf("computed %d times, output %q", computed, w.Output())
	}
}

func TestReplies(t *testing.T) {
	t.Run("the first counts", func(t *testing.T) {
		_, w := newProbe(t, func(call *rpc.Call) { call.Reply("first"); call.Reply("second"); call.Fail(errors.New("third")) })
		w.Run(importSDK + `editor.host.call("probe.ask").then(console.log, console.log)`)
		compareLines(t, w.Lines(), []string{"first"})
	})
	t.Run("errors have text and code", func(t *testing.T) {
		_, w := newProbe(t, func(call *rpc.Call) {
			call.Fail(fmt.Errorf("while asking: %w", &rpc.Error{Code: "ERR_MINE", Message: "no"}))
		})
		w.Run(importSDK + `editor.host.call("probe.ask").catch((e) => console.log(e.name, e.code, e.message))`)
		compareLines(t, w.Lines(), []string{"Error ERR_MINE while asking: no"})
	})
	t.Run("an empty error is an error", func(t *testing.T) {
		_, w := newProbe(t, func(call *rpc.Call) { call.Fail(errors.New("")) })
		w.Run(importSDK + `editor.host.call("probe.ask").then(() => console.log("ok"), (e) => console.log(e.message))`)
		compareLines(t, w.Lines(), []string{"the host gave no reason"})
	})
	t.Run("during top-level code they wait", func(t *testing.T) {
		_, w := newProbe(t, func(call *rpc.Call) { call.Reply("reply") })
		w.Run(importSDK + `editor.host.call("probe.ask").then(console.log); console.log("end of script"); editor.onLoad(() => console.log("onLoad"))`)
		compareLines(t, w.Lines(), []string{"end of script", "onLoad", "reply"})
	})
	t.Run("from another goroutine, after a while", func(t *testing.T) {
		_, w := newProbe(t, func(call *rpc.Call) { go call.Reply(call.Params.Get("n")) })
		w.Run(importSDK + `Promise.all([1, 2, 3].map((n) => editor.host.call("probe.ask", { n }))).then((all) => console.log(all))`)
		compareLines(t, w.Lines(), []string{"[ 1, 2, 3 ]"})
	})
}

func TestCancelledCall(t *testing.T) {
	_, w := newProbe(t, func(call *rpc.Call) {
		go func() {
			<-call.Context().Done()
			call.Fail(&rpc.Error{Code: rpc.CodeAborted, Message: "called off"})
		}()
	})
	w.Run(`
		globalThis.__resolveRpc = ({ id, error, code, name }) => console.log(id, error, code, name);
		sendMessage("rpc", { id: "1", method: "probe.ask", params: {} });
		sendMessage("cancel", "no such id");
		sendMessage("cancel", "1");
	`)
	compareLines(t, w.Lines(), []string{"1 called off ERR_ABORTED AbortError"})
}

func TestPendingCallsAreRejectedAtTheEnd(t *testing.T) {
	var calls []*rpc.Call
	_, w := newProbe(t, func(call *rpc.Call) { calls = append(calls, call) })
	ext := w.Load(importSDK + `
		editor.host.call("probe.ask").catch((e) => {
			console.log(e.name, e.message);
			return editor.host.call("probe.ask");
		}).catch((e) => console.log("again:", e.message));
	`)
	w.Stop(ext)
	if calls[0].Context().Err() == nil {
		t.Error("the session was not told")
	}
	calls[0].Reply("too late")
	compareLines(t, w.Lines(), []string{"AbortError the extension is being deactivated", "again: the extension is being deactivated"})
}

func TestQuery(t *testing.T) {
	_, w := newProbe(t, func(call *rpc.Call) {
		if call.Params.Get("now") == true {
			call.Reply(42)
		}
	})
	w.Run(`
		console.log(sendMessage("query", { method: "probe.ask", params: { now: true } }));
		for (const method of ["probe.ask", "no.such"]) {
			try { sendMessage("query", { method, params: {} }) } catch (e) { console.log(e.code, e.message) }
		}
	`)
	compareLines(t, w.Lines(), []string{"42", "ERR_INTERNAL probe.ask can't be answered at once", "ERR_NOT_AVAILABLE no.such is not available in this host"})
}

func TestQueryThatIsAnsweredLate(t *testing.T) {
	var late sync.WaitGroup
	_, w := newProbe(t, func(call *rpc.Call) { late.Go(func() { call.Reply(1) }) })
	w.Run(`for (let i = 0; i < 100; i++) try { sendMessage("query", { method: "probe.ask", params: {} }) } catch {}`)
	late.Wait()
}

func TestUnansweredCallsAreBounded(t *testing.T) {
	_, w := newProbe(t, func(*rpc.Call) {})
	ext := w.Load(`
		try { for (let i = 0; ; i++) sendMessage("rpc", { id: i, method: "probe.ask", params: {} }) } catch (e) { console.log(e.code, e.message) }
	`)
	compareLines(t, w.Lines(), []string{"ERR_LIMIT 262144 calls wait for their answers already: await some of them first"})
	w.Stop(ext)
}

func TestManyRejectionsAreFewReports(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`for (let i = 0; i < 1000; i++) Promise.reject(i)`)
	if errs := w.Errors(); len(errs) != 21 || errs[20].Message != "980 more promises were rejected and not handled" {
		t.Errorf("got %d: %v", len(errs), errs[len(errs)-1])
	}
}

func TestEvents(t *testing.T) {
	_, w := newProbe(t, nil)
	ext := w.Load(importSDK + `
		editor.host.on("greeting", (data) => { console.log("first", data); Promise.resolve().then(() => console.log("reaction")) });
		editor.host.on("greeting", (data) => console.log("second", data));
		editor.host.on("late", () => console.log("late"));
		editor.onLoad(async () => { await new Promise((r) => setTimeout(r, 5)); console.log("loaded") });
	`)
	for _, name := range []string{"greeting", "nobody listens", "greeting", "constructor", "__proto__"} {
		if err := w.Host.PushEvent(t.Context(), name, rpc.Object{{Name: "from", Value: "host"}}); err != nil {
			t.Fatal(err)
		}
	}
	w.Idle(ext)
	round := []string{"first { from: 'host' }", "second { from: 'host' }", "reaction"}
	compareLines(t, w.Lines(), append(append([]string{"loaded"}, round...), round...))
}

func TestEventsBeforeActivationWait(t *testing.T) {
	p, w := newProbe(t, nil)
	p.answer = func(call *rpc.Call) {
		p.caller.Push(rpc.Event{Name: "early", Data: "event"})
		call.Reply("reply")
	}
	ext := w.Load(importSDK + `
		editor.onLoad(async () => {
			console.log(await editor.host.call("probe.ask"));
			await new Promise((r) => setTimeout(r, 5));
			editor.host.on("early", (data) => console.log(data));
			console.log("loaded");
		});
	`)
	w.Idle(ext)
	compareLines(t, w.Lines(), []string{"reply", "loaded", "event"})
}

func TestHostileBridge(t *testing.T) {
	_, w := newProbe(t, nil)
	ext := w.Run(importSDK + `
		globalThis.__pushEvent = 5;
		Object.defineProperty(globalThis, "__resolveRpc", { get() { throw new Error("mine") } });
		globalThis.__pushWsEvent = () => { throw new Error("also mine") };
		editor.host.call("probe.ask");
	`)
	if err := ext.PushEvent(t.Context(), "x", nil); err != nil {
		t.Fatal(err)
	}
	w.Idle(ext)
	if errs := w.Errors(); len(errs) != 1 || errs[0].Message != "Error: mine" || ext.State() != runtime.Active {
		t.Errorf("got %v, state %v", errs, ext.State())
	}
	observed.Note(t, fmt.Sprintf("reported %v; it is %v", w.Errors(), ext.State()))
}

func TestScriptsWithoutSDK(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext := w.Load(`console.log(typeof sendMessage, this === globalThis || typeof this)`)
	w.Stop(ext)
	if w.States() != "active disposing stopped" {
		t.Error(w.States())
	}
}
