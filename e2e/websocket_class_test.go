package e2e

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
)

// TestWebSocketClass are stories of the web's WebSocket on the host's
// connections, in scripts that use no SDK. What the standard says is tested by
// the suite.
func TestWebSocketClass(t *testing.T) {
	for name, test := range webSocketStories {
		t.Run(name, func(t *testing.T) {
			server := serve(t, test.play)
			world := newWorld(t, test.options, runtime.Options{})
			source := fmt.Sprintf("const url = %q; const log = console.log;\n%s", server.url, test.source)
			world.Stop(world.Run(source))
			lines := world.Lines()
			for i, line := range lines {
				lines[i], _, _ = strings.Cut(strings.ReplaceAll(line, server.addr(), "SERVER"), "\n")
			}
			if !slices.Equal(lines, test.lines) || len(world.Errors()) > 0 {
				t.Errorf("the extension wrote %q, want %q, %v", lines, test.lines, world.Errors())
			}
			if test.server != nil {
				server.received(t, test.server...)
			}
		})
	}
}

var webSocketStories = map[string]struct {
	options hostnet.Options
	play    part
	source  string
	lines   []string // what the extension writes, their first lines
	server  []string // what the server received; nil: not compared
}{
	"the limit holds, and a place is free at the close event": {
		options: hostnet.Options{MaxConnections: 1},
		play:    echo,
		source: `const ws = new WebSocket(url);
			const none = new WebSocket(url);
			none.onerror = (e) => { log(e.message, e.error.code); ws.close(); };
			ws.onclose = () => { new WebSocket(url).onopen = (e) => { log(e.type); e.target.close(); }; };`,
		lines: []string{
			"error: WebSocket ws://SERVER/ failed: Too many WebSocket connections (max 1 per extension)",
			"Too many WebSocket connections (max 1 per extension) ERR_LIMIT", "open",
		},
	},
	"a connection that is given up gives its place back": {
		options: hostnet.Options{MaxConnections: 1},
		play:    echo,
		source: `const ws = new WebSocket(url);
			ws.onclose = () => { new WebSocket(url).onopen = (e) => { log(e.type); e.target.close(); }; };
			ws.close();`,
		lines: []string{"open"},
	},
	"the URL policy's refusal is a failed connection, and shows no secret": {
		play: echo,
		source: `const ws = new WebSocket("ws://user:secret@127.0.0.1:4820/x?token=secret");
			ws.onerror = (e) => log(e.type, e.error.code, ws.readyState);
			ws.onclose = (e) => log(e.type, e.code, e.wasClean);`,
		lines: []string{
			"error: WebSocket failed: ws://127.0.0.1:4820/x: blocked: port 4820 of this machine (127.0.0.1) is reserved for the host's own services; other local ports are open",
			"error ERR_URL_BLOCKED 3", "close 1006 false",
		},
	},
	"a forbidden header too": {
		play: echo,
		source: `const ws = new WebSocket(url, { headers: { Host: "other" } });
			ws.onerror = (e) => log(e.error.code);`,
		lines: []string{"error: WebSocket ws://SERVER/ failed: header \"host\": extensions can't set this header, the host does", "ERR_INVALID_HEADER"},
	},
	"a message that doesn't fit ends the connection, and none follows it": {
		options: hostnet.Options{MaxOutgoingBytes: 1000},
		play:    silent,
		source: `const ws = new WebSocket(url);
			console.error = () => {}; // how much waits depends on the time
			ws.onopen = () => { ws.send("first"); ws.send("x".repeat(2000)); ws.send("after"); };
			ws.onerror = (e) => log(e.error.code, ws.readyState, ws.bufferedAmount);
			ws.onclose = (e) => log(e.code, e.reason, e.wasClean);`,
		lines:  []string{"ERR_BUFFER_FULL 3 2005", "1006  false"},
		server: []string{"text first", "close "},
	},
	"a slow extension slows its server down, and loses nothing": {
		options: hostnet.Options{MaxIncomingEvents: 1},
		play: func(peer *hostnettest.Peer, v *visit) {
			for i := range 200 {
				peer.Send(hostnettest.Text, fmt.Sprint(i))
			}
			peer.AnswerClose()
		},
		source: `const ws = new WebSocket(url), got = [];
			ws.onmessage = (e) => { if (got.push(e.data) === 200) ws.close(); };
			ws.onclose = () => log(got.every((text, i) => text === String(i)), got.length);`,
		lines: []string{"true 200"},
	},
	"large messages": {
		play: echo,
		source: `const ws = new WebSocket(url), text = "ü".repeat(1 << 20), bytes = new Uint8Array(1 << 20).fill(7);
			ws.onopen = () => { ws.send(text); ws.send(bytes); };
			ws.onmessage = (e) => {
				if (typeof e.data === "string") return log(e.data === text, ws.bufferedAmount >= 0);
				log(e.data.byteLength, new Uint8Array(e.data).lastIndexOf(7));
				ws.close(4321);
			};
			ws.onclose = (e) => log(e.code);`,
		lines: []string{"true true", "1048576 1048575", "4321"},
	},
	"a listener that throws is reported, and the others run": {
		play: says(text("one"), text("two")),
		source: `const ws = new WebSocket(url);
			ws.onmessage = () => { throw new Error("no"); };
			ws.addEventListener("message", (e) => { log(e.data); if (e.data === "two") ws.close(); });`,
		lines: []string{"error: listener of the message event threw: Error: no", "one", "error: listener of the message event threw: Error: no", "two"},
	},
	"nothing of it goes through the functions of an SDK": {
		play: says(text("hello")),
		source: `globalThis.__resolveRpc = globalThis.__pushWsEvent = globalThis.__pushEvent = (message) => log("seen", message);
			const ws = new WebSocket(url);
			for (let id = 0; id < 50; id++) sendMessage("cancel", String(id));
			const { sendMessage: before } = globalThis;
			globalThis.sendMessage = () => log("called");
			ws.onmessage = (e) => { log(e.data); ws.send("x"); ws.close(); };
			ws.onclose = (e) => log(e.code);`,
		lines: []string{"hello", "1005"},
	},
	"a script that breaks what it was made with harms itself only": {
		play: says(text("hello")),
		source: `const ws = new WebSocket(url);
			EventTarget.prototype.addEventListener = EventTarget.prototype.dispatchEvent = Event.prototype.preventDefault = () => log("called");
			ws.onmessage = (e) => { log(e.data); };
			setTimeout(() => ws.close(), 50);`,
		lines: []string{"hello"},
	},
	"two listeners of the end open anew": {
		play: func(peer *hostnettest.Peer, v *visit) {
			peer.Send(hostnettest.Close, "")
			peer.Await(hostnettest.Close)
		},
		source: `let left = 20;
			const again = () => { if (left-- > 0) new WebSocket(url).onclose = again; else log("done"); };
			again();`,
		lines: []string{"done"},
	},
}

// TestWebSocketClassAtTheEnd deactivates an extension with an open connection
// and one that is being opened: both go, and no handler hears of it.
func TestWebSocketClassAtTheEnd(t *testing.T) {
	server := serve(t, silent)
	stalled := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { io.Copy(io.Discard, conn) })
	world := newWorld(t, hostnet.Options{}, runtime.Options{})
	ext := world.Load(fmt.Sprintf(`
		for (const url of [%q, "ws://%s/"]) {
			const ws = new WebSocket(url);
			ws.onopen = () => { ws.send("open"); console.log("open"); };
			ws.onerror = ws.onclose = (e) => console.log(e.type);
		}`, server.url, stalled.Addr))
	server.await(t, "text open")
	world.Stop(ext)
	if got := world.Output(); got != "open" {
		t.Errorf("got %q", got)
	}
	server.received(t, "text open", "close 1001")
}

// TestWebSocketClassBesideTheSDK uses both kinds of connections at once, in an
// extension that brings the published SDK.
func TestWebSocketClassBesideTheSDK(t *testing.T) {
	server := serve(t, echo)
	world := newWorld(t, hostnet.Options{}, runtime.Options{})
	source := bundle(t, sdkImport+fmt.Sprintf(`
		const url = %q;
		onLoad(async () => {
			const ws = new WebSocket(url);
			ws.onopen = () => ws.send("of the web");
			const other = await network.createWebSocket(url);
			const heard = new Promise((fulfil) => other.onMessage(({ data }) => fulfil(data)));
			await other.send("of the editor");
			log(await heard);
			await other.close();
			ws.onmessage = ({ data }) => { log(data); ws.close(); };
			ws.onclose = ({ code }) => log(code);
			ws.send("again");
		});`, server.url))
	world.Stop(world.Run(source))
	if lines := world.Lines(); !slices.Contains(lines, "of the editor") || lines[len(lines)-1] != "1005" {
		t.Errorf("got %q", lines)
	}
}
