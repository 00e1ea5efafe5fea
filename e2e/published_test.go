package e2e

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

const sdkImport = `import editor, { commands, events, listen, network, onDispose, onLoad, post, storage, window } from "@srcnexus/ext-sdk"; const log = console.log, kv = storage.kv; `

func TestPublished(t *testing.T) {
	for name, test := range publishedFacts {
		t.Run(name, func(t *testing.T) {
			world, ext := newPublished(t, echoed(), bundle(t, sdkImport+test.source))
			for _, event := range test.events {
				if err := ext.PushEvent(t.Context(), event.Name, event.Data); err != nil {
					t.Fatal(err)
				}
			}
			world.Idle(ext)
			world.Stop(ext)
			if lines := world.Lines(); !slices.Equal(lines, test.lines) || world.States() != "active disposing stopped" {
				t.Errorf("got states %s and\n%q\nwant\n%q", world.States(), lines, test.lines)
			}
			if errs := world.Errors(); len(errs) > 0 {
				t.Errorf("uncaught: %v", errs)
			}
		})
	}
}

var publishedFacts = map[string]struct {
	source string
	events []rpc.Event
	lines  []string
}{
	"the module has its 15 names": {
		source: `log(Object.keys(editor).sort().join(" "));`,
		lines:  []string{"commands editor events extensions formatters listen network onDispose onLoad post snippets storage terminal window workspace"},
	},
	"one callback of each kind, once": {
		source: `onLoad(() => log("first")); onLoad(() => log("load")); onDispose(() => log("first")); onDispose(async () => { await null; log("dispose"); });`,
		lines:  []string{"load", "dispose"},
	},
	"callbacks that throw are over too": {
		source: `onLoad(() => { throw "no"; }); onDispose(() => { throw "never"; });`,
		lines:  []string{"error: [SDK] onLoad error: no", "error: [SDK] onDispose error: never"},
	},
	"callbacks that reject are over too": {
		source: `onLoad(async () => { await kv.getItem("x"); throw "no"; }); onDispose(async () => { await null; throw "never"; });`,
		lines:  []string{"error: [SDK] onLoad async error: no", "error: [SDK] onDispose async error: never"},
	},
	"replies to calls of top-level code wait": {
		source: `kv.getItem("reply").then(log); Promise.resolve().then(() => log("reaction")); onLoad(() => log("load")); log("end of script");`,
		lines:  []string{"end of script", "reaction", "load", "reply"},
	},
	"replies": {
		source: `(async () => {
				log(await kv.getItem("text"), await kv.getItem(0), await kv.getItem(false), await kv.getItem(null), await kv.getItem(), await kv.clear());
				log(JSON.stringify(await kv.getItem({ a: [1, "ä", null], __proto__: 1, "": {} })));
				for (const refused of [kv.setItem("k", "v"), kv.removeItem("k"), network.fetch("http://127.0.0.1:4820/")]) await refused.catch((e) => log(e.message, e instanceof Error));
			})();`,
		lines: []string{"text 0 false null null null", `{"a":[1,"ä",null],"":{}}`, "the host gave no reason true", "storage.kv.removeItem is not available in this host true", "http://127.0.0.1:4820/: blocked: port 4820 of this machine (127.0.0.1) is reserved for the host's own services; other local ports are open true"},
	},
	"params that are no JSON": {
		source: `(async () => {
				const cycle = {}; cycle.self = cycle;
				for (const key of [cycle, 7n]) await kv.getItem(key).catch((e) => log(e.name));
				let deep = []; for (let i = 0; i < 400; i++) deep = [deep];
				log(JSON.stringify(await kv.getItem(deep)).length);
			})();`,
		lines: []string{"TypeError", "TypeError", "802"},
	},
	"calls in flight are rejected at the end": {
		source: `onDispose(() => { network.createWebSocket("ws://127.0.0.1:1/").catch((e) => log(e.message.includes("deactivated"))); });`,
		lines:  []string{"true"},
	},
	"events, in order, after onLoad": {
		source: `events.onThemeChange((theme) => log("theme", theme.id)); events.onFileOpen((file) => log("file", file.uri));
				onLoad(async () => { await kv.getItem("x"); log("loaded"); });`,
		events: []rpc.Event{{Name: "themeChange", Data: rpc.Object{{Name: "id", Value: "dark"}}}, {Name: "__proto__"}, {Name: "nobody listens"}, {Name: "fileOpen", Data: map[string]any{"uri": "file:///a"}}},
		lines:  []string{"loaded", "theme dark", "file file:///a"},
	},
	"handlers of events are walked as they are": {
		source: `const stop = events.onTabOpen(() => { log(1); stop(); }); events.onTabOpen(() => log(2)); events.onTabOpen(() => log(3));`,
		events: []rpc.Event{{Name: "tabOpen"}, {Name: "tabOpen"}},
		lines:  []string{"1", "3", "2", "3"},
	},
	"hooks, with the host's echo of their ids": {
		source: `commands.registerHook("file.save", "before", (args) => { log("asked", args.n); return false; }, 5).then((hook) => log(hook.hookId));`,
		events: []rpc.Event{
			{Name: "hookInvoked", Data: map[string]any{"hookId": "__hook_1", "invocationId": "i1", "type": "before", "args": map[string]any{"n": 1}}},
			{Name: "hookInvoked", Data: map[string]any{"hookId": "__hook_9", "invocationId": "i2", "type": "before", "args": nil}},
		},
		lines: []string{"__hook_1", "asked 1", "warn: [SDK] No handler found for hookId=__hook_9"},
	},
	"messages between extensions": {
		source: `listen("news", (message) => log("heard", message.n)); post("news", { n: 1 }).catch((e) => log(e.message));`,
		events: []rpc.Event{{Name: "__message", Data: map[string]any{"id": "news", "message": map[string]any{"n": 2}}}, {Name: "__message", Data: map[string]any{"id": "other", "message": 1}}},
		lines:  []string{"messaging.post is not available in this host", "heard 2"},
	},
	"fetch and Headers are the SDK's": {
		source: `fetch({ url: "http://127.0.0.1:4820/" }, { headers: new Headers({ "X-A": 1 }) }).catch((e) => log(e.message)); log(new Headers({ "X-A": 1 }).get("x-a"));`,
		lines:  []string{"1", "http://127.0.0.1:4820/: blocked: port 4820 of this machine (127.0.0.1) is reserved for the host's own services; other local ports are open"},
	},
}

// TestPublishedParams looks at what reaches the host's services.
func TestPublishedParams(t *testing.T) {
	s := echoed()
	world, ext := newPublished(t, s, bundle(t, sdkImport+`
		commands.registerHook("a.b", "after", () => {}); commands.registerCommand("a.c", () => {}, { label: "C" });
		kv.getItem(5); kv.clear(); listen("news", () => {}); listen("news", () => {});`))
	world.Idle(ext)
	want := []string{
		`commands.registerHook {"commandId":"a.b","type":"after","hookId":"__hook_1"}`,
		`commands.register {"id":"a.c","description":null,"label":"C","category":null}`,
		`storage.kv.getItem {"key":5}`, `storage.kv.clear {}`, `messaging.listen {"id":"news"}`,
	}
	if !slices.Equal(s.calls, want) {
		t.Errorf("got %q, want %q", s.calls, want)
	}
}

func TestPublishedCommands(t *testing.T) {
	_, ext := newPublished(t, echoed(), bundle(t, sdkImport+`
		const cycle = {}; cycle.self = cycle;
		const handlers = {
			sync: (args) => args.n * 2, nothing: () => {}, nil: () => null, later: (args) => kv.getItem(args.n + 1),
			throws: () => { throw new Error("bad"); }, "throws text": () => { throw "bad"; }, "throws nothing": () => { throw ""; }, rejects: async () => { throw "bad"; },
			"two answers": () => ({ then(fulfil) { fulfil("first"); } }), cycle: () => cycle, bigint: () => 7n,
		};
		for (const id in handlers) commands.registerCommand(id, handlers[id]).catch(() => {});`))
	tests := []struct{ id, want string }{
		{"sync", "42 <nil>"}, {"nothing", "<nil> <nil>"}, {"nil", "<nil> <nil>"}, {"later", "22 <nil>"},
		{"throws", "<nil> Error: bad"}, {"throws text", "<nil> bad"}, {"throws nothing", "<nil> the command failed without saying why"}, {"rejects", "<nil> bad"},
		{"two answers", "first <nil>"}, {"cycle", "<nil> TypeError: "}, {"bigint", "<nil> TypeError: "},
		{"unknown", "<nil> No handler registered for command: unknown"}, {"toString", "<nil> No handler registered for command: toString"},
		{"constructor", "<nil> No handler registered for command: constructor"}, {"__proto__", "<nil> No handler registered for command: __proto__"},
	}
	for _, test := range tests {
		result, err := ext.ExecuteCommand(t.Context(), test.id, map[string]any{"n": 21})
		if got := fmt.Sprint(result, " ", err); !strings.HasPrefix(got, test.want) {
			t.Errorf("%s: got %s, want %s", test.id, got, test.want)
		}
	}
}

// TestPublishedGreeting has an extension that asks its host for something
// before it registers its handlers, and is answered when the server has spoken.
func TestPublishedGreeting(t *testing.T) {
	spoken := make(chan struct{})
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		peer.Send(hostnettest.Text, "hello")
		peer.Send(hostnettest.Ping, "") // its pong means that the text before it was delivered
		peer.Await(hostnettest.Pong)
		close(spoken)
		says(text("there"), closing(4001, "bye"))(peer, v)
	})
	s := echoed()
	s.answer = func(call *rpc.Call) {
		go func() {
			<-spoken
			call.Reply(nil)
		}()
	}
	world, ext := newPublished(t, s, bundle(t, sdkImport+fmt.Sprintf(`
		onLoad(async () => {
			const ws = await network.createWebSocket(%q);
			await kv.getItem("token");
			ws.onMessage((m) => log("message", m.data));
			ws.onClose((c) => log("close", c.code, c.reason));
		});`, server.url)))
	world.Idle(ext)
	if lines, want := world.Lines(), []string{"message hello", "message there", "close 4001 bye"}; !slices.Equal(lines, want) {
		t.Errorf("the extension wrote %q, want %q", lines, want)
	}
}

// TestPublishedRejection has the host report what the SDK doesn't look at.
func TestPublishedRejection(t *testing.T) {
	server := serve(t, says(text("1"), closing(1000, "")))
	world, ext := newPublished(t, echoed(), bundle(t, sdkImport+fmt.Sprintf(`
		onLoad(async () => {
			const ws = await network.createWebSocket(%q);
			ws.onMessage(async (m) => { await null; throw new Error("too late"); });
			ws.onMessage((m) => log("second", m.data));
		});`, server.url)))
	world.Idle(ext)
	if errs := world.Errors(); len(errs) != 1 || errs[0].Message != "Error: too late" || world.Output() != "second 1" {
		t.Errorf("got %v, output %q", errs, world.Output())
	}
}

// TestTwoCopies has two copies of the SDK in one script, which number their
// calls alike. The second takes over; no call gets the answer to another.
func TestTwoCopies(t *testing.T) {
	first := bundle(t, sdkImport+`
		globalThis.first = (key) => kv.getItem(key).then((value) => log("first", key, value), (e) => log("first", key, e.message));
		first("a"); first("b"); onLoad(() => log("never called"));`)
	second := bundle(t, sdkImport+`
		const ask = (key) => kv.getItem(key).then((value) => log("second", key, value), (e) => log("second", key, e.message));
		ask("c"); onLoad(async () => { await ask("d"); await Promise.all([ask("e"), first("f"), ask("g"), ask("h")]); });`)
	world, ext := newPublished(t, echoed(), first+second)
	world.Idle(ext)
	lines := world.Lines()
	slices.Sort(lines)
	const refused = "a call with the id 3 waits for its answer already: are there two copies of the SDK in the script?"
	want := []string{"first a a", "first b b", "first f " + refused, "second c c", "second d d", "second e e", "second g g", "second h h"}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q, want %q", lines, want)
	}
}

// TestPublishedSamples runs the samples that need nothing but what the
// platform's document has, built as their authors would publish them.
func TestPublishedSamples(t *testing.T) {
	for name, source := range map[string]string{
		"quick-start.js": "quick-start.js", "echo-client.js": "echo-client.js", "streaming-json": "streaming-json/src/main.ts",
	} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(sample(source))
			if err != nil {
				t.Fatal(err)
			}
			id := strings.TrimSuffix(name, ".js")
			folder := runtimetest.Write(t, map[string]string{
				"manifest.json": fmt.Sprintf(`{"id": %q, "name": "A sample", "version": "0.1.0", "main": "dist/main.js"}`, id),
				"dist/main.js":  bundleOf(t, string(text), api.LoaderTS),
			})
			server, flags := serveTLS(t, echoHost, echo)
			test := sampleStories[name]
			run(t, append(flags, folder)...).expect(t, test.stdout, test.stderr, 0)
			server.received(t, test.visits[0]...)
		})
	}
}
