// The benchmarks measure the paths of a message through the whole of extrun:
// real sockets, the real loop, the real SDK.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// A meter is a namespace by which an extension says that it is ready, and that
// it is done.
type meter struct{ ready, done chan struct{} }

func newMeter() *meter { return &meter{make(chan struct{}, 1), make(chan struct{}, 1)} }

func (m *meter) Methods() []string { return []string{"meter.ready", "meter.done", "meter.nothing"} }

func (m *meter) Open(rpc.Caller) rpc.Session { return m }

func (m *meter) Serve(call *rpc.Call) {
	switch call.Method {
	case "meter.ready":
		m.ready <- struct{}{}
	case "meter.done":
		m.done <- struct{}{}
	}
	call.Reply(nil)
}

func (m *meter) Busy() bool { return false }

func (m *meter) Close(context.Context) {}

// start runs a script whose words in capitals are replaced, and returns when it
// is ready.
func start(b *testing.B, script string, words ...string) (*meter, *runtime.Extension) {
	b.Helper()
	network, err := hostnet.New(hostnet.Options{})
	if err != nil {
		b.Fatal(err)
	}
	m := newMeter()
	host, err := runtime.NewHost(runtime.Options{
		Namespaces: []rpc.Namespace{network, m},
		Uncaught:   func(_ *runtime.Extension, err *runtime.ScriptError) { b.Error(err) },
	})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { host.Close(context.Background()) })
	path := filepath.Join(b.TempDir(), "bench.js")
	text := `import editor from "@srcnexus/ext-sdk";` + strings.NewReplacer(words...).Replace(script)
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		b.Fatal(err)
	}
	ext, err := host.Load(context.Background(), path)
	if err != nil {
		b.Fatal(runtime.Describe(err))
	}
	<-m.ready
	return m, ext
}

// sizes are payloads by their length in bytes.
var sizes = []int{64, 1024, 65536}

// BenchmarkMessageIn is one text message from the server's socket to the
// handler.
func BenchmarkMessageIn(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dB", size), func(b *testing.B) {
			begin := make(chan struct{})
			url := hostnettest.ServePeers(b, func(p *hostnettest.Peer) {
				<-begin
				sendMany(p, strings.Repeat("x", size), b.N)
				p.Await(hostnettest.Close)
			})
			m, _ := start(b, `
				let left = COUNT;
				editor.network.createWebSocket("URL").then((ws) => {
					ws.onMessage((msg) => { if (msg.data.length && --left === 0) editor.host.call("meter.done") });
					editor.host.call("meter.ready");
				});
			`, "URL", url, "COUNT", fmt.Sprint(b.N))
			b.SetBytes(int64(size))
			b.ReportAllocs()
			b.ResetTimer()
			close(begin)
			<-m.done
		})
	}
}

// sendMany writes the same message many times, several in one system call.
func sendMany(p *hostnettest.Peer, payload string, n int) {
	frame := string(hostnettest.Frame(hostnettest.Text, payload))
	at := max(1, 65536/len(frame))
	block := strings.Repeat(frame, at)
	for ; n >= at; n -= at {
		io.WriteString(p, block)
	}
	io.WriteString(p, block[:n*len(frame)])
}

// BenchmarkSend is one text message from ws.send to the server's socket, with
// the promise that says so; 256 are under way at a time.
func BenchmarkSend(b *testing.B) {
	for _, size := range sizes {
		b.Run(fmt.Sprintf("%dB", size), func(b *testing.B) {
			url := hostnettest.ServePeers(b, func(p *hostnettest.Peer) { io.Copy(io.Discard, p) })
			begin := startOnEvent(b, `
				const text = "x".repeat(SIZE);
				let begun = 0, sent = 0;
				editor.network.createWebSocket("URL").then((ws) => {
					const next = () => { if (begun < COUNT) { begun++; ws.send(text).then(gone) } };
					const gone = () => { if (++sent === COUNT) editor.host.call("meter.done"); else next() };
					editor.host.on("begin", () => { for (let i = 0; i < 256; i++) next() });
					editor.host.call("meter.ready");
				});
			`, "URL", url, "COUNT", fmt.Sprint(b.N), "SIZE", fmt.Sprint(size))
			b.SetBytes(int64(size))
			b.ReportAllocs()
			b.ResetTimer()
			begin()
		})
	}
}

// BenchmarkCall is one call of the host and its answer, one at a time.
func BenchmarkCall(b *testing.B) {
	begin := startOnEvent(b, `
		editor.host.on("begin", async () => {
			for (let i = 0; i < COUNT; i++) await editor.host.call("meter.nothing");
			editor.host.call("meter.done");
		});
		editor.host.call("meter.ready");
	`, "COUNT", fmt.Sprint(b.N))
	b.ReportAllocs()
	b.ResetTimer()
	begin()
}

// startOnEvent is start for a script that begins at an event. The function that
// it returns pushes the event and waits until the script is done.
func startOnEvent(b *testing.B, script string, words ...string) (begin func()) {
	b.Helper()
	m, ext := start(b, script, words...)
	return func() {
		if err := ext.PushEvent(context.Background(), "begin", nil); err != nil {
			b.Fatal(err)
		}
		<-m.done
	}
}

// BenchmarkActivation is one extension from its file to active, and to its end.
func BenchmarkActivation(b *testing.B) {
	host, err := runtime.NewHost(runtime.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer host.Close(context.Background())
	path := filepath.Join(b.TempDir(), "bench.js")
	if err := os.WriteFile(path, []byte(`import editor from "@srcnexus/ext-sdk"; editor.onLoad(() => {})`), 0o644); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		ext, err := host.Load(context.Background(), path)
		if err != nil {
			b.Fatal(err)
		}
		if err := ext.Stop(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
