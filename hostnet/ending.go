package hostnet

import (
	"errors"
	"net"
	"os"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// lastGrace is how long a server may still take to answer a Close frame that it
// was sent some time before its extension ends.
const lastGrace = 25 * time.Millisecond

// An ending is what a connection's last events say.
type ending struct {
	code    int
	reason  string
	failure error // yields the error event; nil after a clean or wanted end
	cause   error // for the log; nil after a clean end
}

// finish ends the connection in good order and pushes its last events. The
// place in the pool is free before, so that a handler can connect anew.
func (c *conn) finish(cause error) {
	end := c.conclude(cause)
	c.part(cause)
	c.ws.CloseNow() // The library gives its buffers back; there is nobody left to wait for.
	c.pool.remove(c)
	if end.cause != nil {
		c.pool.journal.ended(c.id, end)
	}
	if end.failure != nil {
		c.push("error", rpc.Object{{Name: "message", Value: plain(end.failure)}}, nil)
	}
	if !c.push("close", rpc.Object{{Name: "code", Value: end.code}, {Name: "reason", Value: end.reason}}, c.pool.left) {
		c.pool.left()
	}
	defer c.pool.forget(c)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = true
	for _, call := range c.closers {
		call.Reply(nil)
	}
}

// conclude decides what the end is. From here on nobody can close the
// connection any more, nor send.
func (c *conn) conclude(cause error) ending {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	if peer, ok := errors.AsType[peerClose](cause); ok {
		return ending{code: peer.code, reason: peer.reason}
	}
	if c.asked {
		return ending{code: closeLost, cause: cause}
	}
	code := closeLost
	if bad, ok := errors.AsType[*protocolError](cause); ok {
		code = bad.code
	}
	return ending{code: code, failure: cause, cause: cause}
}

// part says goodbye to the server as far as it can be said, and cuts the
// connection. It returns when the writer is gone: after CloseGrace at most.
func (c *conn) part(cause error) {
	defer func() {
		c.wire.Close()
		<-c.written
	}()
	if peer, ok := errors.AsType[peerClose](cause); ok {
		c.wire.limit(c.opts.CloseGrace, errUnanswered)
		c.refuse(c.outbox.hurry(peer.echo(), false))
		<-c.written
		return
	}
	if bad, ok := errors.AsType[*protocolError](cause); ok {
		c.wire.limit(c.opts.StopGrace, errUnanswered)
		c.refuse(c.outbox.hurry(closePayload(bad.code, ""), true))
		c.wire.drain()
		return
	}
	c.refuse(c.outbox.abort())
}

func (c *conn) push(name string, data rpc.Object, delivered func()) bool {
	return c.caller.Push(rpc.Event{Connection: c.id, Name: name, Data: data, Delivered: delivered})
}

// plain is the text of an error without the addresses that package net puts
// around it.
func plain(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		err = op.Err
	}
	if call, ok := errors.AsType[*os.SyscallError](err); ok {
		err = call.Err
	}
	return err.Error()
}
