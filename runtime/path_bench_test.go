package runtime_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// A wire stands for the network: it opens one connection, answers every send
// at once, and pushes what a benchmark wants pushed.
type wire struct {
	caller rpc.Caller
	opened chan struct{}
}

func (w *wire) Methods() []string { return []string{"network.wsConnect", "network.wsSend"} }

func (w *wire) Open(caller rpc.Caller) rpc.Session {
	w.caller = caller
	return w
}

func (w *wire) Serve(call *rpc.Call) {
	if call.Method == "network.wsConnect" {
		call.Reply(rpc.Object{{Name: "connectionId", Value: "test_ws_0"}})
		w.opened <- struct{}{}
		return
	}
	call.Reply(nil)
}

func (w *wire) Busy() bool { return false }

func (w *wire) Close(context.Context) {}

// newWire runs a script that has a connection, ws, and waits until it is open.
func newWire(b *testing.B, handler string) (*wire, *runtime.Extension) {
	w := &wire{opened: make(chan struct{}, 1)}
	world := runtimetest.New(b, runtime.Options{Namespaces: []rpc.Namespace{w}})
	ext := world.Run(importSDK + `
		let bytes = 0;
		const ws = await editor.network.createWebSocket("ws://h/");
		ws.onMessage(` + handler + `);`)
	<-w.opened
	b.Cleanup(func() {
		if len(world.Errors()) > 0 {
			b.Error(world.Errors()[0])
		}
	})
	return w, ext
}

// push pushes as many messages as the benchmark has rounds, and waits for their
// handlers; a real connection has 1,024 under way at most.
func (w *wire) push(b *testing.B, text string) {
	under := make(chan struct{}, 1024)
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		under <- struct{}{}
		data := rpc.Object{{Name: "data", Value: text}}
		w.caller.Push(rpc.Event{Connection: "test_ws_0", Name: "message", Data: data, Delivered: func() { <-under }})
	}
	for range cap(under) {
		under <- struct{}{}
	}
}

// BenchmarkEvent is one message on its way from the session to a handler that
// looks at it.
func BenchmarkEvent(b *testing.B) {
	for _, text := range []string{"x", strings.Repeat("x", 64), strings.Repeat("я", 1<<19)} {
		b.Run(fmt.Sprintf("%dB", len(text)), func(b *testing.B) {
			w, _ := newWire(b, `(m) => { bytes += m.data.length }`)
			w.push(b, text)
		})
	}
}

// BenchmarkEcho is an event whose handler sends it back, and the reply.
func BenchmarkEcho(b *testing.B) {
	for name, handler := range map[string]string{
		"text":     `(m) => { ws.send(m.data) }`,
		"awaited":  `async (m) => { await ws.send(m.data) }`,
		"nonascii": `(m) => { ws.send(m.data + "я") }`,
	} {
		b.Run(name, func(b *testing.B) {
			w, _ := newWire(b, handler)
			w.push(b, strings.Repeat("x", 64))
		})
	}
}

// BenchmarkJSON is an event of about 200 bytes that is parsed, and built anew
// for a send.
func BenchmarkJSON(b *testing.B) {
	w, _ := newWire(b, `(m) => {
		const v = JSON.parse(m.data);
		ws.send(JSON.stringify({ id: v.id + 1, type: v.type, price: v.price, size: v.size, flags: [v.flags[0]],
			venue: { name: v.venue.name, delayed: v.venue.delayed }, note: v.note }));
	}`)
	w.push(b, `{"id":100000,"type":"trade","price":1.08432,"size":125000,"flags":["taker"],"venue":{"name":"London","delayed":false},"note":"second of three"}`)
}
