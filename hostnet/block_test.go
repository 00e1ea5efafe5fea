package hostnet

import (
	"runtime"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// TestMessagesAroundABlock checks lengths at which the memory of a message
// changes, whole and in fragments, and each between other messages.
func TestMessagesAroundABlock(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go peer.AnswerClose()
		for _, size := range []int{0, 1, blockBytes - 1, blockBytes, blockBytes + 1, 2*blockBytes + 1, generosity*blockBytes + 1} {
			text := strings.Repeat("x", size)
			peer.Send(hostnettest.Text, text)
			peer.Send(hostnettest.FirstText, text)
			peer.Send(hostnettest.Continuation, "")
			peer.Send(hostnettest.LastFragment, text)
			peer.Send(hostnettest.Text, "end")
			for _, want := range []string{text, text + text, "end"} {
				if got := f.next(); got != "message "+want {
					t.Fatalf("of a message of %d bytes %d arrived", len(want), len(got)-len("message "))
				}
			}
		}
	})
}

// TestMessageTakesLittleMoreThanItsLength counts what is allocated for messages
// whose length the server has announced.
func TestMessageTakesLittleMoreThanItsLength(t *testing.T) {
	const size = 1 << 20
	f := newFixture(t, Options{})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		frame := hostnettest.Frame(hostnettest.Binary, strings.Repeat("x", size))
		go p.AnswerClose()
		for err := error(nil); err == nil; {
			_, err = p.Write(frame)
		}
	}))
	const count = 50
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range count {
		event := <-f.caller.Events()
		event.Delivered()
	}
	runtime.ReadMemStats(&after)
	if got := (after.TotalAlloc - before.TotalAlloc) / count; got > size+size/2 {
		t.Errorf("%d bytes were allocated for a message of %d", got, size)
	}
}
