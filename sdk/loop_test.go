package sdk_test

import "testing"

// looping makes loops by hand: goja has no for await.
const looping = `const loop = (connection = ws) => connection[Symbol.for("Symbol.asyncIterator")]();
	const step = (it, name = "m") => it.next().then((r) => say(name, r.done ? "done" : r.value.data));
	const steps = async (it, count, name) => { for (let i = 0; i < count; i++) await step(it, name); };`

func TestLoop(t *testing.T) {
	tell(t, newSocket, []story{
		{"as they come", []string{looping, `steps(loop(), 3)`, `text("1")`, `text("2")`, `push("close", {})`}, []string{"m 1", "m 2", "m done"}},
		{"while the body waits", []string{looping, `const it = loop(); step(it)`, `text("1")`, `text("2")`, `text("3")`, `steps(it, 2)`},
			[]string{"m 1", "m 2", "m 3"}},
		{"several asked for at once", []string{looping, `const it = loop(); step(it, "a"); step(it, "b")`, `text("1")`, `text("2")`}, []string{"a 1", "b 2"}},
		{"what was held", []string{looping, `text("1")`, `text("2")`, `steps(loop(), 3)`, `text("3")`}, []string{"m 1", "m 2", "m 3"}},
		{"held until after the close", []string{looping, `text("1")`, `push("close", {})`, `steps(loop(), 2)`, `ws.onClose(show("c"))`, "tick"},
			[]string{"m 1", "m done", "c {}"}},
		{"made before it is asked", []string{looping, `const it = loop()`, `text("1")`, `push("close", {})`, `steps(it, 3)`}, []string{"m 1", "m done", "m done"}},
		{"behind the close", []string{looping, `const it = loop(); ws.onClose(show("c"))`, `text("1")`, `push("error", {})`, `push("close", {})`, `steps(it, 2)`},
			[]string{"c {}", "m 1", "m done"}},
		{"after the end", []string{looping, `push("close", {})`, `step(loop())`, `step(loop())`}, []string{"m done", "m done"}},
		{"beside a handler", []string{looping, `ws.onMessage(show("h")); steps(loop(), 2)`, `text("1")`, `text("2")`},
			[]string{`h {"data":"1"}`, "m 1", `h {"data":"2"}`, "m 2"}},
		{"beside a handler that takes what was held", []string{looping, `text("1")`, `text("2")`, `push("close", {})`,
			`ws.onMessage(show("h")); steps(loop(), 3)`, "tick"}, []string{`h {"data":"1"}`, "m 1", `h {"data":"2"}`, "m 2", "m done"}},
		{"two loops", []string{looping, `steps(loop(), 2, "a"); steps(loop(), 2, "b")`, `text("1")`, `push("close", {})`},
			[]string{"a 1", "b 1", "a done", "b done"}},
		{"own close drops what is not taken", []string{looping, `const it = loop(); step(it)`, `text("1")`, `text("2")`, `settle("closed", ws.close()); steps(it, 2)`,
			`text("3")`, `push("close", {})`, `answer(null)`, `step(loop())`}, []string{"m 1", "m done", "m done", "closed ", "m done"}},
		{"an open next ends at own close", []string{looping, `step(loop())`, `ws.close(); say("asked")`}, []string{"asked", "m done"}},
		{"the iterator is iterable", []string{looping, `const it = loop(); say(loop(it) === it)`}, []string{"true"}},
	})
}

func TestLoopLeft(t *testing.T) {
	tell(t, newSocket, []story{
		{"what was not taken goes to the next", []string{looping, `const it = loop(); step(it)`, `text("1")`, `text("2")`, `text("3")`,
			`it.return().then(show("left")); step(it)`, `text("4")`, `steps(loop(), 3)`}, []string{"m 1", `left {"done":true}`, "m done", "m 2", "m 3", "m 4"}},
		{"or to a handler", []string{looping, `const it = loop()`, `text("1")`, `text("2")`, `it.return(); ws.onMessage(show("h"))`, "tick"},
			[]string{`h {"data":"1"}`, `h {"data":"2"}`}},
		{"not to a second that has had it", []string{looping, `const it = loop(), other = loop()`, `text("1")`, `it.return(); steps(other, 2); step(loop(), "third")`, `text("2")`},
			[]string{"m 1", "m 2", "third 2"}},
		{"not twice", []string{looping, `const it = loop()`, `text("1")`, `it.return(); it.return(); steps(loop(), 2)`, `push("close", {})`}, []string{"m 1", "m done"}},
		{"after the end", []string{looping, `const it = loop()`, `text("1")`, `push("close", {})`, `it.return()`, `steps(loop(), 2)`}, []string{"m 1", "m done"}},
		{"an open next is done", []string{looping, `const it = loop(); step(it); it.return()`}, []string{"m done"}},
		{"by throw", []string{looping, `const it = loop()`, `text("1")`, `settle("thrown", it.throw(new Error("x"))); step(it)`, `step(loop())`},
			[]string{"thrown rejected Error: x", "m done", "m 1"}},
		{"after handlers that were taken back", []string{looping, `ws.onMessage(() => {})(); const it = loop()`, `it.return()`, `text("1")`, `step(loop())`}, []string{"m 1"}},
	})
}

func TestLoopPauses(t *testing.T) {
	const pauses = `onQuery = (q) => say(q.method, JSON.stringify(q.params))`
	const paused, resumed = `network.wsPause {"connectionId":"x_ws_0","paused":true}`, `network.wsPause {"connectionId":"x_ws_0","paused":false}`
	const flood = `const flood = (n) => { for (let i = 0; i < n; i++) push("message", { data: "" }) }; const take = async (it, n) => { for (let i = 0; i < n; i++) await it.next() };`
	tell(t, newSocket, []story{
		{"256 messages", []string{looping, pauses, flood, `const it = loop(); flood(255)`, `say("next"); flood(1000)`, `take(it, 1126)`, `say(1126)`, `take(it, 1)`, `flood(128)`},
			[]string{"next", paused, "1126", resumed, paused}},
		{"1 MiB", []string{looping, pauses, `const it = loop(); text("x".repeat(1 << 20))`, `it.next()`}, []string{paused, resumed}},
		{"the loop is left", []string{looping, pauses, flood, `const it = loop(); flood(256)`, `it.return()`}, []string{paused, resumed}},
		{"two loops", []string{looping, pauses, flood, `const a = loop(), b = loop(); flood(256)`, `say("a"); take(a, 256)`, `say("b"); take(b, 256)`},
			[]string{paused, "a", "b", resumed}},
		{"what was held is enough", []string{looping, pauses, flood, `flood(300)`, `loop()`}, []string{paused}},
		{"nothing after the end", []string{looping, pauses, flood, `const it = loop(); flood(256)`, `push("close", {})`, `take(it, 256)`}, []string{paused}},
	})
}
