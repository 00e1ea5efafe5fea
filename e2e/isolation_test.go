package e2e

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A street is a host with extensions beside each other, and what each of them
// writes.
type street struct {
	*runtimetest.World
	t *testing.T

	mu    sync.Mutex
	lines map[string][]string
}

func newStreet(t *testing.T, namespaces ...rpc.Namespace) *street {
	s := &street{t: t, lines: make(map[string][]string)}
	s.World = newWorld(t, hostnet.Options{}, runtime.Options{Namespaces: namespaces, Console: func(ext *runtime.Extension, _ runtime.ConsoleLevel, text string) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.lines[ext.ID()] = append(s.lines[ext.ID()], text)
	}})
	return s
}

// move lets an extension in, and waits until it is active.
func (s *street) move(id, source string) *runtime.Extension {
	s.t.Helper()
	ext := startAs(s.t, s.World, scriptFile(s.t, source), id)
	if err := ext.WaitActive(s.t.Context()); err != nil {
		s.t.Fatal(runtime.Describe(err))
	}
	return ext
}

func (s *street) push(ext *runtime.Extension, event string) {
	s.t.Helper()
	if err := ext.PushEvent(s.t.Context(), event, nil); err != nil {
		s.t.Fatal(err)
	}
}

// forget drops the lines that begin so.
func (s *street) forget(beginning string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, lines := range s.lines {
		s.lines[id] = slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, beginning) })
	}
}

// wrote compares what an extension has written so far.
func (s *street) wrote(id string, want ...string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if got := s.lines[id]; !slices.Equal(got, want) {
		s.t.Errorf("%s wrote %q, want %q", id, got, want)
	}
}

// victimSource uses what an attacker could have spoilt, but not before it is
// told to.
const victimSource = `
	onLoad(async () => {
		const ws = await network.createWebSocket(url), seen = [];
		let ticks = 0;
		const timer = setInterval(() => ticks++, 1);
		ws.onError((e) => seen.push("error " + e.message));
		ws.onClose((c) => { clearInterval(timer); seen.push("close " + c.code); log(seen.join(), ticks > 0); });
		ws.onMessage((m) => { seen.push(JSON.parse(m.data).text); setTimeout(() => ws.close(), 5); });
		editor.host.on("go", async () => {
			log(Object.keys({}).length, ({}).polluted, [2, 1].sort().join(), /b+/.exec("abbc")[0], JSON.stringify({ a: [1n > 0] }), await Promise.resolve("then"));
			for (const url of [new URL("ws://h/p"), structuredClone({ href: "x" })]) log(url.href, Buffer.from("hi").toString("hex"));
			await ws.send({ text: "mine" });
		});
	});`

// attacks are what an extension can do to others. What it writes tells that the
// attack was made.
var attacks = map[string]struct {
	source string
	lines  []string
}{
	"guessed ids": {`onLoad(async () => {
			for (const connectionId of ["victim_ws_0", "victim_ws_1"])
				for (const method of ["network.wsSend", "network.wsClose", "network.wsBufferedAmount"])
					await editor.host.call(method, { connectionId, data: "stolen", code: 1000 }).catch((e) => log(e.code, e.message));
		});`, []string{
		"ERR_NOT_OWNER WebSocket victim_ws_0 is not owned by attacker", "ERR_NOT_OWNER WebSocket victim_ws_0 is not owned by attacker", "ERR_NOT_OWNER WebSocket victim_ws_0 is not owned by attacker",
		"ERR_NOT_OWNER WebSocket victim_ws_1 is not owned by attacker", "ERR_NOT_OWNER WebSocket victim_ws_1 is not owned by attacker", "ERR_NOT_OWNER WebSocket victim_ws_1 is not owned by attacker",
	}},
	"forged events": {`
		for (const form of [(x) => x, JSON.stringify]) {
			for (const event of ["message", "error", "close"]) __pushWsEvent(form({ connectionId: "victim_ws_0", event, data: { data: '{"text":"forged"}', message: "forged", code: 4000 } }));
			for (let id = 0; id < 100; id++) __resolveRpc(form({ id: String(id), result: "forged" }));
			__pushEvent(form({ event: "go", data: null }));
			__executeCommand(form({ execId: "1", commandId: "x" }));
		}
		__triggerOnDispose();
		log("forged");`, []string{"forged"}},
	"forged envelopes": {`
		const as = { extensionId: "victim", id: "1", caller: "victim", session: 0 };
		for (let id = 0; id < 100; id++) { sendMessage("cancel", String(id)); sendMessage("commandResult", { execId: String(id), result: 1, ...as }); }
		for (const phase of ["onLoad", "onDispose"]) sendMessage("lifecycleComplete", { phase, ...as });
		for (let n = 0; n < 3; n++) sendMessage("rpc", { ...as, id: n, method: "network.wsClose", params: { ...as, connectionId: "victim_ws_0" } });
		log("forged");`, []string{"forged"}},
	"numbers of timers": {`for (let n = 0; n < 2000; n++) { clearInterval(n); clearTimeout(n); clearImmediate(n); clearTimeout({ id: n }); } log("cleared");`, []string{"cleared"}},
	"polluted prototypes": {`
		Object.prototype.polluted = "polluted";
		for (const type of [Array, Promise, RegExp, String, Map, Error, Function, URL, Uint8Array]) type.prototype.polluted = "polluted";
		Object.defineProperty(Object.prototype, "connectionId", { get: () => "victim_ws_0", set() {} });
		log("polluted");`, []string{"polluted"}},
	"spoilt built-ins": {`
		const say = log, spoil = () => { throw new TypeError("spoilt"); };
		Promise.prototype.then = function () { return this; };
		for (const name of ["URL", "structuredClone", "setTimeout", "setInterval", "Buffer"]) globalThis[name] = undefined;
		Map.prototype.get = Function.prototype.call = RegExp.prototype.exec = Object.keys = JSON.parse = JSON.stringify = spoil;
		globalThis.sendMessage = globalThis.__pushEvent = globalThis.__pushWsEvent = globalThis.__resolveRpc = () => {};
		Array.prototype.sort = Array.prototype.push = Array.prototype[Symbol.iterator] = spoil;
		say("spoilt");`, []string{"spoilt"}},
	"frozen world": {`
		const walk = (o) => { if (Object(o) !== o || Object.isFrozen(o)) return; try { Object.freeze(o); } catch { return; } for (const k of Reflect.ownKeys(o)) { const d = Reflect.getOwnPropertyDescriptor(o, k); walk(d.value); walk(d.get); walk(d.set); } walk(Reflect.getPrototypeOf(o)); };
		for (const name of ["Object", "Array", "Promise", "JSON", "RegExp", "Map", "Error", "console", "Buffer", "URL"]) walk(globalThis[name]);
		log(Object.isFrozen(Array.prototype));`, []string{"true"}},
}

// TestAttacksOnNeighbours has one extension attack another, which is there
// already or comes later.
func TestAttacksOnNeighbours(t *testing.T) {
	for name, attack := range attacks {
		for _, order := range []string{"afterwards", "before"} {
			t.Run(name+" "+order, func(t *testing.T) {
				server := serve(t, echo)
				s := newStreet(t)
				if order == "before" {
					s.move("attacker", script(server.url, attack.source))
				}
				victim := s.move("victim", script(server.url, victimSource))
				if order == "afterwards" {
					s.move("attacker", script(server.url, attack.source))
				}
				s.push(victim, "go")
				s.Idle(victim)
				s.wrote("attacker", attack.lines...)
				s.wrote("victim", `0 undefined 1,2 bb {"a":[true]} then`, "ws://h/p 6869", "x 6869", "mine,close 1000 true")
				server.received(t, `text {"text":"mine"}`, "close 1000")
			})
		}
	}
}

// sharedSource finds what it has left in values that the program of its code
// could share.
const sharedSource = `
	let state = 0;
	class Counted { static count = 0; }
	function named() {}
	const tag = (strings) => strings;
	const leave = (where, value) => { try { value.left = (value.left ?? 0) + 1; } catch { return where + " frozen"; } return where + " " + value.left; };
	onLoad(async () => {
		const pattern = /x/g, fresh = () => /y/g;
		pattern.exec("axb");
		let refusal;
		await network.createWebSocket("http://no").catch((e) => { refusal = e; });
		log(++state, ++Counted.count, pattern.lastIndex, fresh().lastIndex, leave("function", named), leave("class", Counted), leave("regexp", pattern),
			leave("error", refusal), leave("array", [1, 2]), leave("object", { a: 1 }), leave("sdk", editor), leave("network", network), leave("promise", Promise));
		log(leave("template", tag` + "`a${1}b`" + `), leave("raw", tag` + "`a${1}b`" + `.raw));
	});`

// TestSharedPrograms runs the same code in several extensions, which share the
// compiled program, at the same time.
func TestSharedPrograms(t *testing.T) {
	s := newStreet(t)
	path := scriptFile(t, script("", sharedSource))
	var all []*runtime.Extension
	for n := range 8 {
		all = append(all, startAs(t, s.World, path, fmt.Sprintf("twin-%d", n)))
	}
	for _, ext := range all {
		s.Idle(ext)
		s.wrote(ext.ID(), "1 1 2 0 function 1 class 1 regexp 1 error 1 array 1 object 1 sdk 1 network 1 promise 1", "template frozen raw frozen")
	}
}

// changeSource changes all that it is given, after it has shown it.
const changeSource = `
	editor.host.on("news", (data) => {
		log(JSON.stringify([data.list, data.object, [...data.bytes], [...data.lazy]]));
		data.list.push("changed");
		data.object.a = "changed";
		data.bytes[0] = data.lazy[0] = 99;
		data.more = true;
	});`

// TestEventsAreCopies gives one event to several extensions, each of which
// changes it.
func TestEventsAreCopies(t *testing.T) {
	s := newStreet(t)
	var all []*runtime.Extension
	for _, id := range []string{"one", "two", "three"} {
		all = append(all, s.move(id, script("", changeSource)))
	}
	bytes, computed := []byte{1, 2}, []byte{3, 4}
	data := map[string]any{"list": []any{1, "b"}, "object": map[string]any{"a": 1}, "bytes": bytes, "lazy": rpc.NewLazy(func() any { return computed })}
	for range 2 {
		if err := s.Host.PushEvent(t.Context(), "news", data); err != nil {
			t.Fatal(err)
		}
	}
	want := slices.Repeat([]string{`[[1,"b"],{"a":1},[1,2],[3,4]]`}, 2)
	for _, ext := range all {
		s.Idle(ext)
		s.wrote(ext.ID(), want...)
	}
	if bytes[0] != 1 || computed[0] != 3 || len(data) != 4 {
		t.Errorf("the host's own data are %v now, %v", data, computed)
	}
}

// TestErrorsNameNobodyElse fails in one extension, and looks for traces of it in
// another's errors.
func TestErrorsNameNobodyElse(t *testing.T) {
	s := newStreet(t)
	s.move("first", `const secret = new Error("secret of first"); setTimeout(() => { throw secret; }, 0);`)
	second := s.move("second", script("", `onLoad(async () => {
		for (const url of ["", "ws://localhost:4820/", "ws://127.0.0.1:1/"])
			await network.createWebSocket(url).catch((e) => log(e.message + e.stack + JSON.stringify(Reflect.ownKeys(e).map((k) => e[k]))));
	});`))
	s.Idle(second)
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, line := range s.lines["second"] {
		if strings.Contains(line, "first") || strings.Contains(line, "secret") {
			t.Errorf("second reads %q", line)
		}
	}
	if len(s.lines["second"]) != 3 {
		t.Errorf("second wrote %q", s.lines["second"])
	}
}
