package hostnet

import (
	"math"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

func TestCloseSaysWhatItIsTold(t *testing.T) {
	for _, test := range []struct {
		params []any
		want   string
	}{
		{nil, "\x03\xe8"},
		{[]any{"code", nil, "reason", nil}, "\x03\xe8"},
		{[]any{"code", 1000, "reason", "bye"}, "\x03\xe8bye"},
		{[]any{"code", int64(3000)}, "\x0b\xb8"},
		{[]any{"code", 4999.0, "reason", strings.Repeat("ü", 61)}, "\x13\x87" + strings.Repeat("ü", 61)},
	} {
		f := newFixture(t, Options{})
		frames := make(chan received, 1)
		id := f.connect(hostnettest.ServePeers(t, collect(frames)))
		f.must("wsClose", append(object("connectionId", id), object(test.params...)...))
		if got := <-frames; got != (received{hostnettest.Close, test.want}) {
			t.Errorf("%v: sent %q", test.params, got)
		}
	}
}

func TestCloseRefusesCodesAndReasons(t *testing.T) {
	f := newFixture(t, Options{})
	id := f.connect(wellBehaved(t))
	for _, params := range [][]any{
		{"code", 0}, {"code", 999}, {"code", 1001}, {"code", 1005}, {"code", 2999}, {"code", 5000}, {"code", 3000.5},
		{"code", math.NaN()}, {"code", math.Inf(1)}, {"code", "1000"}, {"code", true}, {"code", -1000},
		{"reason", strings.Repeat("x", 124)}, {"reason", strings.Repeat("ü", 62)}, {"reason", "\xff"}, {"reason", 5},
	} {
		err := f.do("wsClose", append(object("connectionId", id), object(params...)...)).Err
		if rpc.Code(err) != CodeInvalidData {
			t.Errorf("%v: %v", params, err)
		}
	}
	f.must("wsSend", object("connectionId", id, "data", "still open"))
}

func TestCloseYieldsWhatTheServerAnswers(t *testing.T) {
	for want, script := range map[string]func(*hostnettest.Peer){
		"close 1000 bye":  func(p *hostnettest.Peer) { p.Await(hostnettest.Close); p.Send(hostnettest.Close, "\x03\xe8bye") },
		"close 4001 mine": func(p *hostnettest.Peer) { p.Await(hostnettest.Close); p.Send(hostnettest.Close, "\x0f\xa1mine") },
		"close 1005 ":     func(p *hostnettest.Peer) { p.Await(hostnettest.Close); p.Send(hostnettest.Close, "") },
		"close 1006 ":     func(p *hostnettest.Peer) { p.Await(hostnettest.Close) },
		"close 4002 both": func(p *hostnettest.Peer) { p.Send(hostnettest.Close, "\x0f\xa2both"); p.Await(hostnettest.Close) },
	} {
		f := newFixture(t, Options{})
		id := f.connect(hostnettest.ServePeers(t, script))
		f.must("wsClose", object("connectionId", id))
		f.expect(want)
		f.ended()
	}
}

func TestCloseEventPrecedesTheReply(t *testing.T) {
	f := newFixture(t, Options{})
	id := f.connect(wellBehaved(t))
	f.must("wsClose", object("connectionId", id))
	select {
	case event := <-f.caller.Events():
		if got := inWords(event); got != "close 1000 " {
			t.Errorf("got %q", got)
		}
	default:
		t.Error("the reply came before the close event")
	}
}

func TestNoMessageFollowsClose(t *testing.T) {
	inBubble(t, Options{MaxIncomingEvents: 3}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			for range 10 {
				peer.Send(hostnettest.Text, "m")
			}
			peer.AnswerClose()
		}()
		synctest.Wait()
		closed := f.start("wsClose", object("connectionId", id))
		f.expect("message m", "message m", "message m") // They were with the extension before it closed.
		<-closed
		f.expect("close 1000 ")
		f.ended()
	})
}

func TestNoMessageIsPushedOnceCloseWasServed(t *testing.T) {
	f := newFixture(t, Options{})
	url := hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		go p.AnswerClose()
		for err := error(nil); err == nil; {
			_, err = p.Write(hostnettest.Frame(hostnettest.Text, "m"))
		}
	})
	for range 50 {
		id := f.connect(url)
		f.expect("message m")
		closed := f.start("wsClose", object("connectionId", id))
		for range len(f.caller.Events()) {
			f.next()
		}
		<-closed
		if got := f.next(); !strings.HasPrefix(got, "close ") {
			t.Fatalf("got %q", got)
		}
	}
}

func TestMessageThatCloseOvertakesIsDropped(t *testing.T) {
	caller := rpctest.NewCaller("ext")
	c := &conn{caller: caller, credit: newCredit(1, 1), asked: true}
	for range 3 {
		c.deliver(object("data", "m"), 1) // would block if it kept its credit
	}
	if waiting := len(caller.Events()); waiting != 0 {
		t.Errorf("%d messages were pushed after the close", waiting)
	}
}

func TestFaultsWhileClosingAreNoErrors(t *testing.T) {
	for _, fault := range peerFaults {
		t.Run(fault.name, func(t *testing.T) {
			f := newFixture(t, Options{MaxMessage: 50_000})
			id := f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
				p.Await(hostnettest.Close)
				p.Write(fault.bytes)
			}))
			f.must("wsClose", object("connectionId", id))
			f.expect("close 1006 ")
			f.ended()
		})
	}
}

func TestFloodIsThrottledAndThenAllIsThere(t *testing.T) {
	const count = 50_000
	f := newFixture(t, Options{MaxIncomingEvents: 100})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		frame := hostnettest.Frame(hostnettest.Text, strings.Repeat("x", 100))
		for range count {
			p.Write(frame)
		}
		p.Send(hostnettest.Close, "\x03\xe8done")
		p.Await(hostnettest.Close)
	}))
	for n := range count {
		if got := f.next(); len(got) != 108 {
			t.Fatalf("event %d: %q", n, got)
		}
		if waiting := len(f.caller.Events()); waiting > 100+1 { // The close event needs no room.
			t.Fatalf("%d events in flight", waiting)
		}
	}
	f.expect("close 1000 done")
	f.ended()
}

func TestCloseWhileTheEndIsUnderWayWaitsForIt(t *testing.T) {
	f := newFixture(t, Options{})
	condemned, closed := make(chan struct{}), make(chan struct{})
	id := f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Write(hostnettest.MaskedFrame(hostnettest.Text, "x"))
		p.Await(hostnettest.Close)
		close(condemned)
		<-closed
	}))
	<-condemned
	answers := f.start("wsClose", object("connectionId", id))
	select {
	case answer := <-answers:
		t.Errorf("answered before the close event: %v", answer)
	default:
	}
	close(closed)
	f.expect("error the server broke the WebSocket protocol: a frame is masked", "close 1002 ")
	if answer := <-answers; answer.Err != nil || answer.Result != nil {
		t.Errorf("got %v", answer)
	}
}
