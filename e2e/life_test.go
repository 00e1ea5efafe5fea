package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/observed"
)

func TestLife(t *testing.T) { tell(t, lifeStories) }

var lifeStories = map[string]story{
	"top-level code, then onLoad in order, then onDispose in order": {
		unpublished: "there is one callback of each kind",
		source: `onDispose(async () => { await null; log("dispose 1"); });
				onDispose(() => log("dispose 2"));
				onLoad(async () => { await new Promise((resolve) => setTimeout(resolve, 20)); log("load 1"); });
				onLoad(() => log("load 2"));
				log("top level");`,
		stdout: "top level\nload 1\nload 2\ndispose 1\ndispose 2\n",
	},
	"replies and events that come early wait": {
		play: says(text("early"), closing(1000, "")),
		source: `const opening = network.createWebSocket(url);
				opening.then((ws) => { ws.onMessage((m) => log("message", m.data)); ws.onClose((c) => log("close", c.code)); });
				for (const end = Date.now() + 100; Date.now() < end;);
				onLoad(async () => log("loaded"));`,
		stdout: "loaded\nmessage early\nclose 1000\n",
	},
	"onLoad that rejects closes the sockets": {
		unpublished: "the host isn't told how onLoad ended",
		source: `onDispose(() => log("disposed"));
				onLoad(async () => {
					const ws = await network.createWebSocket(url);
					await ws.send("hello");
					throw new Error("no luck");
				});`,
		stdout: "disposed\n",
		stderr: "extrun: story.js:5:12 (in onLoad)\n  3 | \t\t\t\t\tconst ws = await network.createWebSocket(url);\n  4 | \t\t\t\t\tawait ws.send(\"hello\");\n" +
			"> 5 | \t\t\t\t\tthrow new Error(\"no luck\");\n    | \t\t\t\t\t      ^\nError: no luck\n    at story.js:5:12\n",
		code:   1,
		server: []string{"text hello", "close 1001"},
	},
	"onDispose that throws is reported, and the next runs": {
		unpublished: "there is one callback of each kind",
		source: `


				onDispose(() => { throw new Error("first"); });
				onDispose(() => log("second"));`,
		stdout: "second\n",
		stderr: "extrun: uncaught error: story.js:4:29 (in onDispose)\n  2 | \n  3 | \n> 4 | \t\t\t\tonDispose(() => { throw new Error(\"first\"); });\n" +
			"    | \t\t\t\t                        ^\nError: first\n    at story.js:4:29\n",
	},
	"nothing of the extension runs after its end": {
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onClose((c) => log("close", c.code));
				onDispose(() => { setTimeout(() => log("timer"), 50); setInterval(() => log("interval"), 1); });
				ws.onMessage(() => ws.close());
				ws.send("go");
			});`,
		stdout: "close 1000\n",
	},
}

// TestCrash interrupts a script that doesn't give the thread back: its socket is
// closed, its stack is shown, and another extension doesn't notice.
func TestCrash(t *testing.T) {
	t.Parallel()
	server := serve(t, echo)
	stuck := write(t, "stuck.js", script(server.url+"stuck", `
		onLoad(async () => {
			const ws = await network.createWebSocket(url);
			ws.onMessage(() => { let n = 0; while (true) n++; });
			ws.send("spin");
		});`))
	fine := write(t, "fine.js", script(server.url+"fine", `
		onLoad(async () => {
			const ws = await network.createWebSocket(url);
			let count = 0;
			ws.onMessage(() => {
				if (++count === 20) return ws.close().then(() => log("twenty answers"));
				setTimeout(() => ws.send("x"), 50);
			});
			ws.send("x");
		});`))
	p := start(t, stuck, fine)
	got := p.wait()
	if got.stdout != "[fine] twenty answers\n" || got.code != 1 {
		t.Errorf("got %+v", got)
	}
	for _, want := range []string{"[stuck] extrun: stuck.js:4:", "did not give the thread back for 1", `extension=stuck fault=slow_turn where="message event of stuck_ws_0"`, `stack="at`} {
		if all := p.stderr.String(); !strings.Contains(all, want) {
			t.Errorf("the standard error lacks %q:\n%s", want, all)
		}
	}
	for _, v := range server.visits(t, 2) {
		if last := v.frames[len(v.frames)-1]; v.request.URL.Path == "/stuck" && last != "close 1001" {
			t.Errorf("the server saw %q at the end of the stuck extension, want close 1001", last)
		}
	}
}

// TestHostileMessages come from a server; the extension can catch what they do.
func TestHostileMessages(t *testing.T) { tell(t, hostileStories) }

var hostileStories = map[string]story{
	"ten million brackets": {
		play: says(text(strings.Repeat("[", 10<<20)), text("next")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage((m) => {
					if (m.data === "next") { log("alive"); ws.close(); return; }
					try { JSON.parse(m.data); } catch (err) { log(err.name, err instanceof Error); }
				});
			});`,
		stdout: "RangeError true\nalive\n",
	},
	"a regular expression that backtracks for ever": {
		play: says(text(strings.Repeat("a", 40)+"!"), closing(1000, "")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onMessage((m) => { let r; try { r = /^(?=(a+)+$)/.test(m.data); } catch { r = "error"; } log(r !== true); });
				ws.onClose((c) => log(c.code));
			});`,
		stdout: "true\n1000\n",
	},
	"huge allocations": {
		source: `for (const hungry of [
					() => "x".repeat(2 ** 40), () => new Float64Array(2 ** 40), () => new Uint8Array(4e9), () => Array.from({ length: 1e9 }), () => new Array(3e8).join(),
					() => "x".padEnd(2 ** 30), () => new Array(2 ** 32 - 1).fill(0), () => { const a = []; a.push(a); return a.flat(Infinity); },
					() => Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1) ])
					try { hungry(); log("done", String(hungry)); } catch (err) { log(err.name); }`,
		stdout: strings.Repeat("RangeError\n", 9),
	},
	"source map comments name no file": {
		source: "log('fine');\n//# sourceMappingURL=/dev/zero\n",
		stdout: "fine\n",
	},
	"an extension that breaks its own world": {
		unpublished: "it uses what the script has broken",
		play:        says(text("lost"), closing(1000, "")),
		source: `
				onLoad(async () => {
					await network.createWebSocket(url);
					JSON.stringify = Promise.prototype.then = Object.prototype.toString = Array.prototype.push = null;
					globalThis.sendMessage = globalThis.__pushWsEvent = globalThis.__resolveRpc = globalThis.__triggerOnDispose = 7;
					Object.defineProperty(Object.prototype, "connectionId", { get() { throw new Error("trap"); } });
					setTimeout(() => console.log("alive"), 10);
				});`,
		stdout: "alive\n",
		server: []string{"close 1000"},
	},
}

// TestDeactivationInTheMiddle ends an extension by a failure while it dials,
// sends, receives and closes.
func TestDeactivationInTheMiddle(t *testing.T) {
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		switch peer.Request.URL.Path {
		case "/stalls":
			peer.Stall()
		case "/floods":
			for {
				if _, err := peer.Write(text("flood")); err != nil {
					return
				}
			}
		default:
			silent(peer, v)
		}
	})
	got := run(t, "--log-level", "error", write(t, "story.js", script(server.url, `
		onLoad(async () => {
			const [stalls, floods, closes] = await Promise.all(["stalls", "floods", "closes"].map((path) => network.createWebSocket(url + path)));
			stalls.send(new Uint8Array(12 << 20));
			closes.close();
			network.createWebSocket(url + "dials");
			floods.onMessage(() => {});
			throw new Error("over");
		});`)))
	if got.stdout != "" || got.code != 1 || strings.Contains(got.stderr, "goroutine ") {
		t.Errorf("got %+v", got)
	}
	observed.Note(t, fmt.Sprintf("the extension hears of nothing any more (it wrote %q), and the program ends with code %d", got.stdout, got.code))
}
