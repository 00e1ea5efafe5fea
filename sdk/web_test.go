package sdk_test

import (
	"testing"

	"github.com/dop251/goja"
	"github.com/srcnexus/extrun/sdk"
)

// newWeb is a host with web globals and no SDK.
func newWeb(t testing.TB) *host {
	t.Helper()
	h := &host{t, goja.New()}
	h.run(prelude)
	h.web()
	h.run(`Object.assign(globalThis, load("./abort"), load("./dom_exception"), load("./event"), load("./event_target"))`)
	return h
}

// web gives the modules of the web's globals the least that they need.
func (h *host) web() {
	h.t.Helper()
	h.vm.Set("start", func(module string) goja.Value {
		name, code := sdk.WebModule(module)
		start, err := h.vm.RunScript(name, code)
		if err != nil {
			h.t.Fatal(err)
		}
		return start
	})
	h.run(`const native = { now: () => 0, later: (f, ms) => { if (globalThis.late) say(ms); timers.push(f); } };
		const loaded = { "./native": { native } };
		const load = (id) => loaded[id] ??= start(id.slice(2))(load);`)
}

func TestWebGlobals(t *testing.T) {
	tell(t, newWeb, []story{
		{"names", []string{`for (const name of ["AbortController", "AbortSignal", "DOMException", "Event"]) say(globalThis[name].name)`}, []string{
			"AbortController", "AbortSignal", "DOMException", "Event"}},
		{"DOMException", []string{`const e = new DOMException("m", "AbortError");
			say(e.name, e.message, e.code, e instanceof Error, String(e), e.stack.includes("AbortError: m"), new DOMException().code)`},
			[]string{"AbortError m 20 true AbortError: m true 0"}},
		{"Event", []string{`const e = new Event("x", { cancelable: true }); e.preventDefault(); say(e.type, e.defaultPrevented, e.target, e.bubbles)`},
			[]string{"x true  false"}},
	})
}

func TestEventTarget(t *testing.T) {
	tell(t, newWeb, []story{
		{"order, once, duplicates, objects", []string{`const target = new EventTarget(); const f = () => say("f");
			target.addEventListener("x", f); target.addEventListener("x", f); target.addEventListener("x", () => say("once"), { once: true });
			target.addEventListener("x", { handleEvent(e) { say("object", e.target === target, e.currentTarget === target) } });
			target.addEventListener("x", null); target.addEventListener("y", f);
			say(target.dispatchEvent(new Event("x")))`, `target.removeEventListener("x", f); target.dispatchEvent(new Event("x"))`},
			[]string{"f", "once", "object true true", "true", "object true true"}},
		{"errors, stopping, prevention", []string{`const target = new EventTarget();
			target.addEventListener("x", () => { throw new Error("no") });
			target.addEventListener("x", (e) => { e.preventDefault(); e.stopImmediatePropagation() });
			target.addEventListener("x", () => say("not reached"));
			say(target.dispatchEvent(new Event("x", { cancelable: true })))`},
			[]string{"error listener of the x event threw: Error: no", "false"}},
		{"changes while it dispatches", []string{`const target = new EventTarget(); const g = () => say("g");
			target.addEventListener("x", () => { target.removeEventListener("x", g); target.addEventListener("x", () => say("new")) });
			target.addEventListener("x", g); target.dispatchEvent(new Event("x")); say("-"); target.dispatchEvent(new Event("x"))`},
			[]string{"-", "new"}},
		{"with a signal", []string{`const c = new AbortController(); const target = new EventTarget();
			target.addEventListener("x", () => say("x"), { signal: c.signal }); target.dispatchEvent(new Event("x"));
			c.abort(); target.dispatchEvent(new Event("x"))`}, []string{"x"}},
		{"nested dispatch", []string{`const target = new EventTarget(); const e = new Event("x");
			target.addEventListener("x", () => { try { target.dispatchEvent(e) } catch (e) { show("a")(e) } }); target.dispatchEvent(e)`},
			[]string{"a InvalidStateError: 11: the event is already being dispatched"}},
	})
}

func TestAbortSignal(t *testing.T) {
	tell(t, newWeb, []story{
		{"controller", []string{`const c = new AbortController(); c.signal.onabort = (e) => say("on", e.type);
			c.signal.addEventListener("abort", () => say("listener", c.signal.aborted)); c.signal.throwIfAborted();
			c.abort(); c.abort("again"); say(c.signal.reason.name, c.signal.reason.code);
			try { c.signal.throwIfAborted() } catch (e) { say(e === c.signal.reason) }`},
			[]string{"on abort", "listener true", "AbortError 20", "true"}},
		{"a reason of one's own", []string{`say(AbortSignal.abort(null).reason, AbortSignal.abort("r").reason)`}, []string{" r"}},
		{"onabort replaced", []string{`const c = new AbortController(); c.signal.onabort = () => say("old"); c.signal.onabort = () => say("new");
			c.abort(); c.signal.onabort = 5; say(c.signal.onabort)`}, []string{"new", ""}},
		{"timeout", []string{`const s = AbortSignal.timeout(5); say(s.aborted)`, "tick", `say(s.aborted, s.reason.name)`}, []string{"false", "true TimeoutError"}},
		{"timeout past the longest timer", []string{`globalThis.late = true; const s = AbortSignal.timeout(5e9)`,
			`timers.shift()()`, `timers.shift()()`, `say(s.aborted)`, `timers.shift()()`, `say(s.aborted, timers.length)`},
			[]string{"2147483647", "2147483647", "705032706", "false", "true 0"}},
		{"any", []string{`const a = new AbortController(), b = new AbortController(); const s = AbortSignal.any([a.signal, b.signal]);
			s.onabort = () => say("once"); b.abort("b"); a.abort("a"); say(s.reason, AbortSignal.any([a.signal, b.signal]).reason, AbortSignal.any([]).aborted)`},
			[]string{"once", "b a false"}},
		{"misuse", []string{`for (const f of [() => new AbortSignal(), () => AbortSignal.timeout(-1), () => AbortSignal.timeout("x"), () => new Event()])
			try { f(); say("no error") } catch (e) { say(e.name) }`}, []string{"TypeError", "TypeError", "TypeError", "TypeError"}},
	})
}

func TestAbortSignalOpensSocket(t *testing.T) {
	h := newHost(t)
	h.web()
	h.run(`const c = new (load("./abort").AbortController); settle("a", network.createWebSocket("ws://h/", { signal: c.signal }))`, `c.abort()`, `refuse("cancelled", "ERR_ABORTED", "1")`)
	h.sees("a rejected AbortError: ERR_ABORTED: opening the WebSocket was aborted")
}
