package sdk_test

import (
	"strings"
	"testing"
)

func TestConnect(t *testing.T) {
	h := newHost(t)
	h.run(`network.createWebSocket("ws://h/").then((c) => say(c.connectionId, c.url, c.protocol, c.bufferedAmount))`,
		`buffered = 12; answer({ connectionId: "x_ws_0", url: "ws://h/", protocol: "p" })`)
	h.sees("x_ws_0 ws://h/ p 12")
	h.run(`sent.length = 0; network.createWebSocket({ href: "ws://h/" }, { headers: { A: "1" }, protocols: "p", timeout: 5 });
		network.createWebSocket("ws://h/", { headers: new Map([["b", "2"]]), protocols: ["p", "q"], signal: undefined })`)
	h.sends(`rpc {"id":"1","method":"network.wsConnect","params":{"url":"ws://h/","protocols":["p"],"headers":{"A":"1"},"timeout":5}}`,
		`rpc {"id":"2","method":"network.wsConnect","params":{"url":"ws://h/","protocols":["p","q"],"headers":{"b":"2"}}}`)
}

func TestConnectRefused(t *testing.T) {
	tell(t, newHost, []story{
		{"by the host", []string{`settle("a", network.createWebSocket("x"))`, `refuse("Invalid WebSocket URL: x", "ERR_INVALID_URL")`},
			[]string{"a rejected Error: ERR_INVALID_URL: Invalid WebSocket URL: x"}},
		{"no URL", []string{`settle("a", network.createWebSocket()); settle("b", network.createWebSocket(null))`}, []string{
			"a rejected TypeError: ERR_INVALID_URL: Invalid WebSocket URL: expected a string, got undefined",
			"b rejected TypeError: ERR_INVALID_URL: Invalid WebSocket URL: expected a string, got null"}},
		{"options", []string{`for (const o of [5, { headers: [] }, { headers: "a" }, { headers: { a: 1 } }, { protocols: [1] }, { timeout: 0 },
			{ timeout: "5" }, { timeout: NaN }, { signal: {} }]) settle("a", network.createWebSocket("ws://h/", o))`, `say(sent.length)`}, []string{
			"a rejected TypeError: ERR_INVALID_DATA: createWebSocket needs an object of options, got number",
			"a rejected TypeError: ERR_INVALID_HEADER: options.headers must be an object of strings, got an array",
			"a rejected TypeError: ERR_INVALID_HEADER: options.headers must be an object of strings, got string",
			"a rejected TypeError: ERR_INVALID_HEADER: header a must be a string, got number",
			"a rejected TypeError: ERR_INVALID_HEADER: options.protocols must be a string or an array of strings, got number",
			"a rejected TypeError: ERR_INVALID_DATA: options.timeout must be a number of milliseconds above 0, got 0",
			"a rejected TypeError: ERR_INVALID_DATA: options.timeout must be a number of milliseconds above 0, got 5",
			"a rejected TypeError: ERR_INVALID_DATA: options.timeout must be a number of milliseconds above 0, got NaN",
			"a rejected TypeError: ERR_INVALID_DATA: options.signal must be an AbortSignal, got object", "0"}},
	})
}

// abortable makes a signal by hand, with a look at its listeners.
const abortable = `const listeners = []; const signal = { aborted: false, reason: new Error("bored"),
	addEventListener: (type, f) => { listeners.push(f) }, removeEventListener: (type, f) => { listeners.splice(listeners.indexOf(f), 1) } };
const abort = () => { signal.aborted = true; listeners.slice().forEach((f) => f()) };
const connect = () => network.createWebSocket("ws://h/", { signal });`

func TestAbort(t *testing.T) {
	const rejected = "a rejected AbortError: ERR_ABORTED: opening the WebSocket was aborted"
	tell(t, newHost, []story{
		{"before", []string{abortable, `abort(); settle("a", connect())`, `say(sent.length, listeners.length)`}, []string{rejected, "0 0"}},
		{"the reason is the cause", []string{abortable, `abort(); connect().catch((e) => say(e.cause === signal.reason))`}, []string{"true"}},
		{"while dialling", []string{abortable, `settle("a", connect())`, `abort()`, `refuse("cancelled", "ERR_ABORTED", "1")`,
			`say(listeners.length, sent.map((m) => m.channel + (m.data.id ?? m.data)))`}, []string{rejected, "0 rpc1,cancel1"}},
		{"opened all the same", []string{abortable, `settle("a", connect())`, `abort()`, `answer({ connectionId: "x_ws_0" }, "1")`,
			`say(JSON.stringify(sent.at(-1)))`, `answer(null, "2")`}, []string{
			`{"channel":"rpc","data":{"id":"2","method":"network.wsClose","params":{"connectionId":"x_ws_0"}}}`, rejected}},
		{"not before the host has answered", []string{abortable, `settle("a", connect())`, `abort(); abort()`,
			`say(sent.map((m) => m.channel))`}, []string{"rpc,cancel"}},
		{"when open", []string{abortable, `connect().then((c) => { ws = c; say("open") })`, `answer({ connectionId: "x_ws_0" })`,
			`abort(); say(listeners.length, sent.length)`}, []string{"open", "0 1"}},
		{"refused before", []string{abortable, `settle("a", connect())`, `refuse("no")`, `abort(); say(listeners.length, sent.length)`},
			[]string{"a rejected Error: no", "0 1"}},
	})
}

func TestSend(t *testing.T) {
	h := newSocket(t)
	h.run(`ws.send("a"); ws.send({ b: [1, null] }); ws.send([]); ws.send(new Date(0)); ws.send("")`)
	h.sends(`send ["x_ws_0","a"]`, `send ["x_ws_0","{\"b\":[1,null]}"]`, `send ["x_ws_0","[]"]`,
		`send ["x_ws_0","\"1970-01-01T00:00:00.000Z\""]`, `send ["x_ws_0",""]`)
}

func TestSendBytes(t *testing.T) {
	h := newSocket(t)
	h.run(`const buffer = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer;
		onSend = (c, id, data) => say(data instanceof Uint8Array, Array.from(data));
		ws.send(buffer); ws.send(new Uint8Array(buffer, 2, 3)); ws.send(new DataView(buffer, 6)); ws.send(new Uint16Array(buffer, 4, 1))`)
	h.sees("true 1,2,3,4,5,6,7,8", "true 3,4,5", "true 7,8", "true 5,6")
}

func TestSendDetached(t *testing.T) {
	h := newSocket(t)
	buffer := h.vm.NewArrayBuffer([]byte("gone"))
	h.vm.Set("buffer", buffer)
	h.run(`const views = [buffer, new Uint8Array(buffer), new DataView(buffer)]`)
	buffer.Detach()
	h.run(`views.forEach((v) => settle("a", ws.send(v)))`)
	const want = "a rejected TypeError: ERR_INVALID_DATA: send needs bytes that are still there: this buffer is detached or has shrunk"
	h.sees(want, want, want)
	h.sends()
}

func TestSendRefused(t *testing.T) {
	const needs = "a rejected TypeError: ERR_INVALID_DATA: send needs a string, an object or array (sent as JSON), " +
		"an ArrayBuffer, a typed array, a DataView or a Blob, got "
	const json = "a rejected TypeError: ERR_INVALID_DATA: send can't express the object as JSON: "
	h := newSocket(t)
	h.run(`for (const d of [undefined, null, 5, true, 5n, () => {}, Symbol()]) settle("a", ws.send(d))`)
	var want []string
	for kind := range strings.FieldsSeq("undefined null number boolean bigint function symbol") {
		want = append(want, needs+kind)
	}
	h.sees(want...)
	h.run(`log.length = 0; const cycle = {}; cycle.self = cycle;
		for (const d of [{ toJSON: () => undefined }, { toJSON() { throw "a fit" } }]) settle("a", ws.send(d));
		for (const d of [cycle, { n: 1n }]) ws.send(d).catch((e) => say(e.code, e.cause instanceof TypeError))`)
	h.sees(json+"it becomes undefined", json+"a fit", "ERR_INVALID_DATA true", "ERR_INVALID_DATA true")
	h.sends()
}

func TestClose(t *testing.T) {
	h := newSocket(t)
	h.run(`settle("a", ws.close(4000, "bye")); settle("b", ws.close(5))`, `push("close", { code: 4000, reason: "bye" })`, `answer(null)`,
		`settle("c", ws.close()); say(ws.bufferedAmount)`)
	h.sends(`rpc {"id":"1","method":"network.wsClose","params":{"connectionId":"x_ws_0","code":4000,"reason":"bye"}}`)
	h.sees("a ", "b ", "0", "c ")
}

func TestCloseRefused(t *testing.T) {
	h := newSocket(t)
	h.run(`for (const [code, reason] of [[999], [1001], [2999], [5000], [3000.5], ["1000"], [null], [1000, 5], [1000, "x".repeat(124)],
		[1000, "ä".repeat(62)], [1000, "😀".repeat(31)], [undefined, "\ud800".repeat(42)]]) settle("a", ws.close(code, reason))`)
	const code = "a rejected TypeError: ERR_INVALID_DATA: close needs a code of 1000 or 3000 to 4999, got "
	const long = "a rejected TypeError: ERR_INVALID_DATA: the reason of close is longer than 123 bytes of UTF-8"
	h.sees(code+"999", code+"1001", code+"2999", code+"5000", code+"3000.5", code+"string", code+"null",
		"a rejected TypeError: ERR_INVALID_DATA: close needs a string as its reason, got number", long, long, long, long)
	h.sends()
	h.run(`ws.close(undefined, "ä".repeat(61))`)
	h.sends(`rpc {"id":"1","method":"network.wsClose","params":{"connectionId":"x_ws_0","reason":"` + strings.Repeat("ä", 61) + `"}}`)
}
