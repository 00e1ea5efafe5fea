package sdk_test

import "testing"

func TestHandlers(t *testing.T) {
	tell(t, newSocket, []story{
		{"as they come", []string{`ws.onMessage(show("m")); ws.onClose(show("c")); ws.onError(show("e"))`,
			`text("1")`, `text("2")`, `push("error", { message: "x" })`, `push("close", { code: 1006, reason: "" })`},
			[]string{`m {"data":"1"}`, `m {"data":"2"}`, `e {"message":"x"}`, `c {"code":1006,"reason":""}`}},
		{"the host's own object", []string{`const data = { data: "1" }; ws.onMessage((m) => say(m === data))`, `push("message", data)`}, []string{"true"}},
		{"one that throws", []string{`ws.onMessage(() => { throw new Error("x") }); ws.onMessage(show("m"))`, `text("1")`, `text("2")`}, []string{
			"error [ws] onMessage handler of x_ws_0 threw: Error: x", `m {"data":"1"}`,
			"error [ws] onMessage handler of x_ws_0 threw: Error: x", `m {"data":"2"}`}},
		{"one that rejects", []string{`ws.onClose(async () => { throw new Error("x") }); ws.onClose(show("c"))`, `push("close", {})`},
			[]string{"c {}", "error [ws] onClose handler of x_ws_0 rejected: Error: x"}},
		{"a broken console", []string{`console.error = () => { throw 1 }; ws.onMessage(() => { throw 2 }); ws.onMessage(show("m"))`, `text("1")`},
			[]string{`m {"data":"1"}`}},
		{"removed and added inside", []string{`
			const off = ws.onMessage(() => { say("first"); off(); ws.onMessage(show("third")) }); ws.onMessage(show("second"))`,
			`text("1")`, `text("2")`}, []string{"first", `second {"data":"1"}`, `second {"data":"2"}`, `third {"data":"2"}`}},
		{"gone after close", []string{`ws.onMessage(show("m")); ws.onClose(show("c"))`, `push("close", {})`, `push("close", {})`, `text("1")`, "tick"},
			[]string{"c {}"}},
		{"other connections and kinds", []string{`ws.onMessage(show("m"))`, `push("message", {}, "x_ws_1"); push("open", {}); push("constructor")`}, nil},
		{"after own close no message", []string{`ws.onMessage((m) => { show("m")(m); ws.close() }); ws.onClose(show("c"))`,
			`text("1")`, `text("2")`, `push("close", {})`}, []string{`m {"data":"1"}`, "c {}"}},
		{"no function", []string{`for (const on of ["onMessage", "onClose", "onError"]) try { ws[on]("x") } catch (e) { show("a")(e) }`}, []string{
			"a TypeError: onMessage needs a function, got string", "a TypeError: onClose needs a function, got string",
			"a TypeError: onError needs a function, got string"}},
	})
}

func TestHeld(t *testing.T) {
	tell(t, newSocket, []story{
		{"a greeting", []string{`text("hello")`, `ws.onMessage(show("m")); say("registered")`, `say("turn")`, "tick"},
			[]string{"registered", "turn", `m {"data":"hello"}`}},
		{"in order, with what comes meanwhile", []string{`text("1")`, `text("2")`, `ws.onMessage(show("m"))`, `text("3")`, `text("4")`, "tick"},
			[]string{`m {"data":"1"}`, `m {"data":"2"}`, `m {"data":"3"}`, `m {"data":"4"}`}},
		{"reactions run between two", []string{`text("1")`, `text("2")`, `
			ws.onMessage(async (m) => { show("m")(m); await 0; await 0; await 0; say("reacted") })`, "tick"},
			[]string{`m {"data":"1"}`, "reacted", `m {"data":"2"}`, "reacted"}},
		{"close stays last", []string{`text("1")`, `push("close", {})`, `ws.onClose(show("c")); ws.onMessage(show("m"))`, "tick"},
			[]string{`m {"data":"1"}`, "c {}"}},
		{"close comes during the delivery", []string{`text("1")`, `text("2")`, `ws.onClose(show("c")); ws.onMessage(show("m"))`, `push("close", {})`, "tick"},
			[]string{`m {"data":"1"}`, `m {"data":"2"}`, "c {}"}},
		{"close with no message handler", []string{`ws.onClose(show("c"))`, `text("1")`, `push("close", {})`, `say("turn")`, `ws.onMessage(show("m"))`, "tick"},
			[]string{"c {}", "turn", `m {"data":"1"}`}},
		{"error and close, each late", []string{`push("error", { message: "x" })`, `push("close", {})`, `ws.onClose(show("c"))`, "tick",
			`ws.onError(show("e"))`, "tick"}, []string{"c {}", `e {"message":"x"}`}},
		{"one handler after the other", []string{`text("1")`, `text("2")`, `text("3")`, `
			const next = () => new Promise((f) => { const off = ws.onMessage((m) => { off(); f(m.data) }) });
			(async () => { say(await next()); say(await next()); await null; say(await next()); })()`, "tick"}, []string{"1", "2", "3"}},
		{"unsubscribed for good", []string{`ws.onMessage(show("m"))()`, `text("1")`, `ws.onMessage(show("m"))`, `text("2")`, "tick"}, []string{`m {"data":"2"}`}},
		{"own close drops what is held", []string{`text("1")`, `text("2")`, `
			ws.onMessage((m) => { show("m")(m); settle("closed", ws.close()) }); ws.onClose(show("c"))`, `timers.shift()()`,
			`push("close", {})`, `answer(null)`, "tick"}, []string{`m {"data":"1"}`, "c {}", "closed "}},
		{"own close of what has ended already", []string{`text("1")`, `text("2")`, `push("error", { message: "x" })`, `push("close", {})`, `
			ws.onMessage((m) => { show("m")(m); settle("closed", ws.close()) }); ws.onError(show("e")); ws.onClose(show("c"))`, "tick"},
			[]string{`m {"data":"1"}`, `e {"message":"x"}`, "c {}", "closed "}},
		{"own close of what has ended, without handlers", []string{`text("1")`, `push("close", {})`, `settle("closed", ws.close())`, "tick",
			`ws.onMessage(show("m")); ws.onClose(show("c"))`, "tick"}, []string{"closed ", "c {}"}},
		{"own close with an error held", []string{`push("error", { message: "x" })`, `
			ws.onError(show("e")); ws.onClose(show("c")); ws.close()`, `push("close", {})`}, []string{`e {"message":"x"}`, "c {}"}},
		{"from the turn of the reply", []string{`network.createWebSocket("ws://h/").then((c) => { c.onMessage(show("m")) })`,
			`answer({ connectionId: "x_ws_1" }); push("message", 1, "x_ws_1"); push("message", 2, "x_ws_1")`, "tick"}, []string{"m 1", "m 2"}},
	})
}

func TestHeldBounds(t *testing.T) {
	const warning = "warn [ws] x_ws_0 has no onMessage handler: its oldest messages are dropped"
	const collect = `const got = []; ws.onMessage((m) => { got.push(m) }); ws.onClose(show("c"))`
	tell(t, newSocket, []story{
		{"1024 messages", []string{`for (let i = 0; i < 1024; i++) push("message", i)`, collect, "tick", `say(got.length, got[0])`}, []string{"1024 0"}},
		{"1026 messages", []string{`for (let i = 0; i < 1026; i++) push("message", i); push("close", {})`, collect, "tick", `say(got.length, got[0])`},
			[]string{warning, "c {}", "1024 2"}},
		{"9 MiB of text", []string{`const mib = "x".repeat(1 << 20); for (let i = 0; i < 9; i++) text(mib + i)`, collect, "tick", `say(got.length, got[0].data.at(-1))`},
			[]string{warning, "7 2"}},
		{"9 MiB of bytes", []string{`
			const binary = () => ({ get data() { throw new Error("read") }, binary: true, bytes: new Uint8Array(1 << 20) });
			for (let i = 0; i < 9; i++) push("message", binary())`, collect, "tick", `say(got.length)`}, []string{warning, "8"}},
		{"one larger than the bound", []string{`text("x".repeat(9 << 20))`, collect, "tick", `say(got.length)`}, []string{"1"}},
		{"the bound holds during the delivery", []string{`for (let i = 0; i < 1024; i++) push("message", i)`, collect,
			`for (let i = 1024; i < 5000; i++) push("message", i)`, "tick", `say(got.length, got.every((m, i) => m === i))`}, []string{"5000 true"}},
	})
}
