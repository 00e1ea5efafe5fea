package hostnet

import (
	"errors"
	"time"
)

var errPingTimeout = errors.New("WebSocket ping timed out")

// keepAlive says when a silent server is asked whether it is still there, and
// how long it may take to answer. No interval means never.
type keepAlive struct {
	interval time.Duration
	timeout  time.Duration
	ping     func() // must not block
}

// begin starts a watch with a read that waits for the server. The time in which nobody
// read doesn't count: a server that our own back-pressure has stopped is not
// silent.
func (k *keepAlive) begin(now time.Time) watch { return watch{keepAlive: k, since: now} }

// A watch is one wait for the server's next byte.
type watch struct {
	*keepAlive
	since  time.Time
	pinged time.Time
}

// first is when the first wake is due.
func (w *watch) first() time.Time { return w.since.Add(w.interval) }

// wake says what follows when nothing has come until now: the time of the next
// wake, after a ping if one is due, or errPingTimeout. The zero time is none.
func (w *watch) wake(now time.Time) (time.Time, error) {
	if w.interval == 0 {
		return time.Time{}, nil
	}
	if w.pinged.IsZero() && !now.Before(w.first()) {
		w.pinged = now
		w.ping()
	}
	next := w.first()
	if !w.pinged.IsZero() {
		next = w.pinged.Add(w.timeout)
	}
	if !now.Before(next) {
		return time.Time{}, errPingTimeout
	}
	return next, nil
}
