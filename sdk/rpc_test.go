package sdk_test

import "testing"

func TestCalls(t *testing.T) {
	tell(t, newHost, []story{
		{"fulfilled", []string{`settle("a", editor.host.call("x.y", { n: 1 }))`, `answer({ ok: true })`}, []string{`a {"ok":true}`}},
		{"null and nothing", []string{`settle("a", editor.host.call("x.y"))`, `answer(null)`,
			`settle("b", editor.host.call("x.y"))`, `__resolveRpc({ id: lastId() })`}, []string{"a null", "b "}},
		{"rejected", []string{`settle("a", editor.host.call("x.y"))`, `refuse("no such thing", "ERR_X")`},
			[]string{"a rejected Error: ERR_X: no such thing"}},
		{"rejected without a text", []string{`settle("a", editor.host.call("x.y"))`, `refuse("")`}, []string{"a rejected Error"}},
		{"rejected with an object", []string{`settle("a", editor.host.call("x.y"))`, `refuse({ message: "inside" })`},
			[]string{"a rejected Error: inside"}},
		{"aborted by the host", []string{`settle("a", editor.host.call("x.y"))`,
			`__resolveRpc({ id: lastId(), error: "gone", name: "AbortError" })`}, []string{"a rejected AbortError: ERR_ABORTED: gone"}},
		{"the stack leads to the caller", []string{`
			function author() { return editor.host.call("x.y") }
			author().catch((e) => say(e.stack.split("\n")[0], e.stack.includes("author")))`, `refuse("no")`},
			[]string{"Error: no true"}},
		{"in any order", []string{`settle("a", editor.host.call("m")); settle("b", editor.host.call("m"))`, `answer("b", "2")`, `answer("a", 1)`},
			[]string{`b "b"`, `a "a"`}},
		{"answered inside the call", []string{`onSend = (c, m) => __resolveRpc({ id: m.id, result: 1 })`, `settle("a", editor.host.call("m"))`},
			[]string{"a 1"}},
		{"sendMessage throws", []string{`onSend = () => { throw new Error("down") }`, `settle("a", editor.host.call("m"))`},
			[]string{"a rejected Error: down"}},
		{"as JSON text", []string{`settle("a", editor.host.call("m"))`, `__resolveRpc(JSON.stringify({ id: lastId(), result: [1] }))`},
			[]string{"a [1]"}},
		{"malformed, unknown, late", []string{`settle("a", editor.host.call("m"))`, `
			for (const bad of [undefined, null, 5, "", "{", "[]", "null", {}, { id: "constructor" }, { id: "__proto__", result: 1 },
				{ id: {} }, { id: "2" }, Symbol.iterator]) {
				__resolveRpc(bad); __pushEvent(bad); __pushWsEvent(bad); __executeCommand(bad);
			}`, `answer(1)`, `answer(2)`, `refuse("late")`}, []string{"a 1"}},
		{"bad arguments", []string{`settle("a", editor.host.call(5)); settle("b", editor.host.call("")); settle("c", editor.host.call("m", [1]))`},
			[]string{"a rejected TypeError: ERR_INVALID_DATA: host.call needs the name of a method", "b rejected TypeError: ERR_INVALID_DATA: host.call needs the name of a method",
				`c rejected TypeError: ERR_INVALID_DATA: host.call("m") needs an object of params, got an array`}},
	})
}

func TestCallMessage(t *testing.T) {
	h := newHost(t)
	h.run(`editor.host.call("a.b"); window.showToast("hi"); settle("toast", window.showToast(5))`)
	h.sends(`rpc {"id":"1","method":"a.b","params":{}}`, `rpc {"id":"2","method":"window.showToast","params":{"message":"hi"}}`)
	h.sees("toast rejected TypeError: ERR_INVALID_DATA: showToast needs a string, got number")
}

func TestEvents(t *testing.T) {
	tell(t, newHost, []story{
		{"in order", []string{`editor.host.on("e", show("a")); editor.host.on("e", show("b"))`,
			`__pushEvent({ event: "e", data: 1 })`, `__pushEvent({ event: "constructor", data: 1 })`}, []string{"a 1", "b 1"}},
		{"as JSON text", []string{`editor.host.on("e", show("a"))`, `__pushEvent('{"event":"e","data":[1]}')`}, []string{"a [1]"}},
		{"unsubscribed", []string{`const off = editor.host.on("e", show("a")); off(); off()`, `__pushEvent({ event: "e" })`}, nil},
		{"the same handler twice", []string{`const f = show("a"); const off = editor.host.on("e", f); editor.host.on("e", f)`,
			`__pushEvent({ event: "e", data: 1 })`, `off(); off(); __pushEvent({ event: "e", data: 2 })`}, []string{"a 1", "a 1", "a 2"}},
		{"changes take effect with the next event", []string{`
			const off = editor.host.on("e", () => { say("first"); off(); editor.host.on("e", show("third")) });
			editor.host.on("e", show("second"))`, `__pushEvent({ event: "e", data: 1 })`, `__pushEvent({ event: "e", data: 2 })`},
			[]string{"first", "second 1", "second 2", "third 2"}},
		{"no name, no function", []string{`
			try { editor.host.on("", () => {}) } catch (e) { show("a")(e) }
			try { editor.host.on("e", {}) } catch (e) { show("b")(e) }`},
			[]string{"a TypeError: on needs the name of an event", `b TypeError: on("e") needs a function, got object`}},
	})
}
