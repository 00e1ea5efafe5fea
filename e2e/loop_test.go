package e2e

import (
	"fmt"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
)

// noLoops says why the published SDK is left out.
const noLoops = "its connections can't be looped over"

func TestLoops(t *testing.T) { tell(t, loopStories) }

var loopStories = map[string]story{
	"nothing is lost while the body waits, and the close ends it": {
		unpublished: noLoops,
		play:        says(text("1"), text("2"), text("3"), closing(1000, "done")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				await new Promise((f) => setTimeout(f, 20));
				ws.onClose((c) => log("close", c.code));
				for await (const m of ws) { log("begin", m.data); await new Promise((f) => setTimeout(f, 20)); log("end", m.data); }
				log("over");
			});`,
		stdout: "begin 1\nclose 1000\nend 1\nbegin 2\nend 2\nbegin 3\nend 3\nover\n",
	},
	"a loss ends it like any close": {
		unpublished: noLoops,
		play: func(peer *hostnettest.Peer, v *visit) {
			peer.Write(text("1"))
			peer.Cut()
		},
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				ws.onError((e) => log("error", e.message)); ws.onClose((c) => log("close", c.code));
				for await (const m of ws) log(m.data);
				log("over");
			});`,
		stdout: "1\nerror the connection ended without a closing handshake\nclose 1006\nover\n",
	},
	"a loop that is left can be followed by another": {
		unpublished: noLoops,
		play:        says(text("hello"), text("1"), text("2"), text("3")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				for await (const m of ws) { await new Promise((f) => setTimeout(f, 20)); log("first", m.data); break; }
				await new Promise((f) => setTimeout(f, 20));
				for await (const m of ws) { log("second", m.data); if (m.data === "3") await ws.close(); }
				log("over");
			});`,
		stdout: "first hello\nsecond 1\nsecond 2\nsecond 3\nover\n",
		server: []string{"close 1000"},
	},
	"a body that throws leaves the loop, and the connection open": {
		unpublished: noLoops,
		play:        says(text("1"), text("2")),
		source: `onLoad(async () => {
				const ws = await network.createWebSocket(url);
				try { for await (const m of ws) throw new Error("at " + m.data); } catch (e) { log(e.message); }
				ws.onMessage((m) => { log(m.data); ws.close(); });
			});`,
		stdout: "at 1\n2\n",
		server: []string{"close 1000"},
	},
}

// TestLoopLosesNothing sends more than may be under way to a loop whose body
// waits each time: with these bounds the server is stopped again and again.
func TestLoopLosesNothing(t *testing.T) {
	const count = 5000
	server := serve(t, func(peer *hostnettest.Peer, v *visit) {
		for n := range count {
			peer.Send(hostnettest.Text, fmt.Sprint(n))
		}
		says(closing(1000, ""))(peer, v)
	})
	world := newWorld(t, hostnet.Options{MaxIncomingEvents: 50}, runtime.Options{})
	world.Stop(world.Run(script(server.url, `onLoad(async () => {
		const ws = await network.createWebSocket(url);
		let seen = 0, wrong = 0;
		for await (const m of ws) { if (m.data !== String(seen++)) wrong++; await new Promise((f) => setImmediate(f)); }
		log(seen, wrong);
	});`)))
	if got := world.Output(); got != "5000 0" {
		t.Errorf("the extension wrote %q", got)
	}
}
