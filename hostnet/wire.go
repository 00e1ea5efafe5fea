package hostnet

import (
	"cmp"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// The ways in which a stream ends without a Close frame.
var (
	errTruncated  = errors.New("the connection ended in the middle of a message")
	errVanished   = errors.New("the connection ended without a closing handshake")
	errUnanswered = errors.New("the server did not answer in time")
)

// A wire is the stream under a WebSocket, after the handshake. It stands
// between the library and the network, because the library takes a stream that
// ends in mid-message for the end of the message, delivers what is masked,
// and can wait for ever where it answers control frames by itself: through the
// wire the library sees nothing but legal data frames, and an end of the stream
// is always an error.
//
// Read, cause and drain are for the reader's goroutine, the frameWriter for the
// writer's. Everything else may be called from any goroutine.
type wire struct {
	body io.ReadWriteCloser // the stream, inside TLS where there is TLS
	raw  net.Conn           // what carries it
	frameWriter

	frames  frames // reader
	silence keepAlive
	wakeAt  time.Time // when a read that waits looks at the clock
	err     error     // why the stream is over

	deaf    atomic.Bool  // nobody wants data any more
	latency atomic.Int64 // of the server, after the last ping

	mu     sync.Mutex
	latest time.Time     // no read or write may last longer; zero if there is no such time
	stall  time.Duration // nor longer than this after moved; 0 if it may
	moved  time.Time     // when the system last took something
	late   error         // what a read returns then

	closing sync.Once
}

// newWire returns the wire over an upgraded stream and the connection below it.
// Nothing is read before start.
func newWire(body io.ReadWriteCloser, raw net.Conn) *wire {
	w := &wire{body: body, raw: raw}
	w.frameWriter = frameWriter{to: body, progress: w.progress}
	switch body := body.(type) {
	case *net.TCPConn:
		w.attempt = newAttempt(body)
	case upgraded:
		if tcp, ok := body.Conn.(*net.TCPConn); ok {
			w.attempt = newAttempt(tcp)
		}
	}
	return w
}

// start sets the largest message, what is done about a ping of the server, and
// when silence is too long. It is called once, before the first Read.
func (w *wire) start(limit int64, onPing func([]byte), silence keepAlive) {
	w.frames = frames{limit: limit, onPing: onPing}
	w.silence = silence
	if silence.interval > 0 {
		watch := w.silence.begin(time.Now())
		w.readBy(watch.first())
	}
}

// ignoreData makes Read wait for the end of the stream: the data frames that are
// still to come are thrown away.
func (w *wire) ignoreData() { w.deaf.Store(true) }

// Read implements io.Reader for the library. What was received before a fault
// is given out before the fault is reported.
func (w *wire) Read(p []byte) (int, error) {
	for w.err == nil {
		n, err := w.receive(p)
		kept, bad := w.frames.filter(p[:n])
		w.err = cmp.Or(bad, w.end(err))
		if kept > 0 && !w.deaf.Load() {
			return kept, nil
		}
	}
	return 0, w.err
}

// cause is why reading ended: what the wire knows, rather than the library's
// account of it.
func (w *wire) cause(err error) error { return cmp.Or(w.err, err) }

// Write implements io.Writer for the library, which has nothing to say: it sees
// no control frame, and no fault.
func (w *wire) Write([]byte) (int, error) { return 0, errors.ErrUnsupported }

// endWriting tells the server that nothing follows, where the network can say
// that without ending the other direction.
func (w *wire) endWriting() {
	if half, ok := w.raw.(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
}

// limit makes every read and write fail that isn't done after d, reads with the
// error late. It never prolongs an earlier limit.
func (w *wire) limit(d time.Duration, late error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	latest := now.Add(d)
	if w.isOver(now) || !w.latest.IsZero() && w.latest.Before(latest) {
		return
	}
	w.latest, w.late = latest, late
	w.raw.SetDeadline(w.bound())
}

// limitStalls makes every read and write fail, reads with the error late, once
// the system has taken nothing for d, from now on or from the last time that it
// did, or 64 KiB where it takes little at a time. It is called once, and leaves
// the limit as it is.
func (w *wire) limitStalls(d time.Duration, late error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.latest.IsZero() {
		return // the end is near anyhow
	}
	w.stall, w.moved, w.late = d, time.Now(), late
	w.raw.SetDeadline(w.bound())
}

// progress notes that the system has taken something.
func (w *wire) progress() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stall == 0 {
		return
	}
	w.moved = time.Now()
	w.raw.SetDeadline(w.bound())
}

// drain throws away what the server still sends, until it ends the stream or
// the limit is over. An end while data is unread would be a reset, which could
// overtake our Close frame.
func (w *wire) drain() { io.Copy(io.Discard, w.body) }

// Close cuts the connection; whoever reads or writes it returns. The carrying
// connection goes first, because ending TLS in good order may block.
func (w *wire) Close() error {
	w.closing.Do(func() {
		w.raw.Close()
		w.body.Close()
	})
	return nil
}

// receive reads from the network, and keeps watch while nothing comes.
func (w *wire) receive(p []byte) (int, error) {
	watch := w.silence.begin(time.Now())
	if first := watch.first(); w.silence.interval > 0 && w.wakeAt.After(first) { // left by a ping that was answered early
		w.readBy(first)
	}
	for {
		n, err := w.body.Read(p)
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			if n > 0 && !watch.pinged.IsZero() {
				w.latency.Store(int64(time.Since(watch.pinged)))
			}
			return n, err
		}
		now := time.Now()
		if err := w.over(now); err != nil {
			return 0, err
		}
		next, err := watch.wake(now)
		if err != nil {
			return 0, err
		}
		w.readBy(next)
	}
}

// over returns the error of the limit if that has passed.
func (w *wire) over(now time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.isOver(now) {
		return w.late
	}
	return nil
}

// readBy wakes a blocked read at t, or at the limit if that is sooner.
func (w *wire) readBy(t time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t = sooner(t, w.bound())
	w.wakeAt = t
	w.raw.SetReadDeadline(t)
}

// isOver reports whether a limit has passed. The caller holds the lock.
func (w *wire) isOver(now time.Time) bool {
	bound := w.bound()
	return !bound.IsZero() && !now.Before(bound)
}

// bound is when the first of the limits is reached, as things stand. The caller
// holds the lock.
func (w *wire) bound() time.Time {
	if w.stall == 0 {
		return w.latest
	}
	return sooner(w.latest, w.moved.Add(w.stall))
}

// sooner is the earlier of two times, of which zero is never.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// end names the end of the stream. It must never be io.EOF, which the library
// takes for the end of a message.
func (w *wire) end(err error) error {
	if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return err
	}
	if w.frames.inside() {
		return errTruncated
	}
	return errVanished
}
