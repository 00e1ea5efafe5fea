package sdk_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/sdk"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// prelude is the smallest host that the SDK can live in: it records what it is
// sent, and what the script under test has to say.
const prelude = `
const sent = [], log = [], timers = [], sends = [];
let buffered = 0, onSend = () => {}, onQuery = () => {};
globalThis.sendMessage = (channel, data, more) => {
	if (channel === "part") return part(data);
	if (channel === "iterable") return data();
	if (channel === "entries") return entries(data);
	if (channel === "call") return call(data, more);
	if (channel === "query") onQuery(data);
	if (channel === "query") return data.method === "network.wsBufferedAmount" ? buffered : undefined;
	sent.push({ channel, data: channel === "send" ? [data, more] : data });
	onSend(channel, data, more);
	if (channel === "send") return new Promise((fulfil) => { sends.push(fulfil) });
};
const entries = (make) => {
	for (const name of ["__resolveRpc", "__pushEvent", "__pushWsEvent", "__executeCommand", "__triggerOnLoad", "__triggerOnDispose"]) {
		globalThis[name] = make(name);
	}
};
const call = (data, opened) => new Promise((fulfil, reject) => {
	sent.push({ channel: "call", data, settle: { fulfil: (result) => fulfil(opened(result)), reject } });
	onSend("call", data);
});
globalThis.setTimeout = (f) => { timers.push(f); };
globalThis.console = {
	error: (text, error) => { say("error", text, String(error)); },
	warn: (text) => { say("warn", text); },
};
const say = (...words) => { log.push(words.join(" ")); };
const show = (name) => (value) => say(name, value instanceof Error ? failure(value) : JSON.stringify(value));
const failure = (e) => [e.name, e.code, e.message].filter(Boolean).join(": ");
const settle = (name, promise) => promise.then(show(name), (e) => say(name, "rejected", failure(e)));
const last = () => sent.filter((m) => m.channel === "rpc" || m.channel === "call").at(-1);
const lastId = () => last().data.id;
const answer = (result, id) => {
	if (id === undefined && last().settle) last().settle.fulfil(result);
	else __resolveRpc({ id: id ?? lastId(), result });
};
const refuse = (text, code, id) => {
	if (id === undefined && last().settle) last().settle.reject(Object.assign(new Error(text), { code }));
	else __resolveRpc({ id: id ?? lastId(), error: text, code });
};
const push = (event, data, connectionId = "x_ws_0") => __pushWsEvent({ connectionId, event, data });
const text = (data) => push("message", { data });
let ws;
`

// A host runs snippets against the built-in SDK, each in a turn of its own.
type host struct {
	t  testing.TB
	vm *goja.Runtime
}

func newHost(t testing.TB) *host {
	t.Helper()
	h := &host{t, goja.New()}
	h.vm.Set("part", h.part)
	h.run(prelude)
	name, code := sdk.Script()
	module, err := h.vm.RunScript(name, code)
	if err != nil {
		t.Fatal(err)
	}
	object := module.(*goja.Object)
	object.DefineDataProperty("default", object, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	h.vm.Set("editor", module)
	h.run("const { network, window } = editor")
	return h
}

// newSocket is a host whose script has opened a WebSocket, ws.
func newSocket(t testing.TB) *host {
	t.Helper()
	h := newHost(t)
	h.run(`network.createWebSocket("ws://h/").then((c) => { ws = c; })`)
	h.run(`answer({ connectionId: "x_ws_0", url: "ws://h/", protocol: "" }); sent.length = 0`)
	return h
}

// part is a part of the SDK, as the host gives it.
func (h *host) part(part string) (goja.Value, error) {
	name, code, ok := sdk.Part(part)
	if !ok {
		h.t.Errorf("the SDK has no part %s", part)
	}
	return h.vm.RunScript(name, code)
}

// run runs each snippet in a turn. "tick" runs the timers that are due, each in
// a turn, and so do the timers that these make.
func (h *host) run(turns ...string) {
	h.t.Helper()
	for _, turn := range turns {
		if turn != "tick" {
			h.eval(turn)
			continue
		}
		for h.eval("timers.length").ToInteger() > 0 {
			h.eval("timers.shift()()")
		}
	}
}

func (h *host) eval(code string) goja.Value {
	h.t.Helper()
	value, err := h.vm.RunString(code)
	if err != nil {
		h.t.Fatalf("%s\n%v", code, err)
	}
	return value
}

// sees compares what the script has said so far with the lines wanted.
func (h *host) sees(want ...string) {
	h.t.Helper()
	got := h.eval(`log.join("\n")`).String()
	if want := strings.Join(want, "\n"); got != want {
		h.t.Errorf("the script said\n%s\nwant\n%s", got, want)
	}
}

// sends compares the messages sent so far, as JSON, with those wanted.
func (h *host) sends(want ...string) {
	h.t.Helper()
	got := h.eval(`sent.map((m) => m.channel + " " + JSON.stringify(m.data)).join("\n")`).String()
	if want := strings.Join(want, "\n"); got != want {
		h.t.Errorf("the SDK sent\n%s\nwant\n%s", got, want)
	}
}

// A story is a list of turns and what the script says in them.
type story struct {
	name  string
	turns []string
	want  []string
}

func tell(t *testing.T, begin func(testing.TB) *host, stories []story) {
	t.Helper()
	for _, s := range stories {
		t.Run(s.name, func(t *testing.T) {
			h := begin(t)
			h.t = t
			h.run(s.turns...)
			h.sees(s.want...)
		})
	}
}
