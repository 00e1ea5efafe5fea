package e2e

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// A mortal server can be killed, with all its connections, and started again on
// its port.
type mortal struct {
	t    *testing.T
	addr string
	play part
	seen *server

	mu       sync.Mutex
	listener net.Listener // nil while it is dead
	peers    []*hostnettest.Peer
}

// serveMortal starts a mortal server.
func serveMortal(t *testing.T, play part) *mortal {
	t.Helper()
	m := &mortal{t: t, addr: "127.0.0.1:0", play: play, seen: newServer()}
	m.start()
	m.seen.url = "ws://" + m.addr + "/"
	return m
}

func (m *mortal) start() {
	listener, err := net.Listen("tcp", m.addr)
	if err != nil {
		m.t.Error(err)
		return
	}
	m.mu.Lock()
	m.listener, m.addr = listener, listener.Addr().String()
	m.mu.Unlock()
	hostnettest.ServePeersOn(m.t, listener, func(peer *hostnettest.Peer) {
		m.mu.Lock()
		m.peers = append(m.peers, peer)
		m.mu.Unlock()
		m.seen.each(m.play)(peer)
	})
}

func (m *mortal) kill() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.listener == nil {
		return
	}
	m.listener.Close()
	for _, peer := range m.peers {
		peer.Cut()
	}
	m.listener, m.peers = nil, nil
}

// lab lets an extension kill and start the server.
func (m *mortal) lab() lab {
	return lab{
		"kill":  func(string, rpc.Object) (any, error) { m.kill(); return nil, nil },
		"start": func(string, rpc.Object) (any, error) { m.start(); return nil, nil },
	}
}

// again is prepended to stories: options that don't make a test long.
const again = `const again = { minReconnectionDelay: 5, maxReconnectionDelay: 20 }; `

// TestReconnect kills a server twice under one connection and one loop.
func TestReconnect(t *testing.T) {
	server := serveMortal(t, echo)
	world := newLabWorld(t, hostnet.Options{}, runtime.Options{}, server.lab())
	world.Stop(world.Run(script(server.seen.url, again+`onLoad(async () => {
		let token = 0;
		const ws = await network.createWebSocket(() => url, { headers: async () => ({ token: String(++token) }), reconnect: again });
		log("open", ws.connectionId);
		ws.onError((e) => log("error", e.message));
		ws.onClose((c) => log("close", c.code, c.reason));
		ws.onReconnecting(async ({ attempt, delay, cause }) => {
			log("reconnecting", attempt % 3, delay >= 5 && delay <= 20, cause.code);
			if (attempt % 3 === 1) ws.send("queued " + ws.connectionId);
			if (attempt % 3 === 0) await editor.host.call("lab.start");
		});
		ws.onReconnected(({ attempts }) => log("reconnected", attempts, ws.connectionId));
		ws.send("first");
		for await (const m of ws) {
			log(m.data);
			if (ws.connectionId === "test_ws_2") await ws.close(4000, "enough");
			else await editor.host.call("lab.kill");
		}
		log("over");
	});`)))
	cycle := func(from, to int) []string {
		return []string{"error the connection ended without a closing handshake", "reconnecting 1 true 1006", "reconnecting 2 true ERR_CONNECT",
			"reconnecting 0 true ERR_CONNECT", fmt.Sprintf("reconnected %d test_ws_%d", 3*to, to), fmt.Sprintf("queued test_ws_%d", from)}
	}
	want := slices.Concat([]string{"open test_ws_0", "first"}, cycle(0, 1), cycle(1, 2), []string{"close 4000 enough", "over"})
	if got := world.Lines(); !slices.Equal(got, want) {
		t.Errorf("the extension wrote\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for i, v := range server.seen.visits(t, 3) {
		frames := []string{"text first, end", "text queued test_ws_0, end", "text queued test_ws_1, close 4000 enough"}
		if got := strings.Join(v.frames, ", "); got != frames[i] {
			t.Errorf("connection %d: the server received %q, want %q", i, got, frames[i])
		}
		if token := v.request.Header.Get("Token"); i < 2 && token != fmt.Sprint(1+3*i) {
			t.Errorf("connection %d had the token %q", i, token)
		}
	}
}

// TestReconnectStories need no server that is started again.
func TestReconnectStories(t *testing.T) { tell(t, reconnectStories) }

const noReconnect = "its connections don't live through losses"

var reconnectStories = map[string]story{
	"close while it waits ends it and leaves no timer": {
		unpublished: noReconnect,
		play:        says(closing(1012, "restart")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url, { reconnect: { minReconnectionDelay: 3_600_000, maxReconnectionDelay: 7_200_000 } });
				ws.onClose((c) => log("close", c.code, c.reason));
				ws.onReconnecting(async ({ cause }) => { log(cause.code); refused(ws.send("never")); await ws.close(); log("closed"); });
			});`,
		stdout: "1012\nERR_CLOSED WebSocket story_ws_0 ended before the message was sent\nclose 1012 restart\nclosed\n",
		server: []string{"close 1012"},
	},
	"what the policy refuses is not tried again": {
		unpublished: noReconnect,
		play:        says(closing(1000, "")),
		source: `onLoad(async () => {
				let first = true;
				const ws = await network.createWebSocket(() => { const to = first ? url : "ws://localhost:4820/"; first = false; return to; }, { reconnect: { minReconnectionDelay: 5 } });
				ws.onReconnecting(({ attempt }) => log("attempt", attempt));
				ws.onError((e) => log(e.message.includes("4820")));
				ws.onClose((c) => log("close", c.code));
			});`,
		stdout: "attempt 1\ntrue\nclose 1000\n",
		server: []string{"close 1000"},
	},
	"the first opening rejects, or is tried again up to the limit": {
		unpublished: noReconnect,
		source: `onLoad(async () => {
				const options = (reconnect) => ({ reconnect: { minReconnectionDelay: 5, maxReconnectionDelay: 10, ...reconnect } });
				for (const more of [{}, { retryFirst: true, maxRetries: 2 }]) await network.createWebSocket("ws://127.0.0.1:9/", options(more)).catch((e) => log(e.code, e.message.startsWith("gave up after 2 attempts")));
			});`,
		stdout: "ERR_CONNECT false\nERR_CONNECT true\n",
	},
}

// TestReconnectLimit has a place for one connection: attempts fail while
// another one has it.
func TestReconnectLimit(t *testing.T) {
	var once sync.Once
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		once.Do(func() { peer.Write(closing(1001, "")) })
		silent(peer, v)
	})
	world := newWorld(t, hostnet.Options{MaxConnections: 1}, runtime.Options{})
	world.Stop(world.Run(script(server.url, again+`onLoad(async () => {
		const ws = await network.createWebSocket(url, { reconnect: again });
		let other;
		ws.onReconnecting(async ({ attempt, cause }) => {
			if (attempt < 3) log(cause.code);
			if (attempt === 1) other = network.createWebSocket(url);
			if (attempt === 2) (await other).close();
		});
		ws.onReconnected(() => { log("reconnected"); ws.close(); });
	});`)))
	if got := world.Lines(); !slices.Equal(got, []string{"1001", "ERR_LIMIT", "reconnected"}) {
		t.Errorf("the extension wrote %q", got)
	}
}

// TestReconnectDeactivated stops an extension while its connection waits, and
// while an attempt is under way.
func TestReconnectDeactivated(t *testing.T) {
	for name, test := range map[string]struct{ delay, url string }{
		"waiting":    {"3_600_000", "url"},
		"attempting": {"1", `first ? url : new Promise(() => log("asked"))`},
	} {
		t.Run(name, func(t *testing.T) {
			server := serve(t, says(closing(1001, "")))
			waits := make(chan struct{}, 1)
			world := newWorld(t, hostnet.Options{}, runtime.Options{Console: func(_ *runtime.Extension, _ runtime.ConsoleLevel, line string) {
				if line == "asked" || test.url == "url" {
					waits <- struct{}{}
				}
			}})
			ext := world.Load(script(server.url, `let first = true; onLoad(async () => {
				const ws = await network.createWebSocket(() => `+test.url+`, { reconnect: { minReconnectionDelay: `+test.delay+`, maxReconnectionDelay: 3_600_000, reconnectionDelayGrowFactor: 1 } });
				first = false;
				ws.onReconnecting(() => log("waits")); ws.onClose(() => log("never"));
			});`))
			<-waits
			world.Stop(ext)
			if output := world.Output(); strings.Contains(output, "never") {
				t.Errorf("the extension wrote %q", output)
			}
		})
	}
}

// TestReconnectSendsOnce cuts a server that has stopped reading in the middle of
// what it is sent: what has not left goes to the next connection, and only that.
func TestReconnectSendsOnce(t *testing.T) {
	const count = 40
	cut := make(chan struct{})
	var lives atomic.Int32
	var got []string
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		if lives.Add(1) == 1 {
			<-cut
			peer.Reset()
			return
		}
		for len(got) < count {
			first, payload, err := peer.Receive()
			if err != nil || first == hostnettest.Close {
				peer.Send(first, payload)
				return
			}
			got = append(got, strings.TrimRight(payload, "x"))
		}
	})
	world := newLabWorld(t, hostnet.Options{}, runtime.Options{}, lab{"cut": func(string, rpc.Object) (any, error) { close(cut); return nil, nil }})
	world.Stop(world.Run(script(server.url, again+`onLoad(async () => {
		const ws = await network.createWebSocket(url, { reconnect: { ...again, maxEnqueuedBytes: Infinity } });
		const sent = [], rest = "x".repeat(1 << 18);
		let before = -1;
		ws.onReconnecting(() => { before = sent.length; });
		const all = Array.from({ length: 40 }, (_, n) => ws.send(n + rest).then(() => { sent.push(n); }));
		await all[0];
		editor.host.call("lab.cut");
		await Promise.all(all);
		log(sent.slice(before).join(" "));
		log(sent.every((n, i) => n === i));
		await ws.close();
	});`)))
	server.visits(t, 2)
	want := []string{strings.Join(got, " "), "true"}
	if lines := world.Lines(); !slices.Equal(lines, want) || len(got) == 0 || len(got) == count {
		t.Errorf("the extension wrote %q, want %q, some of 0 to %d", lines, want, count-1)
	}
}

// TestSampleReconnect is what the sample is for: servers that go after each event.
func TestSampleReconnect(t *testing.T) {
	var visits atomic.Int32
	server, flags := serveTLS(t, echoHost, func(peer *hostnettest.Peer, v *visit) {
		_, greeting, _ := v.receive(peer)
		peer.Send(hostnettest.Text, greeting)
		switch visits.Add(1) {
		case 1:
			v.receive(peer)
			peer.Cut()
		case 2:
			v.receive(peer)
			peer.Send(hostnettest.Close, hostnettest.ClosePayload(1012, "restart"))
			v.receive(peer)
		default:
			silent(peer, v)
		}
	})
	run(t, append(flags, sample("reconnect.js"))...).expect(t,
		"Connected: reconnect_ws_0\nEvent: greeting 1\nLost: 1006 - attempt 1\n"+
			"Connected again: reconnect_ws_1\nEvent: greeting 2\nLost: 1012 - attempt 2\n"+
			"Connected again: reconnect_ws_2\nEvent: greeting 3\nClosed: 1000\n",
		"Connection error: the connection ended without a closing handshake\n", 0)
	for i, v := range server.visits(t, 3) {
		if want := fmt.Sprintf("/?attempt=%d", i+1); v.request.URL.String() != want {
			t.Errorf("connection %d asked for %s, want %s", i, v.request.URL, want)
		}
	}
}
