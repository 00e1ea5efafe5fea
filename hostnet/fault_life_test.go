package hostnet

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// lifeFaults are the rows about the ends of connections and extensions.
var lifeFaults = []fault{
	{row: 22, name: "close() right after 10,000 send()", made: []injection{
		{"10,000 sends and a close, none awaited", tenThousand},
	}, elsewhere: []elsewhere{
		{"the same from JavaScript", "e2e TestTenThousandBeforeClose"},
	}},
	{row: 23, name: "deactivation in the middle of anything", made: []injection{
		{"while idle", func(t *testing.T) string { return deactivated(t, func(*fixture, string) {}) }},
		{"while sending", func(t *testing.T) string { return deactivated(t, whileSending) }},
		{"while closing", func(t *testing.T) string { return deactivated(t, whileClosing) }},
		{"while the server floods", whileFlooded},
		{"while dialling", whileDialling},
		{"while dialling, and the name is being looked up", whileLookingUp},
	}, elsewhere: []elsewhere{
		{"the same of a running extension", "e2e TestDeactivationInTheMiddle"},
	}},
	{row: 24, name: "1,000 activations and deactivations with a socket each", made: []injection{
		{"1,000 sessions that connect, talk and are closed", thousandSessions},
	}, elsewhere: []elsewhere{
		{"activations of a whole extension", "e2e TestActivations"},
		{"1,000 activations of an extension whose connections end in six ways", "e2e TestSoak"},
	}},
	{row: 25, name: "the limit of connections", made: []injection{
		{"100 connects at once", hundredConnects},
		{"100 dials that fail, one after the other", failedDials},
		{"a connect as soon as the close event is there", reconnectOnClose},
	}, elsewhere: []elsewhere{
		{"a connect in onClose", "e2e TestClosing/a handler that reconnects in onClose works after every kind of loss"},
	}},
	{row: 26, name: "ids of others, closed ids, made-up ids", made: idInjections(), elsewhere: []elsewhere{
		{"the same from JavaScript", "e2e TestOwnership/any id without the own prefix is not owned"},
	}},
	{row: 27, name: "handlers that misbehave", elsewhere: []elsewhere{
		{"a handler that throws", "e2e TestMessagesIn/a handler that throws is reported, and the others run"},
		{"a handler whose promise rejects", "e2e TestMessagesIn/a handler whose promise rejects is reported"},
		{"handlers added and removed by a handler", "e2e TestMessagesIn/handlers run in order, and changes take effect with the next event"},
	}},
	{row: 28, name: "close() with ten frames queued", made: []injection{
		{"a close at the first of ten messages that were sent at once", closeWithQueue},
	}, elsewhere: []elsewhere{
		{"a close inside onMessage", "e2e TestClosing/after close no message is delivered"},
	}},
}

func tenThousand(t *testing.T) string {
	const count = 10_000
	f := newFixture(t, Options{})
	frames := make(chan received, count+1)
	id := f.connect(hostnettest.ServePeers(t, collect(frames)))
	for n := range count {
		f.start("wsSend", object("connectionId", id, "data", strconv.Itoa(n)))
	}
	f.must("wsClose", object("connectionId", id))
	for n := range count {
		if got := <-frames; got.payload != strconv.Itoa(n) {
			t.Fatalf("frame %d is %q", n, got.payload)
		}
	}
	if last := <-frames; last.first != hostnettest.Close {
		t.Errorf("the last frame is %q", last.payload)
	}
	return check(t, fmt.Sprintf("the server got %d messages in order and then Close, %s", count, f.untilClose()), "close 1000")
}

func thousandSessions(t *testing.T) string {
	url := hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Text, "hello")
		p.AnswerClose()
	})
	namespace, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	cycle := func() { greetedOnce(t, namespace, url) }
	for range 50 {
		cycle()
	}
	goroutines, descriptors, heap := runtime.NumGoroutine(), leaktest.Descriptors(), heapInUse()
	for range 1000 {
		cycle()
	}
	const late = 20 // of the server's, which end in their own time
	if more := runtime.NumGoroutine() - goroutines; more > late {
		t.Errorf("%d more goroutines", more)
	}
	if descriptors == 0 {
		t.Log("DESCRIPTORS ARE NOT COUNTED: this system lists them nowhere")
	}
	if more := leaktest.Descriptors() - descriptors; more > late {
		t.Errorf("%d more descriptors", more)
	}
	if now := heapInUse(); now > heap+8<<20 {
		t.Errorf("%d more bytes in use", now-heap)
	}
	return "goroutines, descriptors and heap flat"
}

// greetedOnce is the life of an extension with one socket.
func greetedOnce(t *testing.T, namespace *Namespace, url string) {
	caller := rpctest.NewCaller("ext")
	session := namespace.Open(caller)
	defer session.Close(t.Context())
	if answer := <-rpctest.Do(t.Context(), session, "network.wsConnect", object("url", url)); answer.Err != nil {
		t.Fatal(answer.Err)
	}
	if got := inWords(<-caller.Events()); got != "message hello" {
		t.Fatal(got)
	}
}

// heapInUse is what is left after a collection.
func heapInUse() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func hundredConnects(t *testing.T) string {
	f := newFixture(t, Options{})
	url := wellBehaved(t)
	var answers []<-chan rpctest.Answer
	for range 100 {
		answers = append(answers, f.start("wsConnect", object("url", url)))
	}
	open, refused := 0, ""
	for _, answer := range answers {
		if a := <-answer; a.Err == nil {
			open++
		} else {
			refused = rpc.Code(a.Err) + ": " + a.Err.Error()
		}
	}
	return check(t, fmt.Sprintf("%d connected, the others: %s", open, refused), "5 connected", "ERR_LIMIT: Too many WebSocket connections (max 5 per extension)")
}

func failedDials(t *testing.T) string {
	f := newFixture(t, Options{MaxConnections: 1})
	refusing := hostnettest.Serve(t, "127.0.0.1:0", answer("HTTP/1.1 403 Forbidden\r\n\r\n"))
	for range 100 {
		f.connectError(CodeHandshake, "ws://"+refusing.Addr+"/")
	}
	return check(t, "100 × ERR_HANDSHAKE with one place, then connected as "+f.connect(wellBehaved(t)), "ext_ws_0")
}

func reconnectOnClose(t *testing.T) string {
	f := newFixture(t, Options{MaxConnections: 1})
	url := hostnettest.ServePeers(t, func(p *hostnettest.Peer) { p.Send(hostnettest.Close, ""); p.Await(hostnettest.Close) })
	for range 100 {
		f.connect(url)
		f.expect("close 1005 ")
	}
	return "100 × connected with one place"
}

func idInjections() (injections []injection) {
	for _, test := range []struct{ what, id, send, close string }{
		{"another extension's open connection", "other_ws_0", "ERR_NOT_OWNER: WebSocket other_ws_0 is not owned by ext", "ERR_NOT_OWNER: WebSocket other_ws_0 is not owned by ext"},
		{"another extension's connection that never was", "other_ws_9", "ERR_NOT_OWNER: WebSocket other_ws_9 is not owned by ext", "ERR_NOT_OWNER: WebSocket other_ws_9 is not owned by ext"},
		{"an own id that never was", "ext_ws_7", "ERR_CLOSED: WebSocket ext_ws_7 is not open", "nothing"},
		{"an own id that is closed", "ext_ws_0", "ERR_CLOSED: WebSocket ext_ws_0 is not open", "nothing"},
		{"an id that was made up", "constructor", "ERR_NOT_OWNER: WebSocket constructor is not owned by ext", "ERR_NOT_OWNER: WebSocket constructor is not owned by ext"},
	} {
		injections = append(injections, injection{test.what, func(t *testing.T) string { return useID(t, test.id, test.send, test.close) }})
	}
	return injections
}

// useID sends to and closes an id beside another extension's connection and a
// closed one of its own.
func useID(t *testing.T, id, wantSend, wantClose string) string {
	f := newFixture(t, Options{})
	url := wellBehaved(t)
	other := f.session.(*session).namespace.Open(rpctest.NewCaller("other"))
	defer other.Close(t.Context())
	if answer := <-rpctest.Do(t.Context(), other, "network.wsConnect", object("url", url)); answer.Err != nil {
		t.Fatal(answer.Err)
	}
	f.must("wsClose", object("connectionId", f.connect(url)))
	say := func(err error) string {
		if err == nil {
			return "nothing"
		}
		return rpc.Code(err) + ": " + err.Error()
	}
	send, closed := say(f.do("wsSend", object("connectionId", id, "data", "x")).Err), say(f.do("wsClose", object("connectionId", id)).Err)
	if send != wantSend || closed != wantClose {
		t.Errorf("send %q, close %q", send, closed)
	}
	return fmt.Sprintf("send: %s; close: %s", send, closed)
}

func closeWithQueue(t *testing.T) (observed string) {
	inBubble(t, Options{MaxIncomingEvents: 1}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			peer.Write(numbered(0, 10))
			peer.AnswerClose()
		}()
		event := <-f.caller.Events()
		f.start("wsClose", object("connectionId", id))
		event.Delivered()
		observed = check(t, inWords(event)+", then "+f.untilClose(), "message 0, then close 1000")
	})
	return observed
}
