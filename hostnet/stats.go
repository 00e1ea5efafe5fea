package hostnet

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A tally counts what passes through one connection. The reader counts what
// comes, the writer what goes; any goroutine may read it.
type tally struct {
	opened                  time.Time
	messagesIn, messagesOut atomic.Int64
	bytesIn, bytesOut       atomic.Int64
}

func (t *tally) received(size int64) {
	t.messagesIn.Add(1)
	t.bytesIn.Add(size)
}

func (t *tally) sent(size int64) {
	t.messagesOut.Add(1)
	t.bytesOut.Add(size)
}

// Connections implements rpc.Connected.
func (s *session) Connections() []rpc.Connection { return s.pool.connections() }

// Requests implements rpc.Requesting.
func (s *session) Requests() rpc.Requests { return s.fetcher.requests() }

func (f *fetcher) requests() rpc.Requests {
	f.mu.Lock()
	defer f.mu.Unlock()
	numbers := f.counted
	numbers.Active = len(f.fetches)
	return numbers
}

// connections describes what is open, in the order in which it was opened.
func (p *pool) connections() []rpc.Connection {
	p.mu.Lock()
	conns := make([]*conn, 0, len(p.conns))
	for _, c := range p.conns {
		conns = append(conns, c)
	}
	p.mu.Unlock()
	slices.SortFunc(conns, func(a, b *conn) int { return cmp.Compare(p.number(a.id), p.number(b.id)) })
	all := make([]rpc.Connection, len(conns))
	for i, c := range conns {
		all[i] = c.describe()
	}
	return all
}

// number is the number in an id of this pool's.
func (p *pool) number(id string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(id, p.prefix))
	return n
}

func (c *conn) describe() rpc.Connection {
	return rpc.Connection{
		ID:          c.id,
		URL:         c.shown,
		Opened:      c.tally.opened,
		MessagesIn:  c.tally.messagesIn.Load(),
		MessagesOut: c.tally.messagesOut.Load(),
		BytesIn:     c.tally.bytesIn.Load(),
		BytesOut:    c.tally.bytesOut.Load(),
		Waiting:     c.credit.waiting(),
		Buffered:    c.outbox.buffered(),
		Latency:     time.Duration(c.wire.latency.Load()),
	}
}
