package hostnet

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// wellBehaved is a server that answers pings and the close.
func wellBehaved(t *testing.T) string {
	return hostnettest.ServePeers(t, func(p *hostnettest.Peer) { p.AnswerClose() })
}

func TestMethodsAreThoseOfTheDocument(t *testing.T) {
	namespace, err := New(Options{})
	want := []string{"network.wsConnect", "network.wsSend", "network.wsClose", "network.wsBufferedAmount", "network.wsPause", "network.fetch"}
	if err != nil || !slices.Equal(namespace.Methods(), want) {
		t.Errorf("methods %v, %v", namespace.Methods(), err)
	}
}

func TestNewRefusesOptions(t *testing.T) {
	if _, err := New(Options{MaxMessage: -1}); err == nil {
		t.Error("a negative limit was accepted")
	}
}

func TestUnknownMethodIsRefused(t *testing.T) {
	f := newFixture(t, Options{})
	if err := f.do("wsOther", object("connectionId", "ext_ws_0")).Err; rpc.Code(err) != rpc.CodeNotAvailable {
		t.Errorf("got %v", err)
	}
}

func TestReplyIsAsDocumented(t *testing.T) {
	f := newFixture(t, Options{})
	url := wellBehaved(t)
	for _, test := range []struct {
		params rpc.Object
		want   rpc.Object
	}{
		{object("url", url), object("connectionId", "ext_ws_0")},
		{object("url", url, "headers", object("X", "y")), object("connectionId", "ext_ws_1")},
		{object("url", url, "protocols", []any{}), object("connectionId", "ext_ws_2", "url", url, "protocol", "")},
	} {
		got, _ := f.must("wsConnect", test.params).(rpc.Object)
		if !slices.Equal(got, test.want) {
			t.Errorf("%v: %v, want %v", test.params, got, test.want)
		}
	}
}

func TestConnectRefusesParams(t *testing.T) {
	f := newFixture(t, Options{})
	for name, test := range map[string]struct {
		params rpc.Object
		code   string
	}{
		"no url":       {object(), CodeInvalidData},
		"url":          {object("url", 5), CodeInvalidData},
		"invalid url":  {object("url", "http://x/"), CodeInvalidURL},
		"blocked url":  {object("url", "ws://localhost:4820/"), CodeURLBlocked},
		"header":       {object("url", "ws://x/", "headers", object("Host", "y")), CodeInvalidHeader},
		"text timeout": {object("url", "ws://x/", "timeout", "soon"), CodeInvalidData},
		"no timeout":   {object("url", "ws://x/", "timeout", 0), CodeInvalidData},
		"negative":     {object("url", "ws://x/", "timeout", int64(-1)), CodeInvalidData},
	} {
		if err := f.do("wsConnect", test.params).Err; rpc.Code(err) != test.code {
			t.Errorf("%s: %v, want %s", name, err, test.code)
		}
		if f.session.Busy() {
			t.Errorf("%s: a refusal takes a place", name)
		}
	}
}

func TestTimeoutIsTheExtensions(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	f := newFixture(t, Options{})
	answer := f.do("wsConnect", object("url", "ws://"+listener.Addr().String()+"/", "timeout", 20))
	if rpc.Code(answer.Err) != CodeTimeout || !strings.Contains(answer.Err.Error(), "20 ms") {
		t.Errorf("got %v", answer.Err)
	}
	if f.session.Busy() {
		t.Error("the place is still taken")
	}
}

func TestLimitCountsDials(t *testing.T) {
	f := newFixture(t, Options{})
	url := wellBehaved(t)
	var answers []<-chan rpctest.Answer
	for range 100 {
		answers = append(answers, f.start("wsConnect", object("url", url)))
	}
	open := 0
	for _, answer := range answers {
		switch a := <-answer; {
		case a.Err == nil:
			open++
		case rpc.Code(a.Err) != CodeLimit || a.Err.Error() != "Too many WebSocket connections (max 5 per extension)":
			t.Errorf("got %v", a.Err)
		}
	}
	if open != 5 {
		t.Errorf("%d sockets are open", open)
	}
}

func TestLimitNamesTheNumberInForce(t *testing.T) {
	f := newFixture(t, Options{MaxConnections: 1})
	url := wellBehaved(t)
	f.connect(url)
	err := f.do("wsConnect", object("url", url)).Err
	if err == nil || err.Error() != "Too many WebSocket connections (max 1 per extension)" {
		t.Errorf("got %v", err)
	}
}

func TestEveryPlaceComesBack(t *testing.T) {
	f := newFixture(t, Options{MaxConnections: 1})
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	url := wellBehaved(t)
	for round := range 10 {
		if err := f.do("wsConnect", object("url", "ws://"+closed.Addr().String()+"/")).Err; rpc.Code(err) != CodeConnect {
			t.Fatalf("got %v", err)
		}
		id := f.connect(url)
		if want := "ext_ws_" + decimal(uint16(round)); id != want {
			t.Errorf("id %s, want %s: only connections count", id, want)
		}
		f.start("wsClose", object("connectionId", id))
		f.expect("close 1000 ")
	}
}

// An asking caller asks something before each event that it is sent.
type askingCaller struct {
	*rpctest.Caller
	ask func()
}

func (a *askingCaller) Push(event rpc.Event) bool {
	a.ask()
	return a.Caller.Push(event)
}

func TestPlaceIsFreeBeforeTheLastEvents(t *testing.T) {
	for name, script := range map[string]func(*hostnettest.Peer){
		"close": func(p *hostnettest.Peer) { p.Send(hostnettest.Close, ""); p.Await(hostnettest.Close) },
		"loss":  func(p *hostnettest.Peer) {},
		"fault": func(p *hostnettest.Peer) { p.Send(0x83, ""); p.Await(hostnettest.Close) },
	} {
		t.Run(name, func(t *testing.T) {
			asking := new(askingCaller)
			f := newFixtureFor(t, Options{}, func(c *rpctest.Caller) rpc.Caller { asking.Caller = c; return asking })
			asking.ask = func() {
				if pool := f.session.(*session).pool; len(pool.conns) > 0 {
					t.Error("the place is still taken")
				}
				if !f.session.Busy() {
					t.Error("not busy while an event is still to come")
				}
			}
			f.connect(hostnettest.ServePeers(t, script))
			for !strings.HasPrefix(f.next(), "close ") {
			}
			f.ended()
		})
	}
}

func TestDialThatSucceedsTooLateIsGivenUp(t *testing.T) {
	f := newFixture(t, Options{})
	ctx, abort := context.WithCancel(t.Context())
	abort()
	near, far := net.Pipe()
	defer far.Close()
	if answer := f.open(ctx, newWire(near, near)); rpc.Code(answer.Err) != CodeAborted {
		t.Errorf("got %v", answer)
	}
	if _, err := far.Read(make([]byte, 1)); err != io.EOF {
		t.Errorf("the connection is still open: %v", err)
	}
	if f.session.Busy() {
		t.Error("the place is still taken")
	}
}

func TestAbortedDialFreesItsPlace(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	f := newFixture(t, Options{MaxConnections: 1})
	ctx, abort := context.WithCancel(t.Context())
	answer := rpctest.Do(ctx, f.session, "network.wsConnect", object("url", "ws://"+listener.Addr().String()+"/"))
	if !f.session.Busy() {
		t.Error("not busy while dialling")
	}
	abort()
	if err := (<-answer).Err; rpc.Code(err) != CodeAborted {
		t.Errorf("got %v", err)
	}
	if f.session.Busy() {
		t.Error("the place is still taken")
	}
}

func TestOwnership(t *testing.T) {
	f := newFixture(t, Options{})
	id := f.connect(wellBehaved(t))
	notOpen := func(id string) string { return "WebSocket " + id + " is not open" }
	notOwned := func(id string) string { return "WebSocket " + id + " is not owned by ext" }
	for _, test := range []struct{ id, send, close string }{
		{"ext_ws_1", notOpen("ext_ws_1"), ""},
		{"ext_ws_18446744073709551615", notOpen("ext_ws_18446744073709551615"), ""},
		{"other_ws_0", notOwned("other_ws_0"), notOwned("other_ws_0")},
		{"ext_ws_0_ws_1", notOwned("ext_ws_0_ws_1"), notOwned("ext_ws_0_ws_1")},
		{"ext_ws_", notOwned("ext_ws_"), notOwned("ext_ws_")},
		{"ext_ws_00", notOwned("ext_ws_00"), notOwned("ext_ws_00")},
		{"ext_ws_+0", notOwned("ext_ws_+0"), notOwned("ext_ws_+0")},
		{"ext_ws_-1", notOwned("ext_ws_-1"), notOwned("ext_ws_-1")},
		{"EXT_ws_0", notOwned("EXT_ws_0"), notOwned("EXT_ws_0")},
		{"", notOwned(""), notOwned("")},
		{"constructor", notOwned("constructor"), notOwned("constructor")},
	} {
		if got := text(f.do("wsSend", object("connectionId", test.id, "data", "x")).Err); got != test.send {
			t.Errorf("send %q: %q, want %q", test.id, got, test.send)
		}
		if got := text(f.do("wsClose", object("connectionId", test.id)).Err); got != test.close {
			t.Errorf("close %q: %q, want %q", test.id, got, test.close)
		}
	}
	if amount := f.must("wsBufferedAmount", object("connectionId", "ext_ws_9")); amount != int64(0) {
		t.Errorf("a closed connection buffers %v", amount)
	}
	f.must("wsSend", object("connectionId", id, "data", "still open"))
	f.must("wsClose", object("connectionId", id))
	if got := text(f.do("wsSend", object("connectionId", id, "data", "x")).Err); got != notOpen(id) {
		t.Errorf("send to what is closed: %q", got)
	}
	f.must("wsClose", object("connectionId", id))
}

func TestExtensionsDoNotShareConnections(t *testing.T) {
	namespace, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	url := wellBehaved(t)
	var ids []string
	for _, name := range []string{"a", "a_ws_0"} {
		session := namespace.Open(rpctest.NewCaller(name))
		defer session.Close(t.Context())
		id, _ := (<-rpctest.Do(t.Context(), session, "network.wsConnect", object("url", url))).Result.(rpc.Object).Text("connectionId")
		ids = append(ids, id)
		for _, other := range ids[:len(ids)-1] {
			answer := <-rpctest.Do(t.Context(), session, "network.wsClose", object("connectionId", other))
			if want := "WebSocket " + other + " is not owned by " + name; text(answer.Err) != want || rpc.Code(answer.Err) != CodeNotOwner {
				t.Errorf("got %v, want %s", answer.Err, want)
			}
		}
	}
}

func TestNothingIsServedAfterClose(t *testing.T) {
	f := newFixture(t, Options{})
	url := wellBehaved(t)
	f.session.Close(t.Context())
	if err := f.do("wsConnect", object("url", url)).Err; rpc.Code(err) != CodeAborted {
		t.Errorf("got %v", err)
	}
}

func TestStopInTheMiddleOfEverything(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	codes := make(chan string, 3)
	record := func(p *hostnettest.Peer) {
		payload, _ := p.AnswerClose()
		codes <- payload
	}
	idle := hostnettest.ServePeers(t, record)
	flood := hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		go record(p)
		for err := error(nil); err == nil; {
			_, err = p.Write(hostnettest.Frame(hostnettest.Text, "more"))
		}
	})
	f := newFixture(t, Options{MaxIncomingEvents: 10})
	dial := f.start("wsConnect", object("url", "ws://"+silent.Addr().String()+"/"))
	f.connect(idle)
	f.connect(flood)
	sender := f.connect(idle)
	sent := f.start("wsSend", object("connectionId", sender, "data", strings.Repeat("x", 1<<20)))
	f.session.Close(t.Context())
	if answer := <-sent; answer.Err != nil {
		t.Errorf("a message that there was time for: %v", answer.Err)
	}
	if answer := <-dial; rpc.Code(answer.Err) != CodeAborted {
		t.Errorf("dial: %v", answer)
	}
	for range 3 {
		if got := <-codes; got != "\x03\xe9" {
			t.Errorf("a server got the close payload %q", got)
		}
	}
	if f.session.Busy() {
		t.Error("busy after Close")
	}
}

func TestEndedExtensionIsNotWaitedFor(t *testing.T) {
	f := newFixture(t, Options{MaxIncomingEvents: 1})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		for range 10 {
			p.Send(hostnettest.Text, "x")
		}
		p.AnswerClose()
	}))
	f.caller.End()
	f.session.Close(t.Context())
}

func TestAbnormalEndsAreLogged(t *testing.T) {
	var log bytes.Buffer
	f := newFixture(t, Options{})
	f.caller.LogTo(slog.NewTextHandler(&log, nil))
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {}) + "path?token=secret")
	f.expect("error "+errVanished.Error(), "close 1006 ")
	id := f.connect(wellBehaved(t))
	f.must("wsClose", object("connectionId", id))
	f.session.Close(t.Context())
	record := log.String()
	if strings.Count(record, "\n") != 1 || !strings.Contains(record, "connection=ext_ws_0") || !strings.Contains(record, errVanished.Error()) || strings.Contains(record, "secret") {
		t.Errorf("logged %q", record)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
