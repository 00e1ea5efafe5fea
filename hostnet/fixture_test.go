package hostnet

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

func TestMain(m *testing.M) { leaktest.Main(m) }

// A fixture is a session of the extension "ext" and what it was sent.
type fixture struct {
	t       testing.TB
	caller  *rpctest.Caller
	session rpc.Session
}

func newFixture(t testing.TB, opts Options) *fixture {
	t.Helper()
	return newFixtureFor(t, opts, func(c *rpctest.Caller) rpc.Caller { return c })
}

// newFixtureFor lets the test stand between the session and its caller.
func newFixtureFor(t testing.TB, opts Options, wrap func(*rpctest.Caller) rpc.Caller) *fixture {
	t.Helper()
	namespace, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	caller := rpctest.NewCaller("ext")
	f := &fixture{t, caller, namespace.Open(wrap(caller))}
	t.Cleanup(func() { f.session.Close(t.Context()) })
	return f
}

// do makes a call and waits for its answer.
func (f *fixture) do(method string, params rpc.Object) rpctest.Answer {
	return <-f.start(method, params)
}

func (f *fixture) start(method string, params rpc.Object) <-chan rpctest.Answer {
	return rpctest.Do(f.t.Context(), f.session, "network."+method, params)
}

// must makes a call that succeeds.
func (f *fixture) must(method string, params rpc.Object) any {
	f.t.Helper()
	answer := f.do(method, params)
	if answer.Err != nil {
		f.t.Fatalf("%s: %v", method, answer.Err)
	}
	return answer.Result
}

// connect opens a connection and returns its id.
func (f *fixture) connect(url string) string {
	f.t.Helper()
	id, _ := f.must("wsConnect", object("url", url)).(rpc.Object).Text("connectionId")
	return id
}

// pipe opens a connection in memory, whose other end is the peer.
func (f *fixture) pipe() (id string, peer *hostnettest.Peer) {
	f.t.Helper()
	near, far := net.Pipe()
	f.t.Cleanup(func() { far.Close() })
	return f.adopt(newWire(near, near)), hostnettest.NewPeer(far, nil)
}

// adopt opens a connection on a wire and returns its id.
func (f *fixture) adopt(w *wire) string {
	f.t.Helper()
	answer := f.open(f.t.Context(), w)
	if answer.Err != nil {
		f.t.Fatal(answer.Err)
	}
	id, _ := answer.Result.(rpc.Object).Text("connectionId")
	return id
}

// open is wsConnect behind its dial.
func (f *fixture) open(ctx context.Context, w *wire) rpctest.Answer {
	f.t.Helper()
	ws, _, err := websocket.Dial(f.t.Context(), "ws://pipe/", &websocket.DialOptions{HTTPClient: &http.Client{Transport: switched{w}}})
	if err != nil {
		f.t.Fatal(err)
	}
	s := f.session.(*session)
	w.blocks = s.namespace.client.blocks
	answers := make(chan rpctest.Answer, 1)
	call := rpc.NewCall(ctx, "network.wsConnect", nil, func(result any, err error) {
		answers <- rpctest.Answer{Result: result, Err: err}
	})
	err = s.pool.start(ctx, time.Hour, func(taken *place) {
		s.open(call, target{}, taken, &dialed{ws: ws, wire: w}, nil)
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return <-answers
}

// A switched transport answers every handshake and continues on its wire.
type switched struct{ wire *wire }

func (s switched) RoundTrip(r *http.Request) (*http.Response, error) {
	header := http.Header{}
	header.Set("Connection", "Upgrade")
	header.Set("Upgrade", "websocket")
	header.Set("Sec-WebSocket-Accept", hostnettest.AcceptKey(r.Header.Get("Sec-WebSocket-Key")))
	return &http.Response{StatusCode: http.StatusSwitchingProtocols, Header: header, Body: s.wire, Request: r}, nil
}

// next describes the next event, which counts as delivered.
func (f *fixture) next() string {
	f.t.Helper()
	event := <-f.caller.Events()
	if event.Delivered != nil {
		event.Delivered()
	}
	return inWords(event)
}

// expect compares the next events with their descriptions.
func (f *fixture) expect(want ...string) {
	f.t.Helper()
	for i := range want {
		if got := f.next(); got != want[i] {
			f.t.Errorf("event %d: %q, want %q", i, got, want[i])
		}
	}
}

// ended checks that nothing follows what was read, and no socket is left.
func (f *fixture) ended() {
	f.t.Helper()
	f.session.Close(f.t.Context())
	if f.session.Busy() {
		f.t.Error("busy after Close")
	}
	select {
	case event := <-f.caller.Events():
		f.t.Errorf("surplus event %q", inWords(event))
	default:
	}
}

// inWords is an event in one line: "message hi", "error text", "close 1000 bye".
func inWords(event rpc.Event) string {
	data := event.Data.(rpc.Object)
	switch event.Name {
	case "message":
		text := data.Get("data")
		if lazy, ok := text.(rpc.Lazy); ok {
			return fmt.Sprintf("binary %s %s", data.Get("bytes"), lazy.Value())
		}
		return fmt.Sprintf("message %s", text)
	case "close":
		return fmt.Sprintf("close %v %s", data.Get("code"), data.Get("reason"))
	}
	return fmt.Sprintf("%s %v", event.Name, data.Get("message"))
}

// object makes params of names and values.
func object(pairs ...any) rpc.Object {
	var o rpc.Object
	for pair := range slices.Chunk(pairs, 2) {
		o = append(o, rpc.Field{Name: pair[0].(string), Value: pair[1]})
	}
	return o
}

func join(frames ...[]byte) []byte { return bytes.Join(frames, nil) }
