package hostnet

import (
	"fmt"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// deactivated ends a session in the middle of something, on a clock of its own.
func deactivated(t *testing.T, middle func(f *fixture, id string)) (observed string) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		code := make(chan string, 1)
		go func() {
			pass(time.Millisecond)
			payload, _ := peer.AnswerClose()
			code <- payload
		}()
		middle(f, id)
		start := time.Now()
		f.session.Close(f.t.Context())
		took := time.Since(start)
		if took > 50*time.Millisecond {
			t.Errorf("took %v", took)
		}
		observed = fmt.Sprintf("returned after %v, %s, the server saw %d", took, f.untilClose(), closeCode(t, <-code))
	})
	return observed
}

func whileSending(f *fixture, id string) {
	f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 1<<20)))
	synctest.Wait()
}

func whileClosing(f *fixture, id string) {
	f.start("wsClose", object("connectionId", id))
	synctest.Wait()
}

func whileFlooded(t *testing.T) string {
	code := make(chan string, 1)
	f := newFixture(t, Options{MaxIncomingEvents: 10, StopGrace: patient})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		go func() {
			payload, _ := p.AnswerClose()
			code <- payload
		}()
		for err := error(nil); err == nil; {
			_, err = p.Write(hostnettest.Frame(hostnettest.Text, "more"))
		}
	}))
	f.expect("message more")
	f.session.Close(t.Context())
	event := strings.TrimSpace(f.nextBut("message more"))
	f.ended()
	return check(t, fmt.Sprintf("%s, the server saw %d", event, closeCode(t, <-code)), "close 1001", "saw 1001")
}

func whileDialling(t *testing.T) string {
	arrived := make(chan struct{})
	silent := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		readRequest(conn)
		close(arrived)
		stall(conn)
	})
	f := newFixture(t, Options{})
	dial := f.start("wsConnect", object("url", "ws://"+silent.Addr+"/"))
	<-arrived
	return givenUp(t, f, dial)
}

func whileLookingUp(t *testing.T) string {
	f := newFixture(t, Options{Resolve: blockedLookup})
	return givenUp(t, f, f.start("wsConnect", object("url", "ws://example.test/")))
}

func givenUp(t *testing.T, f *fixture, dial <-chan rpctest.Answer) string {
	f.session.Close(t.Context())
	err := (<-dial).Err
	if rpc.Code(err) != CodeAborted {
		t.Errorf("got %v", err)
	}
	f.ended()
	return fmt.Sprintf("%s: %s, no event", rpc.Code(err), anyPort.ReplaceAllString(text(err), "${1}PORT"))
}
