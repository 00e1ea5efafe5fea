package hostnet

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A faultName is what a log record is about, under the key "fault", for whoever
// filters records. Each has an "error", which is a sentence of ours and never
// holds a header's value, user info or a query.
type faultName string

const (
	faultURL        faultName = "url_refused"       // by the policy, before or at the socket
	faultHeader     faultName = "header_refused"    // a header or subprotocol that can't be sent
	faultLimit      faultName = "connection_limit"  // more sockets or requests than an extension may have
	faultOwner      faultName = "not_owner"         // a connection that is not the caller's
	faultData       faultName = "invalid_data"      // an argument of the wrong type or shape
	faultDial       faultName = "dial_failed"       // "code" says how
	faultLost       faultName = "connection_lost"   // ended without a closing handshake
	faultPing       faultName = "ping_timeout"      // the server has vanished
	faultProtocol   faultName = "protocol"          // the server sent what is illegal
	faultSize       faultName = "message_too_large" // a message above the maximum
	faultUnanswered faultName = "close_unanswered"  // a close of ours
	faultFetch      faultName = "request_failed"    // "code" says how
	faultFull       faultName = "buffer_full"       // once until half of it is empty again
)

// An extension can make faults as fast as it likes. Of each kind this many are
// recorded in a time; the next record after that says how many were not.
const (
	pageLength = 20
	pageTime   = time.Minute
)

// A journal records the faults of one session. Any goroutine may use it.
type journal struct {
	caller rpc.Caller

	mu    sync.Mutex
	pages map[faultName]page
}

// A page is what was recorded of one kind of faultName lately.
type page struct {
	begun   time.Time
	written int
	omitted int
}

func newJournal(caller rpc.Caller) *journal {
	return &journal{caller: caller, pages: make(map[faultName]page)}
}

func (j *journal) record(level slog.Level, f faultName, text string, args ...any) {
	omitted, ok := j.turn(f)
	if !ok {
		return
	}
	args = append([]any{"fault", string(f)}, args...)
	if omitted > 0 {
		args = append(args, "omitted", omitted)
	}
	j.caller.Logger().Log(context.Background(), level, text, args...)
}

// turn reports whether there is room for one more, and how many had none.
func (j *journal) turn(f faultName) (omitted int, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	p := j.pages[f]
	if now := time.Now(); now.Sub(p.begun) >= pageTime {
		omitted = p.omitted
		p = page{begun: now}
	}
	if ok = p.written < pageLength; ok {
		p.written++
	} else {
		p.omitted++
	}
	j.pages[f] = p
	return omitted, ok
}

// refusals are the codes that are worth a record, with their faults. The caller
// is told by an error, so none of them is a warning.
var refusals = map[string]faultName{
	CodeInvalidURL:    faultURL,
	CodeURLBlocked:    faultURL,
	CodeNotOwner:      faultOwner,
	CodeInvalidHeader: faultHeader,
	CodeLimit:         faultLimit,
	CodeInvalidData:   faultData,
	CodeTooLarge:      faultData,
}

// refused records a call that was refused.
func (j *journal) refused(method string, err error) {
	code := rpc.Code(err)
	if f, ok := refusals[code]; ok {
		j.record(slog.LevelInfo, f, "call refused", "method", method, "code", code, "error", err)
	}
}

// undialled records a connection that did not come about. What was given up is
// no fault.
func (j *journal) undialled(err error) {
	switch code := rpc.Code(err); code {
	case CodeAborted:
	case CodeURLBlocked:
		j.record(slog.LevelInfo, faultURL, "connection refused at the socket", "code", code, "error", err)
	default:
		j.record(slog.LevelInfo, faultDial, "no connection", "code", code, "error", err)
	}
}

// unfetched records a request that came to nothing. What was given up is no
// fault.
func (j *journal) unfetched(err error) {
	switch code := rpc.Code(err); code {
	case CodeAborted:
	case CodeURLBlocked:
		j.record(slog.LevelInfo, faultURL, "request refused on its way", "code", code, "error", err)
	default:
		j.record(slog.LevelInfo, faultFetch, "request failed", "code", code, "error", err)
	}
}

// ended records the end of a connection that is none in good order.
func (j *journal) ended(id string, end ending) {
	f := faultLost
	bad, illegal := errors.AsType[*protocolError](end.cause)
	switch {
	case illegal && bad.code == closeTooBig:
		f = faultSize
	case illegal:
		f = faultProtocol
	case errors.Is(end.cause, errPingTimeout):
		f = faultPing
	case end.failure == nil:
		f = faultUnanswered
	}
	j.record(slog.LevelInfo, f, "WebSocket ended abnormally", "connection", id, "code", end.code, "error", plain(end.cause))
}

// recordFull records a send that was refused, once until there is room again.
func (c *conn) recordFull(err error) {
	if c.full.CompareAndSwap(false, true) {
		c.pool.journal.record(slog.LevelWarn, faultFull, "the server doesn't read as fast as the extension sends", "connection", c.id, "error", err)
	}
}

// noteRoom ends the state of being full, once half of the room is free.
func (c *conn) noteRoom() {
	if c.full.Load() && 2*c.outbox.buffered() <= c.opts.MaxOutgoingBytes {
		c.full.Store(false)
	}
}
