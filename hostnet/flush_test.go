package hostnet

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// sendBatches queues messages that are written one by one.
func (f *fixture) sendBatches(id string, count int) []<-chan rpctest.Answer {
	f.t.Helper()
	var sends []<-chan rpctest.Answer
	for range count {
		sends = append(sends, f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", batchBytes))))
	}
	return sends
}

// receiveSlowly receives a message every pause, up to the Close frame.
func receiveSlowly(p *hostnettest.Peer, pause time.Duration) {
	for {
		if first, _, err := p.Receive(); err != nil || first == hostnettest.Close {
			return
		}
		pass(pause)
	}
}

func TestCloseWaitsForAServerThatReads(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		sends := f.sendBatches(id, 10)
		closed := f.start("wsClose", object("connectionId", id))
		go func() {
			receiveSlowly(peer, 4*time.Second) // It sees the Close frame 4 s after that was written.
			peer.Send(hostnettest.Close, hostnettest.ClosePayload(closeNormal, ""))
			peer.Close()
		}()
		for n, sent := range sends {
			if answer := <-sent; answer.Err != nil {
				t.Errorf("message %d: %v", n, answer.Err)
			}
		}
		f.expect("close 1000 ")
		since(t, start, 40*time.Second)
		<-closed
		f.ended()
	})
}

func TestCloseCutsAServerThatStops(t *testing.T) {
	for name, test := range map[string]struct {
		batches int // that the server takes before it stops
		want    time.Duration
	}{
		"in the middle": {3, 3*3*time.Second + 5*time.Second},
		"at the end":    {10, 10*3*time.Second + 5*time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
				start := time.Now()
				sends := f.sendBatches(id, 10)
				f.start("wsClose", object("connectionId", id))
				go func() {
					for range test.batches {
						pass(3 * time.Second)
						peer.Receive()
					}
					if test.batches == len(sends) {
						peer.Receive() // the Close frame
					}
				}()
				f.expect("close 1006 ")
				since(t, start, test.want)
				for n, sent := range sends {
					if answer := <-sent; (answer.Err == nil) != (n < test.batches) {
						t.Errorf("message %d: %v", n, answer.Err)
					}
				}
				f.ended()
			})
		})
	}
}

func TestCloseOfATrickleIsBounded(t *testing.T) {
	inBubble(t, Options{MaxOutgoingBytes: 32 << 20}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		sends := f.sendBatches(id, 100)
		f.start("wsClose", object("connectionId", id))
		go receiveSlowly(peer, 4*time.Second)
		f.expect("close 1006 ")
		since(t, start, time.Minute)
		if answer := <-sends[99]; rpc.Code(answer.Err) != CodeClosed {
			t.Errorf("the last message: %v", answer.Err)
		}
		f.ended()
	})
}

func TestStopDoesNotWaitForATrickle(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		f.sendBatches(id, 100)
		f.start("wsClose", object("connectionId", id))
		go receiveSlowly(peer, 100*time.Millisecond)
		synctest.Wait()
		start := time.Now()
		f.session.Close(f.t.Context())
		since(t, start, 250*time.Millisecond)
		f.expect("close 1006 ")
	})
}

func TestProgressEndsWithTheServersClose(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 100*pieceBytes)))
		f.start("wsClose", object("connectionId", id))
		synctest.Wait()
		start := time.Now()
		peer.Send(hostnettest.Close, hostnettest.ClosePayload(closeNormal, ""))
		go func() {
			for err := error(nil); err == nil; pass(time.Second) {
				_, err = peer.Read(make([]byte, pieceBytes/2))
			}
		}()
		f.expect("close 1000 ")
		since(t, start, 5*time.Second)
	})
}
