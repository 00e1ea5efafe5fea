package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// newWorld is a host in the test's own process, with sockets of its own limits
// beside what host has.
func newWorld(t *testing.T, network hostnet.Options, host runtime.Options) *runtimetest.World {
	t.Helper()
	namespace, err := hostnet.New(network)
	if err != nil {
		t.Fatal(err)
	}
	host.Namespaces = append([]rpc.Namespace{namespace}, host.Namespaces...)
	return runtimetest.New(t, host)
}

// TestSmallLimits are stories that the program's own limits would make long.
func TestSmallLimits(t *testing.T) {
	for name, test := range smallLimits {
		t.Run(name, func(t *testing.T) {
			server := serve(t, test.play)
			world := newWorld(t, test.options, runtime.Options{})
			world.Stop(world.Run(script(server.url, test.source)))
			if lines := world.Lines(); !slices.Equal(lines, test.lines) {
				t.Errorf("the extension wrote %q, want %q", lines, test.lines)
			}
			if test.server != nil {
				server.received(t, test.server...)
			}
		})
	}
}

var smallLimits = map[string]struct {
	options hostnet.Options
	play    part
	source  string
	lines   []string // what the extension writes
	server  []string // what the server received; nil: not compared
}{
	"the limit of connections is an option, and named": {
		options: hostnet.Options{MaxConnections: 2},
		play:    echo,
		source: `onLoad(async () => {
				const both = [await network.createWebSocket(url), await network.createWebSocket(url)];
				await refused(network.createWebSocket(url));
				for (const ws of both) await ws.close();
			});`,
		lines: []string{"ERR_LIMIT Too many WebSocket connections (max 2 per extension)"},
	},
	"a message of the limit passes, one more byte doesn't": {
		options: hostnet.Options{MaxMessage: 10},
		play:    says(text("0123456789"), text("0123456789a")),
		source:  `onLoad(() => open());`,
		lines:   []string{"message 0123456789", "error a message of 11 bytes is above the limit of 10 bytes", "close 1009 "},
		server:  []string{"close 1009"},
	},
	"a silent peer is pinged, and its pong keeps the connection": {
		options: hostnet.Options{PingInterval: 300 * time.Millisecond, PingTimeout: 300 * time.Millisecond},
		play: func(peer *hostnettest.Peer, v *visit) {
			for range 2 {
				payload, _ := peer.Await(hostnettest.Ping)
				peer.Send(hostnettest.Pong, payload)
			}
			peer.Send(hostnettest.Text, "two pings")
			peer.AnswerClose()
		},
		source: `onLoad(async () => { const ws = await open(); ws.onMessage(() => ws.close()); });`,
		lines:  []string{"message two pings", "close 1000 "},
	},
	"a peer that answers no ping is gone": {
		options: hostnet.Options{PingInterval: 20 * time.Millisecond, PingTimeout: 50 * time.Millisecond},
		play:    func(peer *hostnettest.Peer, v *visit) { peer.Stall() },
		source:  `onLoad(() => open());`,
		lines:   []string{"error WebSocket ping timed out", "close 1006 "},
	},
	"our own slowness is not the server's silence": {
		options: hostnet.Options{PingInterval: 100 * time.Millisecond, PingTimeout: 100 * time.Millisecond, MaxIncomingEvents: 1},
		play: func(peer *hostnettest.Peer, v *visit) {
			for range 4 {
				peer.Send(hostnettest.Text, "x")
			}
			peer.Send(hostnettest.Close, hostnettest.ClosePayload(1000, ""))
			peer.AnswerClose()
		},
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				let count = 0;
				ws.onMessage(() => { count++; for (const end = Date.now() + 300; Date.now() < end;); });
				ws.onError((e) => log(e.message));
				ws.onClose((c) => log(count, c.code));
			});`,
		lines: []string{"4 1000"},
	},
	"a send past the bound is refused, and nothing of it is sent": {
		options: hostnet.Options{MaxOutgoingBytes: 1000},
		play:    silent,
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				await ws.send("fits");
				await ws.send("x".repeat(1001)).catch((err) => log(err.code));
				await ws.close();
			});`,
		lines:  []string{"ERR_BUFFER_FULL"},
		server: []string{"text fits", "close 1000"},
	},
	"the reserved ports are an option": {
		options: hostnet.Options{ReservedPorts: []uint16{9}},
		play:    echo,
		source: `onLoad(async () => {
				await network.createWebSocket("ws://127.0.0.1:9/").catch((err) => log(err.code));
				await network.createWebSocket("ws://127.0.0.1:4820/").catch((err) => log(err.code));
			});`,
		lines: []string{"ERR_URL_BLOCKED", "ERR_CONNECT"},
	},
}

// TestNamesOfThisMachine has a resolver that calls this machine by other names,
// the second time only.
func TestNamesOfThisMachine(t *testing.T) {
	resolver := hostnettest.NewResolver(map[string][]string{
		"v4.example":      {"127.0.0.1"},
		"v6.example":      {"::1"},
		"any.example":     {"0.0.0.0"},
		"changes.example": {"192.0.2.1", "127.0.0.1"},
		"second.example":  {"127.0.0.1 192.0.2.1"},
	})
	world := newWorld(t, hostnet.Options{Resolve: resolver.Resolve, DialTimeout: 50 * time.Millisecond}, runtime.Options{})
	world.Stop(world.Run(script("", `onLoad(async () => {
		await network.createWebSocket("ws://changes.example:4820/").catch(() => {});
		for (const name of ["v4", "v6", "any", "changes", "second"])
			await network.createWebSocket("ws://" + name + ".example:4820/").catch((err) => log(err.code, err.message.includes("this machine")));
	});`)))
	want := slices.Repeat([]string{"ERR_URL_BLOCKED true"}, 5)
	if lines := world.Lines(); !slices.Equal(lines, want) {
		t.Errorf("the extension wrote %q, want %q", lines, want)
	}
}

// TestRefusalsCostNoLookup counts the names that were asked for.
func TestRefusalsCostNoLookup(t *testing.T) {
	resolver := hostnettest.NewResolver(nil)
	world := newWorld(t, hostnet.Options{Resolve: resolver.Resolve}, runtime.Options{})
	world.Stop(world.Run(script("", `onLoad(async () => {
		for (const [to, options] of [["http://name.example/"], ["ws://localhost:4820/"], ["ws://name.example/", { headers: { Host: "x" } }], ["ws://name.example/", { protocols: "a b" }]])
			await network.createWebSocket(to, options).catch(() => {});
	});`)))
	if asked := resolver.Asked(); len(asked) > 0 {
		t.Errorf("the resolver was asked for %q", asked)
	}
}

// TestActivations start the same extension again: its ids begin anew, and the
// socket of each ends with 1001.
func TestActivations(t *testing.T) {
	server := serve(t, silent)
	world := newWorld(t, hostnet.Options{}, runtime.Options{})
	for range 20 {
		ext := world.Load(script(server.url, `onLoad(async () => {
			const ws = await network.createWebSocket(url);
			ws.onClose(() => log("never delivered"));
			log(ws.connectionId);
		});`))
		world.Stop(ext)
	}
	if lines, want := world.Lines(), slices.Repeat([]string{"test_ws_0"}, 20); !slices.Equal(lines, want) {
		t.Errorf("the extension wrote %q, want %q", lines, want)
	}
	for _, v := range server.visits(t, 20) {
		if frames := strings.Join(v.frames, ", "); frames != "close 1001" {
			t.Errorf("the server received %q, want close 1001", frames)
		}
	}
	observed.Note(t, "each is connected as test_ws_0, hears of no close, and the server receives close 1001")
}

// TestDuplicateID is refused while the first runs, and not afterwards.
func TestDuplicateID(t *testing.T) {
	world := newWorld(t, hostnet.Options{}, runtime.Options{})
	first := world.Load(`console.log("first")`)
	if _, err := world.TryLoad(`console.log("second")`); err == nil || !strings.HasPrefix(err.Error(), "extension id test is taken: ") {
		t.Errorf("the second was answered with %v", err)
	}
	world.Stop(first)
	world.Load(`console.log("third")`)
	if lines, want := world.Lines(), []string{"first", "third"}; !slices.Equal(lines, want) {
		t.Errorf("the extensions wrote %q, want %q", lines, want)
	}
}
