package hostnet

import (
	"errors"
	"io"
	"net"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// A recorder is a stream that keeps what is written to it, write by write.
type recorder struct {
	io.ReadCloser
	writes []int
}

func (r *recorder) Write(p []byte) (int, error) {
	r.writes = append(r.writes, len(p))
	return len(p), nil
}

func TestWireGathersSmallWrites(t *testing.T) {
	r := new(recorder)
	w := newWire(r, nil)
	for range 100 {
		w.message(opText, make([]byte, 10))
	}
	if err := w.flush(); err != nil || len(r.writes) != 1 || r.writes[0] != 1600 || w.flushed != 1600 {
		t.Errorf("writes %v, %d flushed, %v", r.writes, w.flushed, err)
	}
	if err := w.flush(); err != nil || len(r.writes) != 1 {
		t.Errorf("nothing was written again: %v, %v", r.writes, err)
	}
}

func TestWireKeepsLittle(t *testing.T) {
	r := new(recorder)
	w := newWire(r, nil)
	for _, size := range []int{1, keptBytes, blockBytes, largeBlockBytes, 4 * largeBlockBytes, 1} {
		for range 100 {
			w.message(opBinary, make([]byte, size))
			if gathered := cap(w.out); gathered > max(keptBytes, blockBytes, largeBlockBytes) || size < blockBytes && gathered > blockBytes {
				t.Fatalf("%d bytes are gathered of messages of %d", gathered, size)
			}
		}
		w.flush()
		w.rest()
		if cap(w.out) > keptBytes {
			t.Errorf("%d bytes kept after messages of %d", cap(w.out), size)
		}
	}
}

func TestLimitsOnlyShrink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		defer far.Close()
		w := newWire(near, near)
		defer w.Close()
		w.start(100, nil, keepAlive{interval: time.Minute, timeout: time.Minute, ping: func() {}})
		start := time.Now()
		w.limit(2*time.Second, errVanished)
		w.limit(time.Second, errUnanswered)
		w.limit(3*time.Second, errVanished)
		w.readBy(start.Add(time.Hour))
		if _, err := w.Read(make([]byte, 1)); err != errUnanswered {
			t.Errorf("got %v", err)
		}
		since(t, start, time.Second)
	})
}

func TestStallsAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		near, far := net.Pipe()
		defer far.Close()
		w := newWire(near, near)
		defer w.Close()
		w.start(100, nil, keepAlive{interval: time.Second, timeout: time.Minute, ping: func() {}})
		start := time.Now()
		w.limitStalls(2*time.Second, errUnanswered)
		w.limit(time.Minute, errUnanswered)
		go func() {
			pass(time.Second)
			far.Read(make([]byte, maxHead))
		}()
		w.message(opText, []byte("x"))
		if err := w.flush(); err != nil {
			t.Error(err)
		}
		if err := w.flush(); err != nil {
			t.Errorf("nothing was written: %v", err)
		}
		w.message(opText, []byte("y"))
		if err := w.flush(); err == nil {
			t.Error("a write that nobody reads has succeeded")
		}
		since(t, start, 3*time.Second)
		w.limit(time.Second, errBroken) // too late to be the reason
		if _, err := w.Read(make([]byte, 1)); err != errUnanswered {
			t.Errorf("got %v", err)
		}
		since(t, start, 3*time.Second)
	})
}

// A brokenWriter can be read and not be written.
type brokenWriter struct{ net.Conn }

var errBroken = errors.New("broken pipe")

func (brokenWriter) Write([]byte) (int, error) { return 0, errBroken }

func TestFailedWriteEndsTheConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, Options{})
		near, far := net.Pipe()
		defer far.Close()
		id := f.adopt(newWire(brokenWriter{near}, near))
		start := time.Now()
		if err := f.do("wsSend", object("connectionId", id, "data", "x")).Err; text(err) != "WebSocket ext_ws_0 ended before the message was sent" {
			t.Errorf("got %v", err)
		}
		if err := f.do("wsSend", object("connectionId", id, "data", "x")).Err; text(err) != "WebSocket ext_ws_0 is not open" {
			t.Errorf("got %v", err)
		}
		f.expect("error broken pipe", "close 1006 ")
		since(t, start, 250*time.Millisecond)
		f.ended()
	})
}

func TestIdleConnectionKeepsLittle(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go peer.AnswerClose()
		f.must("wsSend", object("connectionId", id, "data", make([]byte, 1<<20)))
		synctest.Wait()
		c, err := f.session.(*session).pool.find(id)
		if err != nil || cap(c.wire.out) > keptBytes {
			t.Errorf("%d bytes kept, %v", cap(c.wire.out), err)
		}
	})
}
