package hostnet

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// flowFaults are the rows about peers and extensions that don't keep up, or are
// gone. Most run on a clock of their own, on which times are exact.
var flowFaults = []fault{
	{row: 16, name: "a million messages while the JavaScript is stalled", made: []injection{
		{"a million messages, and nobody takes one until the server is stopped", millionMessages},
	}, elsewhere: []elsewhere{
		{"a handler in JavaScript that is slower than its server", "e2e TestSlowConsumer"},
		{"a script that stands still", "e2e TestMillionMessages"},
	}},
	{row: 17, name: "a consumer slower than three ping intervals", made: []injection{
		{"a message every 5 minutes is taken of a server that sends on", slowConsumer},
	}},
	{row: 18, name: "a server that stops reading", made: []injection{
		{"messages of 1 MiB, none of which is read", stalledServer},
	}, elsewhere: []elsewhere{
		{"the same from JavaScript", "e2e TestServerStopsReading"},
	}},
	{row: 19, name: "a peer that vanishes without a word", made: slices.Concat([]injection{
		{"silence, idle", func(t *testing.T) string { return vanished(t, false) }},
		{"silence, with data in flight", func(t *testing.T) string { return vanished(t, true) }},
	}, isolatedVanishings)},
	{row: 20, name: "an outage of 1.5 s", made: slices.Concat([]injection{
		{"1.5 s of silence between the bytes of a frame", pausedFrame},
	}, isolatedOutages)},
	{row: 21, name: "close() to a peer that makes it hard", made: closeInjections()},
}

// millionMessages stalls the consumer until the whole stream stands still.
func millionMessages(t *testing.T) (observed string) {
	const count, burst = 1_000_000, 1000
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		var sent atomic.Int64
		go func() {
			for n := 0; n < count; n += burst {
				peer.Write(numbered(n, burst))
				sent.Add(burst)
			}
			peer.AnswerClose()
		}()
		synctest.Wait()
		waiting, taken := len(f.caller.Events()), sent.Load()
		if waiting != 1024 || taken > 4*burst {
			t.Errorf("%d events wait, %d messages were taken", waiting, taken)
		}
		for n := range count {
			event := <-f.caller.Events()
			if event.Data.(rpc.Object).Get("data") != strconv.Itoa(n) {
				t.Fatalf("event %d: %q", n, inWords(event))
			}
			event.Delivered()
		}
		observed = fmt.Sprintf("%d events wait and the server is not read, then all %d arrive in order", waiting, count)
	})
	return observed
}

// numbered are the frames of count messages, which are numbers.
func numbered(from, count int) []byte {
	var frames []byte
	for n := range count {
		text := strconv.Itoa(from + n)
		frames = append(append(frames, hostnettest.Text, byte(len(text))), text...)
	}
	return frames
}

func slowConsumer(t *testing.T) (observed string) {
	inBubble(t, Options{MaxIncomingEvents: 1}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			peer.Write(numbered(0, 10))
			peer.AnswerClose()
		}()
		for n := range 10 {
			event := <-f.caller.Events()
			pass(5 * time.Minute)
			if got := inWords(event); got != "message "+strconv.Itoa(n) {
				t.Fatalf("event %d: %q", n, got)
			}
			event.Delivered()
		}
		f.must("wsClose", object("connectionId", id))
		observed = "all 10 in order within 50 minutes, still connected, then " + f.untilClose()
	})
	return observed
}

func stalledServer(t *testing.T) (observed string) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		_, other := f.pipe()
		go other.AnswerClose()
		sends := f.sendUntilFull(id)
		synctest.Wait()
		refused := (<-sends[len(sends)-1]).Err
		buffered := f.must("wsBufferedAmount", object("connectionId", id))
		if len(sends) != 17 || buffered != int64(16<<20) || rpc.Code(refused) != CodeBufferFull {
			t.Errorf("send %d: %v, %v bytes wait", len(sends), refused, buffered)
		}
		start := time.Now()
		f.must("wsSend", object("connectionId", "ext_ws_1", "data", "not delayed"))
		since(t, start, 0)
		observed = fmt.Sprintf("%d sends wait, bufferedAmount %d, then %s: %s; another connection's send is done at once", len(sends)-1, buffered, rpc.Code(refused), refused)
	})
	return observed
}

// sendUntilFull sends messages of 1 MiB up to the first that is refused at once.
func (f *fixture) sendUntilFull(id string) (sends []<-chan rpctest.Answer) {
	text := strings.Repeat("x", 1<<20)
	for {
		answer := f.start("wsSend", object("connectionId", id, "data", text))
		sends = append(sends, answer)
		if len(answer) > 0 || len(sends) > 100 {
			return sends
		}
	}
}

func vanished(t *testing.T, inFlight bool) (observed string) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		if inFlight {
			sent := f.start("wsSend", object("connectionId", id, "data", "nobody reads this"))
			defer func() {
				if answer := <-sent; rpc.Code(answer.Err) != CodeClosed {
					t.Errorf("the send: %v", answer.Err)
				}
			}()
		} else {
			go peer.Await(0)
		}
		events := check(t, f.untilClose(), "ping timed out", "close 1006")
		since(t, start, 40*time.Second)
		observed = fmt.Sprintf("%s, after %v", events, time.Since(start))
	})
	return observed
}

func pausedFrame(t *testing.T) (observed string) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			for _, piece := range []string{"\x81", "\x04ab", "cd"} {
				pass(1500 * time.Millisecond)
				peer.Write([]byte(piece))
			}
			peer.AnswerClose()
		}()
		first := f.next()
		f.must("wsClose", object("connectionId", id))
		observed = check(t, first+", no other event, then "+f.untilClose(), "message abcd, ", "close 1000")
	})
	return observed
}

func closeInjections() (injections []injection) {
	for _, name := range slices.Sorted(maps.Keys(badClosers)) {
		injections = append(injections, injection{"a peer that " + name, func(t *testing.T) string { return closeTo(t, badClosers[name]) }})
	}
	return injections
}

// closeTo closes a connection to a peer that doesn't answer as it should.
func closeTo(t *testing.T, script func(*hostnettest.Peer)) (observed string) {
	inBubble(t, Options{MaxIncomingEvents: 1}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go script(peer)
		synctest.Wait()
		start := time.Now()
		f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 1<<20)))
		closed := f.start("wsClose", object("connectionId", id))
		event := strings.TrimSpace(f.nextBut("message more"))
		<-closed
		since(t, start, 5*time.Second)
		f.ended()
		observed = check(t, fmt.Sprintf("%s, once, after %v", event, time.Since(start)), "close 1006, once, after 5s")
	})
	return observed
}
