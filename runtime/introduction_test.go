package runtime_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A greeter opens connections whose server speaks at once: it says hello, there,
// and, if it is rude, hangs up. It has a call that takes a while, too.
type greeter struct {
	rude      bool
	caller    rpc.Caller
	opened    int
	delivered atomic.Int32
}

func (g *greeter) Methods() []string {
	return []string{"network.wsConnect", "network.wsClose", "greeter.wait"}
}

func (g *greeter) Open(caller rpc.Caller) rpc.Session {
	g.caller = caller
	return g
}

func (g *greeter) Serve(call *rpc.Call) {
	switch call.Method {
	case "network.wsConnect":
		id := fmt.Sprintf("test_ws_%d", g.opened)
		g.opened++
		call.Reply(rpc.Object{{Name: "connectionId", Value: id}})
		g.push(id, "message", "hello")
		g.push(id, "message", "there")
		if g.rude {
			g.push(id, "error", "gone")
			g.push(id, "close", "1006")
		}
	case "network.wsClose":
		id, _ := call.Params.Text("connectionId")
		g.push(id, "close", "1000")
		call.Reply(nil)
	case "greeter.wait":
		ms, _ := call.Params.Get("ms").(float64)
		go func() {
			select {
			case <-time.After(time.Duration(ms) * time.Millisecond):
			case <-call.Context().Done():
			}
			call.Reply(nil)
		}()
	}
}

func (g *greeter) push(id, name, data string) {
	g.caller.Push(rpc.Event{Connection: id, Name: name, Data: data, Delivered: func() { g.delivered.Add(1) }})
}

func (g *greeter) Busy() bool { return false }

func (g *greeter) Close(context.Context) {}

// published is what the published SDK does with calls and connections: a
// connection has its handlers from the reply on, begins without any, and loses
// what comes before there is one. log adds the time.
const published = `
	const start = Date.now(), log = (...parts) => console.log(Date.now() - start, ...parts);
	const waiting = {}, tables = {};
	let calls = 0;
	const rpc = (method, params = {}) => new Promise((resolve) => {
		const id = String(++calls);
		waiting[id] = resolve;
		sendMessage("rpc", JSON.stringify({ id, method, params }));
	});
	globalThis.__resolveRpc = ({ id, result }) => { waiting[id]?.(result); delete waiting[id]; };
	globalThis.__pushWsEvent = ({ connectionId, event, data }) => { for (const handler of tables[connectionId]?.[event] ?? []) handler(data); };
	const wait = (ms) => rpc("greeter.wait", { ms });
	const connect = async () => {
		const { connectionId } = await rpc("network.wsConnect", { url: "ws://any/" });
		const table = tables[connectionId] = { message: [], error: [], close: [] };
		return {
			connectionId,
			on: (event, handler = (data) => log(connectionId, event, data)) => table[event].push(handler),
			onAll() { for (const event in table) this.on(event) },
			close: () => rpc("network.wsClose", { connectionId }).then(() => { delete tables[connectionId] }),
		};
	};
`

func TestIntroductions(t *testing.T) {
	tests := map[string]struct {
		rude   bool
		script string
		want   string
	}{
		"handlers at once": {
			script: `connect().then((ws) => ws.onAll())`,
			want:   "0 test_ws_0 message hello, 0 test_ws_0 message there",
		},
		"handlers at once, while another call waits": {
			script: `wait(400); connect().then((ws) => ws.onAll())`,
			want:   "400 test_ws_0 message hello, 400 test_ws_0 message there",
		},
		"handlers after a call": {
			rude:   true,
			script: `connect().then(async (ws) => { await wait(300); ws.onAll() })`,
			want:   "300 test_ws_0 message hello, 300 test_ws_0 message there, 300 test_ws_0 error gone, 300 test_ws_0 close 1006",
		},
		"handlers after several calls": {
			script: `connect().then(async (ws) => { await wait(300); await Promise.all([wait(100), wait(400)]); ws.onAll() })`,
			want:   "700 test_ws_0 message hello, 700 test_ws_0 message there",
		},
		"a second at most": {
			rude:   true,
			script: `connect().then(async (ws) => { ws.on("close"); await wait(1500); ws.on("message"); log("too late") })`,
			want:   "1000 test_ws_0 close 1006, 1500 too late",
		},
		"what comes after it isn't held": {
			script: `connect().then(async (ws) => { await wait(10); ws.onAll(); setTimeout(async () => { wait(500); await wait(10); ws.close() }, 10) })`,
			want:   "10 test_ws_0 message hello, 10 test_ws_0 message there, 30 test_ws_0 close 1000",
		},
		"close ends it": {
			script: `connect().then(async (ws) => { ws.onAll(); wait(500); await ws.close(); log("closed") })`,
			want:   "0 test_ws_0 close 1000, 0 closed",
		},
		"two connections": {
			script: `Promise.all([connect(), connect()]).then(async (both) => { await wait(50); for (const ws of both) ws.onAll() })`,
			want:   "50 test_ws_0 message hello, 50 test_ws_0 message there, 50 test_ws_1 message hello, 50 test_ws_1 message there",
		},
		"one connection after the other": {
			script: `connect().then(async (ws) => { const other = await connect(); ws.onAll(); other.onAll() })`,
			want:   "0 test_ws_0 message hello, 0 test_ws_0 message there, 0 test_ws_1 message hello, 0 test_ws_1 message there",
		},
		"an event's handler that throws": {
			script: `connect().then(async (ws) => { await wait(10); ws.on("message", (data) => { log(data); throw new Error(data) }) })`,
			want:   "10 hello, 10 there",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			runtimetest.Bubble(t, func(t *testing.T) {
				g := &greeter{rude: test.rude}
				w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{g}})
				w.Run(published + test.script)
				if got := strings.Join(w.Lines(), ", "); got != test.want {
					t.Errorf("got  %s\nwant %s", got, test.want)
				}
			})
		})
	}
}

// TestIntroductionKeepsTheCredit looks at what the session hears: an event that
// is held counts as under way, and one that is never delivered isn't.
func TestIntroductionKeepsTheCredit(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		g := &greeter{rude: true}
		w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{g}})
		ext := w.Load(published + `
			connect().then(async (ws) => {
				ws.on("message");
				await wait(300);
				const other = await connect();
				other.on("message");
				await wait(800);
			});
		`)
		for _, want := range []struct {
			at        time.Duration
			delivered int32
		}{{200, 0}, {999, 0}, {1050, 4}} {
			<-time.After(want.at*time.Millisecond - time.Since(bubbleStart))
			if got := g.delivered.Load(); got != want.delivered {
				t.Errorf("after %d ms: %d events delivered, want %d", want.at, got, want.delivered)
			}
		}
		w.Stop(ext)
		if got := g.delivered.Load(); got != 4 {
			t.Errorf("%d events were delivered, want those of the first connection only", got)
		}
	})
}

// bubbleStart is when every bubble begins.
var bubbleStart = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// TestBuiltInSDKNeedsNoIntroduction sends values, as that SDK does.
func TestBuiltInSDKNeedsNoIntroduction(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		w := runtimetest.New(t, runtime.Options{Namespaces: []rpc.Namespace{new(greeter)}})
		w.Run(strings.ReplaceAll(published, "JSON.stringify({ id, method, params })", "{ id, method, params }") + `wait(500); connect().then((ws) => ws.onAll())`)
		compareLines(t, w.Lines(), []string{"0 test_ws_0 message hello", "0 test_ws_0 message there"})
	})
}

// TestIntroductionThatEndsTheExtension stops in the first event's handler.
func TestIntroductionThatEndsTheExtension(t *testing.T) {
	runtimetest.Bubble(t, func(t *testing.T) {
		var stop func()
		w := runtimetest.New(t, runtime.Options{
			Namespaces: []rpc.Namespace{new(greeter)},
			Console:    func(ext *runtime.Extension, _ runtime.ConsoleLevel, _ string) { stop() },
		})
		stop = func() { go w.Host.Close(context.Background()); <-time.After(time.Millisecond) }
		ext := w.Load(published + `connect().then(async (ws) => { await wait(10); ws.onAll() })`)
		<-ext.Done()
		compareLines(t, w.Lines(), []string{"10 test_ws_0 message hello"})
	})
}
