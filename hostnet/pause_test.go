package hostnet

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// paused asks for a pause or its end.
func (f *fixture) paused(id string, paused bool) {
	f.t.Helper()
	f.must("wsPause", object("connectionId", id, "paused", paused))
}

// TestPauseStopsTheReading lets a server write on for an hour: nothing passes,
// nobody finds it silent, and nothing is lost.
func TestPauseStopsTheReading(t *testing.T) {
	const count = 3000
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		f.paused(id, true)
		f.paused(id, true)
		written := make(chan struct{})
		go func() {
			peer.Write(numbered(0, count))
			close(written)
			peer.AnswerClose()
		}()
		pass(time.Hour)
		if waiting := len(f.caller.Events()); waiting != 0 {
			t.Errorf("%d events came", waiting)
		}
		select {
		case <-written:
			t.Error("the server could write everything")
		default:
		}
		f.paused(id, false)
		for n := range count {
			event := <-f.caller.Events()
			if event.Data.(rpc.Object).Get("data") != strconv.Itoa(n) {
				t.Fatalf("event %d: %q", n, inWords(event))
			}
			event.Delivered()
		}
		f.must("wsClose", object("connectionId", id))
		f.untilClose()
	})
}

// TestPauseLetsCloseThrough closes, and stops, connections that are paused.
func TestPauseLetsCloseThrough(t *testing.T) {
	for name, end := range map[string]func(f *fixture, id string){
		"close": func(f *fixture, id string) { f.must("wsClose", object("connectionId", id)) },
		"stop":  func(f *fixture, id string) { f.session.Close(f.t.Context()) },
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
				f.paused(id, true)
				go func() {
					peer.Write(numbered(0, 10))
					peer.AnswerClose()
				}()
				synctest.Wait()
				start := time.Now()
				end(f, id)
				since(t, start, 0)
				for len(f.caller.Events()) > 0 {
					if event := <-f.caller.Events(); event.Name == "message" {
						t.Errorf("got %s", inWords(event))
					}
				}
			})
		})
	}
}

func TestPauseRefused(t *testing.T) {
	f := newFixture(t, Options{})
	f.paused("ext_ws_9", true)
	for _, test := range []struct {
		params rpc.Object
		want   string
	}{
		{object("connectionId", "other_ws_0", "paused", true), "WebSocket other_ws_0 is not owned by ext"},
		{object("connectionId", "ext_ws_0"), "network.wsPause: paused must be a boolean"},
		{object("connectionId", "ext_ws_0", "paused", "yes"), "network.wsPause: paused must be a boolean"},
	} {
		if got := text(f.do("wsPause", test.params).Err); got != test.want {
			t.Errorf("%v: %q, want %q", test.params, got, test.want)
		}
	}
}
