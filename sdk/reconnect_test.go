package sdk_test

import "testing"

// reconnecting has a clock of its own: due runs what is due first. rs is a
// connection that says all that happens to it.
const reconnecting = `
const due = () => { const timer = clock.shift(); now += timer.ms; timer.f(); };
const clock = []; let now = 0;
globalThis.setTimeout = (f, ms) => { const timer = { f, ms }; clock.push(timer); return timer; };
globalThis.clearTimeout = (timer) => { const at = clock.indexOf(timer); if (at >= 0) clock.splice(at, 1); };
Date.now = () => now;
let rs;
const listen = (c) => {
	rs = c; c.onMessage(show("m")); c.onError(show("e")); c.onClose(show("c"));
	c.onReconnecting((i) => say("reconnecting", i.attempt, i.cause instanceof Error ? failure(i.cause) : JSON.stringify(i.cause)));
	c.onReconnected(show("reconnected"));
};
const open = (reconnect = true, more) => network.createWebSocket("ws://h/", { reconnect, ...more }).then(listen, show("rejected"));
const opened = (n) => answer({ connectionId: "x_ws_" + n });
const lose = (n, code = 1006, reason = "") => push("close", { code, reason }, "x_ws_" + n);
const requests = () => say(sent.map((m) => m.data.method ? m.data.method.slice(8) + " " + (m.data.params.data ?? m.data.params.connectionId ?? m.data.params.url) : m.channel + " " + m.data).join(", "));
`

func TestReconnect(t *testing.T) {
	const lost = `reconnecting 1 {"code":1006,"reason":""}`
	tell(t, newHost, []story{
		{"one object through two losses", []string{reconnecting, `open()`, `opened(0)`, `say(rs.connectionId)`, `push("error", { message: "gone" }); lose(0)`, `due()`,
			`opened(1)`, `say(rs.connectionId)`, `push("message", { data: "1" }, "x_ws_1"); lose(1, 1000, "bye")`, `due()`, `opened(2)`},
			[]string{"x_ws_0", `e {"message":"gone"}`, lost, `reconnected {"attempts":1}`, "x_ws_1", `m {"data":"1"}`,
				`reconnecting 2 {"code":1000,"reason":"bye"}`, `reconnected {"attempts":2}`}},
		{"attempts count from one after minUptime", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `due()`, `opened(1)`, `now += 4999; lose(1)`, `due()`,
			`opened(2)`, `now += 5000; lose(2)`}, []string{lost, `reconnected {"attempts":1}`, `reconnecting 2 {"code":1006,"reason":""}`, `reconnected {"attempts":2}`, lost}},
		{"attempts that fail", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `due()`, `refuse("no way", "ERR_CONNECT")`, `due()`, `refuse("full", "ERR_LIMIT")`, `due()`, `opened(1)`},
			[]string{lost, "reconnecting 2 Error: ERR_CONNECT: no way", "reconnecting 3 Error: ERR_LIMIT: full", `reconnected {"attempts":3}`}},
		{"what lasts ends it", []string{reconnecting, `open()`, `opened(0)`, `lose(0, 1012, "restart")`, `due()`, `refuse("reserved", "ERR_URL_BLOCKED")`, `say(clock.length)`, `due()`, `say(clock.length)`},
			[]string{`reconnecting 1 {"code":1012,"reason":"restart"}`, `e {"message":"reserved"}`, "1", `c {"code":1012,"reason":"restart"}`, "0"}},
		{"maxRetries", []string{reconnecting, `open({ maxRetries: 2 })`, `opened(0)`, `lose(0)`, `due()`, `refuse("no way", "ERR_CONNECT")`, `due()`, `refuse("no way", "ERR_CONNECT")`, `due()`, `say(clock.length)`},
			[]string{lost, "reconnecting 2 Error: ERR_CONNECT: no way", `e {"message":"gave up after 2 attempts to connect again: no way"}`, `c {"code":1006,"reason":""}`, "0"}},
		{"maxRetries 0", []string{reconnecting, `open({ maxRetries: 0 })`, `opened(0)`, `lose(0)`, `due()`}, []string{`c {"code":1006,"reason":""}`}},
		{"shouldReconnect", []string{reconnecting, `open({ shouldReconnect: (cause) => cause.code !== 1000 })`, `opened(0)`, `lose(0)`, `due()`, `opened(1)`, `lose(1, 1000, "bye")`, `due()`},
			[]string{lost, `reconnected {"attempts":1}`, `c {"code":1000,"reason":"bye"}`}},
		{"shouldReconnect of an attempt", []string{reconnecting, `open({ shouldReconnect: (cause) => cause.code !== "ERR_HANDSHAKE" })`, `opened(0)`, `lose(0)`, `due()`, `refuse("401", "ERR_HANDSHAKE")`, `due()`},
			[]string{lost, `e {"message":"401"}`, `c {"code":1006,"reason":""}`}},
		{"shouldReconnect throws", []string{reconnecting, `open({ shouldReconnect: () => { throw new Error("oh") } })`, `opened(0)`, `lose(0)`, `due()`},
			[]string{`e {"message":"oh"}`, `c {"code":1006,"reason":""}`}},
		{"messages come before the loss", []string{reconnecting, `network.createWebSocket("ws://h/", { reconnect: true }).then((c) => { rs = c; c.onReconnecting(() => say("reconnecting")); c.onReconnected(() => say("reconnected")) })`,
			`opened(0)`, `push("message", { data: "1" }); push("message", { data: "2" })`, `rs.onMessage(show("m"))`, `lose(0)`, `due(); due()`, `while (clock.length) due(); opened(1)`},
			[]string{`m {"data":"1"}`, `m {"data":"2"}`, "reconnecting", "reconnected"}},
		{"nothing of the old connection afterwards", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `push("message", {}); push("close", {})`, `due()`, `opened(1)`, `push("message", {})`},
			[]string{lost, `reconnected {"attempts":1}`}},
		{"the first opening fails", []string{reconnecting, `open()`, `refuse("no way", "ERR_CONNECT")`, `say(clock.length)`}, []string{"rejected Error: ERR_CONNECT: no way", "0"}},
		{"and is tried again", []string{reconnecting, `open({ retryFirst: true })`, `refuse("no way", "ERR_CONNECT")`, `due()`, `opened(0)`, `say(rs.connectionId)`, `now += 5000; lose(0)`},
			[]string{"x_ws_0", lost}},
		{"but not for ever", []string{reconnecting, `open({ retryFirst: true, maxRetries: 1 })`, `refuse("no way", "ERR_CONNECT")`, `due()`, `refuse("no way", "ERR_CONNECT")`, `say(clock.length)`},
			[]string{"rejected Error: ERR_CONNECT: gave up after 1 attempts to connect again: no way", "0"}},
		{"a loop lives through losses", []string{reconnecting, looping, `network.createWebSocket("ws://h/", { reconnect: true }).then((c) => { rs = c })`, `opened(0)`, `steps(loop(rs), 3)`, `push("message", { data: "1" })`,
			`lose(0)`, `due()`, `opened(1)`, `push("message", { data: "2" }, "x_ws_1")`, `rs.close()`}, []string{"m 1", "m 2", "m done"}},
		{"a loop that has enough pauses the next connection too", []string{reconnecting, looping, `open()`, `opened(0)`, `loop(rs); rs.onMessage(() => {}); log.length = 0;
			console.error = () => {}; push("message", { data: "x".repeat(1 << 20) }); onQuery = (q) => say(JSON.stringify(q.params))`, `log.length = 0; lose(0)`, `due()`, `opened(1)`},
			[]string{lost, `{"connectionId":"x_ws_1","paused":true}`, `reconnected {"attempts":1}`}},
	})
}

func TestReconnectEnds(t *testing.T) {
	const lost = `reconnecting 1 {"code":1006,"reason":""}`
	tell(t, newHost, []story{
		{"own close", []string{reconnecting, `open()`, `opened(0)`, `settle("closed", rs.close(4000, "bye"))`, `push("close", { code: 4000, reason: "bye" }); answer(null)`, `say(clock.length)`, `settle("again", rs.close())`},
			[]string{`c {"code":4000,"reason":"bye"}`, "closed ", "0", "again "}},
		{"own close that the loss overtakes", []string{reconnecting, `open()`, `opened(0)`, `settle("closed", rs.close())`, `lose(0); answer(null)`, `say(clock.length)`},
			[]string{`c {"code":1006,"reason":""}`, "closed ", "0"}},
		{"close while it waits", []string{reconnecting, `open()`, `opened(0)`, `lose(0, 1012, "restart")`, `settle("closed", rs.close()); say(clock.length)`, `say(clock.length); due()`, `say(clock.length)`, `requests()`},
			[]string{`reconnecting 1 {"code":1012,"reason":"restart"}`, "0", "1", `c {"code":1012,"reason":"restart"}`, "closed ", "0", "wsConnect ws://h/"}},
		{"close in onReconnecting", []string{reconnecting, `open()`, `opened(0)`, `rs.onReconnecting(() => settle("closed", rs.close()))`, `lose(0)`, `due()`, `say(clock.length)`},
			[]string{lost, `c {"code":1006,"reason":""}`, "closed ", "0"}},
		{"close during an attempt", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `due()`, `settle("closed", rs.close())`, `say(clock.length)`, `refuse("cancelled", "ERR_ABORTED")`, `due()`, `requests()`},
			[]string{lost, "0", `c {"code":1006,"reason":""}`, "closed ", "wsConnect ws://h/, wsConnect ws://h/, cancel 2"}},
		{"close during an attempt that succeeds", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `due()`, `settle("closed", rs.close())`, `opened(1)`, `answer(null)`, `due()`, `requests()`},
			[]string{lost, `c {"code":1006,"reason":""}`, "closed ", "wsConnect ws://h/, wsConnect ws://h/, cancel 2, wsClose x_ws_1"}},
		{"close after it was given up", []string{reconnecting, `open({ maxRetries: 0 })`, `opened(0)`, `lose(0); settle("closed", rs.close())`, `due()`, `settle("again", rs.close())`},
			[]string{`c {"code":1006,"reason":""}`, "closed ", "again "}},
		{"close with a wrong code", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `settle("closed", rs.close(5))`, `due()`, `opened(1)`},
			[]string{lost, "closed rejected TypeError: ERR_INVALID_DATA: close needs a code of 1000 or 3000 to 4999, got 5", `reconnected {"attempts":1}`}},
		{"an abort while it waits", []string{reconnecting, abortable, `open(true, { signal })`, `opened(0)`, `say(listeners.length); lose(0)`, `say(listeners.length); abort()`, `due()`, `say(clock.length, listeners.length)`},
			[]string{"0", lost, "1", `e {"message":"opening the WebSocket was aborted"}`, `c {"code":1006,"reason":""}`, "0 0"}},
		{"an abort during an attempt", []string{reconnecting, abortable, `open(true, { signal })`, `opened(0)`, `lose(0)`, `due()`, `abort()`, `refuse("cancelled", "ERR_ABORTED")`, `due()`, `say(listeners.length)`},
			[]string{lost, `e {"message":"opening the WebSocket was aborted"}`, `c {"code":1006,"reason":""}`, "0"}},
		{"an abort while it is open", []string{reconnecting, abortable, `open(true, { signal })`, `opened(0)`, `abort()`, `lose(0)`, `due()`},
			[]string{`e {"message":"opening the WebSocket was aborted"}`, `c {"code":1006,"reason":""}`}},
		{"an abort of the first opening", []string{reconnecting, abortable, `open(true, { signal })`, `abort()`, `opened(0)`, `answer(null)`, `requests(); say(listeners.length)`},
			[]string{"rejected AbortError: ERR_ABORTED: opening the WebSocket was aborted", "wsConnect ws://h/, cancel 1, wsClose x_ws_0", "0"}},
		{"an abort before", []string{reconnecting, abortable, `abort(); open(true, { signal })`, `say(sent.length)`}, []string{"rejected AbortError: ERR_ABORTED: opening the WebSocket was aborted", "0"}},
	})
}

func TestReconnectSends(t *testing.T) {
	const lost = `reconnecting 1 {"code":1006,"reason":""}`
	const cutOff = `refuse("WebSocket x_ws_0 ended before the message was sent", "ERR_CLOSED")`
	tell(t, newHost, []story{
		{"what waits goes out in order, before onReconnected", []string{reconnecting, `open()`, `opened(0)`, `rs.onReconnected(() => rs.send("c"))`, `lose(0)`, `settle("a", rs.send("a")); rs.send({ b: 1 }); say(rs.bufferedAmount)`,
			`due()`, `buffered = 5; opened(1)`, `sent.splice(0, 2); requests(); say(rs.bufferedAmount); answer(null, "3")`},
			[]string{lost, "8", `reconnected {"attempts":1}`, `wsSend a, wsSend {"b":1}, wsSend c`, "5", "a "}},
		{"bytes as they were", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `const bytes = new Uint8Array([1, 2]); rs.send(bytes); bytes[0] = 9`, `due()`, `opened(1)`, `say(sent.at(-1).data.params.data)`},
			[]string{lost, `reconnected {"attempts":1}`, "1,2"}},
		{"what did not leave goes out again, in order", []string{reconnecting, `open()`, `opened(0)`, `settle("a", rs.send("a"))`, `settle("b", rs.send("b"))`, `lose(0)`, `settle("c", rs.send("c"))`,
			`refuse("WebSocket x_ws_0 is not open", "ERR_CLOSED", "2"); ` + `refuse("WebSocket x_ws_0 is not open", "ERR_CLOSED", "3")`, `due()`, `opened(1)`, `sent.splice(0, 4); requests()`},
			[]string{lost, `reconnected {"attempts":1}`, "wsSend a, wsSend b, wsSend c"}},
		{"refused before the loss is known", []string{reconnecting, `open()`, `opened(0)`, `rs.send("a")`, cutOff, `rs.send("b"); lose(0)`, `due()`, `opened(1)`, `sent.splice(0, 3); requests()`},
			[]string{lost, `reconnected {"attempts":1}`, "wsSend a, wsSend b"}},
		{"other refusals reject", []string{reconnecting, `open()`, `opened(0)`, `settle("a", rs.send("a"))`, `refuse("full", "ERR_BUFFER_FULL")`, `settle("b", rs.send(5))`, `say(rs.bufferedAmount)`},
			[]string{"a rejected Error: ERR_BUFFER_FULL: full", "b rejected TypeError: ERR_INVALID_DATA: send needs a string, an object or array (sent as JSON), an ArrayBuffer, a typed array, a DataView or a Blob, got number", "0"}},
		{"too many", []string{reconnecting, `open({ maxEnqueuedMessages: 2 })`, `opened(0)`, `lose(0)`, `rs.send("a"); rs.send("b"); settle("c", rs.send("c"))`}, []string{lost,
			"c rejected Error: ERR_BUFFER_FULL: WebSocket x_ws_0 is reconnecting and has 2 messages of 2 bytes waiting: more than 2 or 4194304 bytes don't fit, wait for onReconnected"}},
		{"too much", []string{reconnecting, `open({ maxEnqueuedBytes: 3 })`, `opened(0)`, `lose(0)`, `rs.send("ab"); settle("c", rs.send("cd"))`}, []string{lost,
			"c rejected Error: ERR_BUFFER_FULL: WebSocket x_ws_0 is reconnecting and has 1 messages of 2 bytes waiting: more than 1000 or 3 bytes don't fit, wait for onReconnected"}},
		{"none may wait", []string{reconnecting, `open({ maxEnqueuedMessages: 0 })`, `opened(0)`, `settle("a", rs.send("a"))`, cutOff, `lose(0)`, `settle("b", rs.send("b"))`}, []string{
			"a rejected Error: ERR_CLOSED: WebSocket x_ws_0 ended before the message was sent", lost,
			"b rejected Error: ERR_CLOSED: WebSocket x_ws_0 is reconnecting, and its sends are not queued: wait for onReconnected"}},
		{"the end rejects what waits", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `settle("a", rs.send("a")); rs.close()`, `due()`, `settle("b", rs.send("b"))`, `refuse("WebSocket x_ws_0 is not open", "ERR_CLOSED")`}, []string{
			lost, "a rejected Error: ERR_CLOSED: WebSocket x_ws_0 ended before the message was sent", `c {"code":1006,"reason":""}`, "b rejected Error: ERR_CLOSED: WebSocket x_ws_0 is not open"}},
		{"the stack leads to the send", []string{reconnecting, `open()`, `opened(0)`, `lose(0)`, `function author() { return rs.send("a") }; author().catch((e) => say(e.stack.includes("author"))); rs.close()`}, []string{lost, "true"}},
	})
}

func TestReconnectProvided(t *testing.T) {
	const lost = `reconnecting 1 {"code":1006,"reason":""}`
	const params = `say(JSON.stringify(sent.filter((m) => m.channel === "rpc").at(-1).data.params))`
	tell(t, newHost, []story{
		{"each time anew", []string{reconnecting, `let n = 0; network.createWebSocket(async () => "ws://h/" + n, { reconnect: true, headers: () => ({ token: String(++n) }), protocols: () => ["p" + n] }).then(listen)`, params,
			`opened(0)`, `lose(0)`, `due()`, params}, []string{`{"url":"ws://h/0","protocols":["p1"],"headers":{"token":"1"}}`, lost,
			`{"url":"ws://h/1","protocols":["p2"],"headers":{"token":"2"}}`}},
		{"one that rejects fails the attempt", []string{reconnecting, `let bad = false; network.createWebSocket(() => bad ? Promise.reject(new Error("no token")) : "ws://h/", { reconnect: true }).then(listen)`, `opened(0)`, `bad = true; lose(0)`,
			`due()`, `due()`, `say(clock.length)`}, []string{lost, "reconnecting 2 Error: no token", "reconnecting 3 Error: no token", "1"}},
		{"one that throws nothing useful", []string{reconnecting, `network.createWebSocket(() => { throw 5 }, { reconnect: true }).catch(show("rejected"))`}, []string{"rejected Error: 5"}},
		{"one that gives nothing ends it", []string{reconnecting, `network.createWebSocket(() => {}, { reconnect: { retryFirst: true } }).catch(show("rejected"))`, `say(clock.length)`},
			[]string{"rejected TypeError: ERR_INVALID_URL: Invalid WebSocket URL: expected a string, got undefined", "0"}},
		{"one that never answers", []string{reconnecting, `network.createWebSocket(() => new Promise(() => {}), { reconnect: true, timeout: 50 }).catch(show("rejected"))`, `say(clock[0].ms); due()`, `say(sent.length)`},
			[]string{"50", "rejected Error: ERR_TIMEOUT: the functions that give the URL, headers and protocols have not answered within 50 ms", "0"}},
		{"close meanwhile", []string{reconnecting, `let fulfil; let n = 0; network.createWebSocket(() => n++ ? new Promise((f) => { fulfil = f }) : "ws://h/", { reconnect: true }).then(listen)`, `opened(0)`, `lose(0)`, `due()`,
			`settle("closed", rs.close())`, `due()`, `fulfil("ws://h/")`, `requests(); say(clock.length)`}, []string{lost, `c {"code":1006,"reason":""}`, "closed ", "wsConnect ws://h/", "0"}},
	})
}

func TestReconnectRefused(t *testing.T) {
	h := newHost(t)
	h.run(`for (const reconnect of [5, [], "x"]) settle("a", network.createWebSocket("ws://h/", { reconnect }));
		for (const [name, value] of [["minReconnectionDelay", -1], ["maxReconnectionDelay", NaN], ["reconnectionDelayGrowFactor", 0.5], ["maxRetries", "3"], ["shouldReconnect", true], ["retryFirst", 1], ["maxAtempts", 3], ["timeout", 5]])
			settle("a", network.createWebSocket("ws://h/", { reconnect: { [name]: value } }));
		settle("a", network.createWebSocket("ws://h/", { reconnect: true, signal: {} })); settle("a", network.createWebSocket("ws://h/", { reconnect: true, timeout: 0 }));
		settle("a", network.createWebSocket(() => "ws://h/"))`)
	const text = "a rejected TypeError: ERR_INVALID_DATA: options."
	const settings = "minReconnectionDelay, maxReconnectionDelay, reconnectionDelayGrowFactor, minUptime, maxRetries, maxEnqueuedMessages, maxEnqueuedBytes, retryFirst, shouldReconnect"
	h.sees(text+"reconnect must be true or an object, got number", text+"reconnect must be true or an object, got an array", text+"reconnect must be true or an object, got string",
		text+"reconnect.minReconnectionDelay must be a number of at least 0, got -1", text+"reconnect.maxReconnectionDelay must be a number of at least 0, got NaN",
		text+"reconnect.reconnectionDelayGrowFactor must be a number of at least 1, got 0.5", text+"reconnect.maxRetries must be a number of at least 0, got string",
		text+"reconnect.shouldReconnect must be a function, got boolean", text+"reconnect.retryFirst must be true or false, got number",
		text+"reconnect has no setting maxAtempts: there are "+settings, text+"reconnect has no setting timeout: there are "+settings, text+"signal must be an AbortSignal, got object", text+"timeout must be a number of milliseconds above 0, got 0",
		"a rejected TypeError: ERR_INVALID_URL: Invalid WebSocket URL: expected a string, got function")
	h.sends()
	h.run(`log.length = 0; const all = { minReconnectionDelay: 1, maxReconnectionDelay: 2, reconnectionDelayGrowFactor: 1, minUptime: 0, maxRetries: 0, maxEnqueuedMessages: 0, maxEnqueuedBytes: 0, retryFirst: false, shouldReconnect: () => false };
		network.createWebSocket("ws://h/", { reconnect: all }); say(sent.length, Object.keys(all).join(", "))`)
	h.sees("1 " + settings)
	h.run(`log.length = 0; for (const reconnect of [false, null, undefined]) network.createWebSocket("ws://h/", { reconnect }).then((c) => say(typeof c.onReconnecting))`,
		`for (const id of ["2", "3", "4"]) answer({ connectionId: "x_ws_" + id }, id)`)
	h.sees("undefined", "undefined", "undefined")
}

// TestReconnectionDelays holds the bounds of each wait, and that the waits are
// spread over them.
func TestReconnectionDelays(t *testing.T) {
	tell(t, newHost, []story{
		{"by default", []string{reconnecting, `
			const waits = Array.from({ length: 12 }, () => []); let n = 0;
			const again = () => network.createWebSocket("ws://h/", { reconnect: { retryFirst: true } }).catch(() => {});
			for (let i = 0; i < 60; i++) { again(); for (let k = 0; k < 12; k++) { refuse("x", "ERR_CONNECT"); const timer = clock.shift(); waits[k].push(timer.ms); timer.f(); } }
			waits.forEach((list, k) => { const most = Math.min(30000, 1000 * 2 ** (k + 1)); const third = (most - 1000) / 3;
				say(list.every((ms) => ms >= 1000 && ms <= most && Number.isInteger(ms)), [0, 1, 2].every((n) => list.some((ms) => ms >= 1000 + n * third && ms <= 1000 + (n + 1) * third))) })`},
			[]string{"true true", "true true", "true true", "true true", "true true", "true true", "true true", "true true", "true true", "true true", "true true", "true true"}},
		{"without growth", []string{reconnecting, `network.createWebSocket("ws://h/", { reconnect: { retryFirst: true, reconnectionDelayGrowFactor: 1, minReconnectionDelay: 7 } }).catch(() => {})`,
			`for (let k = 0; k < 5; k++) { refuse("x", "ERR_CONNECT"); say(clock[0].ms); due() }`}, []string{"7", "7", "7", "7", "7"}},
		{"the longest below the shortest", []string{reconnecting, `network.createWebSocket("ws://h/", { reconnect: { retryFirst: true, maxReconnectionDelay: 5 } }).catch(() => {})`,
			`refuse("x", "ERR_CONNECT"); say(clock[0].ms)`}, []string{"5"}},
	})
}
