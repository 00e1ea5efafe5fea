package hostnet

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// closeGraces is how many times its CloseGrace a closing may last, however
// steadily the server reads.
const closeGraces = 12

// A conn is one open WebSocket of an extension, from its handshake to its close
// event. It has two goroutines: one runs read, and alone decides how the
// connection ends; the other runs write, and alone writes to the network.
type conn struct {
	id     string
	shown  string // its URL, as logs show it
	opts   *Options
	caller rpc.Caller
	pool   *pool
	ws     *websocket.Conn
	wire   *wire
	outbox *outbox
	credit *credit
	tally  tally
	full   atomic.Bool // the log knows that the outbox is full

	written chan struct{} // closed when the writer is gone

	mu      sync.Mutex
	asked   bool        // our side has closed: no message is delivered any more
	over    bool        // the connection has ended
	told    bool        // its last event was pushed
	closers []*rpc.Call // to answer after that
}

// newConn makes the connection, which does nothing before run.
func newConn(id string, d *dialed, p *pool) *conn {
	return &conn{
		id:      id,
		shown:   d.shown,
		opts:    p.opts,
		caller:  p.caller,
		pool:    p,
		ws:      d.ws,
		wire:    d.wire,
		outbox:  newOutbox(p.opts.MaxOutgoingBytes),
		credit:  newCredit(p.opts.MaxIncomingEvents, p.opts.MaxIncomingBytes),
		tally:   tally{opened: time.Now()},
		written: make(chan struct{}),
	}
}

// run serves the connection until its last event was pushed. Its caller owns
// the goroutine; the writer's ends before it.
func (c *conn) run() {
	silence := keepAlive{timeout: c.opts.PingTimeout, ping: c.outbox.askPing}
	if !c.opts.NoPing {
		silence.interval = c.opts.PingInterval
	}
	c.ws.SetReadLimit(-1) // The wire has the limit, and knows what was announced.
	c.wire.start(c.opts.MaxMessage, c.outbox.askPong, silence)
	go c.write()
	c.finish(c.read())
}

// send queues a message for the writer and answers the call later; or it
// answers at once that it can't. It never blocks.
func (c *conn) send(call *rpc.Call, opcode byte, data []byte) {
	message := outgoing{opcode: opcode, data: data, call: call}
	switch refused, waiting := c.outbox.send(message); refused {
	case CodeClosed:
		call.Fail(notOpen(c.id))
	case CodeBufferFull:
		err := bufferFull(c.id, message.cost(), waiting, c.opts.MaxOutgoingBytes)
		c.recordFull(err)
		call.Fail(err)
	}
}

// close sends what waits and then a Close frame, and answers the call when the
// close event was pushed: CloseGrace after the server last took something of it,
// and after closeGraces of those in all, whatever the server does. Another close
// waits for the same event. It never blocks.
func (c *conn) close(call *rpc.Call, code int, reason string) {
	if c.closing(call) {
		return
	}
	c.outbox.close(closePayload(code, reason))
	grace := min(c.opts.CloseGrace, math.MaxInt64/closeGraces)
	c.wire.limitStalls(grace, errUnanswered)
	c.wire.limit(closeGraces*grace, errUnanswered)
}

// closing notes whose call is to be answered at the end, and reports whether the
// end is under way without it.
func (c *conn) closing(call *rpc.Call) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told {
		call.Reply(nil)
		return true
	}
	c.closers = append(c.closers, call)
	return !c.ask()
}

// stop closes the connection because its extension ends. What waits is sent if
// the server takes it within StopGrace. It never blocks.
func (c *conn) stop() {
	c.mu.Lock()
	c.ask()
	c.mu.Unlock()
	grace := c.opts.StopGrace
	if c.outbox.closeSent() { // some time ago, and not by what follows
		grace = min(grace, lastGrace)
	}
	c.outbox.close(closePayload(closeGoingAway, ""))
	c.wire.limit(grace, errUnanswered)
}

// ask notes that our side wants the end, and reports whether that makes a
// difference. The caller holds mu.
func (c *conn) ask() bool {
	if c.asked || c.over {
		return false
	}
	c.asked = true
	c.wire.ignoreData()
	c.credit.release()
	return true
}

// deliver pushes a message, once there is room for it: until then the socket is
// not read, and TCP slows the server down.
func (c *conn) deliver(data rpc.Object, size int64) {
	if !c.credit.take(size) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	event := rpc.Event{Connection: c.id, Name: "message", Data: data}
	event.Delivered = func() { c.credit.give(size) }
	if c.asked || !c.caller.Push(event) {
		c.credit.give(size)
	}
}

// read takes messages from the server until the connection ends, and returns
// why it did. A message that isn't complete and legal is never delivered.
func (c *conn) read() error {
	for {
		kind, from, err := c.ws.Reader(context.Background())
		if err != nil {
			return c.wire.cause(err)
		}
		payload, err := c.readAll(from)
		if err != nil {
			return c.wire.cause(err)
		}
		data, err := eventData(kind, payload)
		if err != nil {
			return err
		}
		c.tally.received(int64(len(payload)))
		c.deliver(data, int64(len(payload)))
	}
}

// write writes what the outbox yields. When the stream fails it leaves the
// verdict to the reader, which may still find the server's Close frame, but
// not for longer than StopGrace.
func (c *conn) write() {
	defer close(c.written)
	for {
		b, ok := c.outbox.next()
		if !ok {
			return
		}
		err := c.put(b)
		c.outbox.done(b)
		c.noteRoom()
		if err != nil {
			dropped := c.outbox.abort() // before anybody hears of it and sends again
			c.answer(b.sends)
			c.refuse(dropped)
			c.wire.limit(c.opts.StopGrace, err)
			return
		}
		c.answer(b.sends)
	}
}

// put hands a batch to the operating system.
func (c *conn) put(b batch) error {
	if err := c.wire.control(b.control); err != nil {
		return err
	}
	for i := range b.sends {
		message := &b.sends[i]
		if err := c.wire.message(message.opcode, message.data); err != nil {
			return err
		}
		message.end = c.wire.place()
	}
	if err := c.wire.control(b.closing); err != nil {
		return err
	}
	err := c.wire.flush()
	if b.last {
		c.wire.rest()
	}
	if b.cut {
		c.wire.endWriting()
	}
	return err
}

// answer fulfils the sends that are with the operating system, and rejects the
// others.
func (c *conn) answer(sends []outgoing) {
	for _, message := range sends {
		if message.end == 0 || message.end > c.wire.flushed {
			message.call.Fail(notSent(c.id))
			continue
		}
		c.tally.sent(int64(len(message.data)))
		message.call.Reply(nil)
	}
}

// refuse rejects sends that were never written.
func (c *conn) refuse(sends []outgoing) {
	for _, message := range sends {
		message.call.Fail(notSent(c.id))
	}
}
