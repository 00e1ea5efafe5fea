package hostnet

import (
	"cmp"
	"context"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A pool holds the sockets of one activation, those that are being dialled
// included, and owns their goroutines. Any goroutine may use it.
type pool struct {
	opts    *Options
	caller  rpc.Caller
	journal *journal
	prefix  string         // of all its ids
	wg      sync.WaitGroup // a dial, and then the reader, for each socket

	mu     sync.Mutex
	dials  map[*place]struct{}
	conns  map[string]*conn
	parted map[string]*conn // without a place, whose close event is still to be pushed
	opened int              // connections so far
	ending int              // connections without a place whose close event is not delivered
	closed bool
}

// A place is taken by a socket that is being dialled.
type place struct {
	ctx    context.Context // of the dial
	cancel context.CancelFunc
}

func newPool(opts *Options, caller rpc.Caller) *pool {
	return &pool{
		opts:    opts,
		caller:  caller,
		journal: newJournal(caller),
		prefix:  caller.ExtensionID() + "_ws_",
		dials:   make(map[*place]struct{}),
		conns:   make(map[string]*conn),
		parted:  make(map[string]*conn),
	}
}

// start takes a place for a socket and runs dial on a goroutine of its own. dial
// must give the place back, by add or free. ctx and timeout bound the dial.
func (p *pool) start(ctx context.Context, timeout time.Duration, dial func(*place)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return errStopped
	}
	if len(p.dials)+len(p.conns) >= p.opts.MaxConnections {
		return refuse(CodeLimit, "Too many WebSocket connections (max %d per extension)", p.opts.MaxConnections)
	}
	taken := new(place)
	taken.ctx, taken.cancel = withHandshakeTimeout(ctx, timeout)
	p.dials[taken] = struct{}{}
	p.wg.Go(func() { dial(taken) })
	return nil
}

// free gives the place of a dial back that came to nothing.
func (p *pool) free(taken *place) {
	p.mu.Lock()
	defer p.mu.Unlock()
	taken.cancel()
	delete(p.dials, taken)
}

// add puts what was dialled into its place. It reports false, and leaves the
// place taken, if the pool was closed meanwhile.
func (p *pool) add(taken *place, d *dialed) (*conn, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil, false
	}
	taken.cancel()
	delete(p.dials, taken)
	c := newConn(p.prefix+strconv.Itoa(p.opened), d, p)
	p.opened++
	p.conns[c.id] = c
	return c, true
}

// remove frees the place of a connection that has ended. It can be found until
// forget is called, and the pool is busy with it until left is called because its
// close event was delivered.
func (p *pool) remove(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.conns, c.id)
	p.parted[c.id] = c
	p.ending++
}

// forget lets go of a connection whose close event was pushed.
func (p *pool) forget(c *conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.parted, c.id)
}

// left is the end of a connection that was removed.
func (p *pool) left() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ending--
}

// find returns the connection with the id, or nil if there is none any more, nor
// an event of it to come.
// Somebody else's id is an error, whether or not there is such a connection.
func (p *pool) find(id string) (*conn, error) {
	if !p.owns(id) {
		return nil, refuse(CodeNotOwner, "WebSocket %s is not owned by %s", id, p.caller.ExtensionID())
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return cmp.Or(p.conns[id], p.parted[id]), nil
}

// busy reports whether there is any socket, or an event of one to come. A
// closed pool has none.
func (p *pool) busy() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return !p.closed && len(p.dials)+len(p.conns)+p.ending > 0
}

// close ends all dials, begins to close all connections, and waits until they
// are gone: for StopGrace, or until ctx is done if that is sooner.
func (p *pool) close(ctx context.Context) {
	conns := p.shut()
	for _, c := range conns {
		c.stop()
	}
	cut := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(cut)
		for _, c := range conns {
			c.wire.Close()
		}
	})
	p.wg.Wait()
	if !stop() {
		<-cut
	}
}

// shut lets no new socket in, and returns those that are open.
func (p *pool) shut() []*conn {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	for taken := range p.dials {
		taken.cancel()
	}
	conns := make([]*conn, 0, len(p.conns))
	for _, c := range p.conns {
		conns = append(conns, c)
	}
	return conns
}

// owns reports whether the id is one that this extension may have been given.
// Another extension's id may begin with the same words.
func (p *pool) owns(id string) bool {
	number, ok := strings.CutPrefix(id, p.prefix)
	if !ok {
		return false
	}
	n, err := strconv.ParseUint(number, 10, 64)
	return err == nil && strconv.FormatUint(n, 10) == number
}
