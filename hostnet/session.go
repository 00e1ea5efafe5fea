package hostnet

import (
	"context"
	"time"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// A session is the WebSockets and requests of one activation of an extension.
type session struct {
	namespace *Namespace
	pool      *pool
	fetcher   fetcher
}

// Serve implements rpc.Session.
func (s *session) Serve(call *rpc.Call) {
	if err := s.serve(call); err != nil {
		s.pool.journal.refused(call.Method, err)
		call.Fail(err)
	}
}

// Busy implements rpc.Session.
func (s *session) Busy() bool { return s.pool.busy() || s.fetcher.busy() }

// Close implements rpc.Session: requests are given up, and every socket is closed
// with 1001 at the same time. It waits for StopGrace at most.
func (s *session) Close(ctx context.Context) {
	s.fetcher.shut()
	s.pool.close(ctx)
	s.fetcher.wait()
}

// serve refuses the call by an error, or sees to it that it is answered.
func (s *session) serve(call *rpc.Call) error {
	switch call.Method {
	case "network.wsConnect":
		return s.connect(call)
	case "network.fetch":
		return s.fetcher.start(call)
	}
	id, ok := call.Params.Text("connectionId")
	if !ok {
		return refuse(CodeInvalidData, "%s: connectionId must be a string", call.Method)
	}
	c, err := s.pool.find(id)
	if err != nil {
		return err
	}
	switch call.Method {
	case "network.wsSend":
		return send(call, c, id)
	case "network.wsClose":
		return closeConn(call, c)
	case "network.wsBufferedAmount":
		reportBuffered(call, c)
		return nil
	case "network.wsPause":
		return pause(call, c)
	}
	return &rpc.Error{Code: rpc.CodeNotAvailable, Message: call.Method + " is not a method of network"}
}

// connect judges what can be judged without the network and takes a place in
// the pool; the rest is open's.
func (s *session) connect(call *rpc.Call) error {
	raw, ok := call.Params.Text("url")
	if !ok {
		return refuse(CodeInvalidData, "network.wsConnect: url must be a string")
	}
	to, err := s.namespace.policy.judge(raw)
	if err != nil {
		return err
	}
	header, protocols, err := judgeHeaders(call.Params.Get("headers"), call.Params.Get("protocols"), to)
	if err != nil {
		return err
	}
	timeout, err := timeoutParam(call.Params, call.Method, s.namespace.opts.HandshakeTimeout)
	if err != nil {
		return err
	}
	return s.pool.start(call.Context(), timeout, func(taken *place) {
		d, err := s.namespace.client.dial(taken.ctx, to, header, protocols)
		s.open(call, to, taken, d, err)
	})
}

// open answers the call with what came of the dial, and has the connection served
// if there is one. Nothing is read before the reply, so no event precedes it.
func (s *session) open(call *rpc.Call, to target, taken *place, d *dialed, err error) {
	if err != nil {
		s.pool.free(taken)
		s.pool.journal.undialled(err)
		call.Fail(err)
		return
	}
	if call.Context().Err() == nil {
		if c, ok := s.pool.add(taken, d); ok {
			call.Reply(opened(call, c.id, to, d))
			s.pool.wg.Go(c.run) // with a small stack: dialling has made this one grow
			return
		}
	}
	d.wire.Close()
	d.ws.CloseNow()
	s.pool.free(taken)
	call.Fail(errStopped)
}

// timeoutParam is how long a call may take: what the extension says, or else
// otherwise.
func timeoutParam(params rpc.Object, method string, otherwise time.Duration) (time.Duration, error) {
	value, ok := params.Lookup("timeout")
	if !ok || value == nil {
		return otherwise, nil
	}
	ms, ok := number(value)
	if !ok || !(ms > 0) {
		return 0, refuse(CodeInvalidData, "%s: timeout must be a number of milliseconds above 0", method)
	}
	return time.Duration(min(ms, maxTimeout) * float64(time.Millisecond)), nil
}

// maxTimeout keeps a timeout, in milliseconds, within what a Duration can hold.
const maxTimeout = 1e12

// opened is the reply to wsConnect: as documented, and more for an SDK that
// knows protocols.
func opened(call *rpc.Call, id string, to target, d *dialed) rpc.Object {
	reply := rpc.Object{{Name: "connectionId", Value: id}}
	if _, ok := call.Params.Lookup("protocols"); ok {
		reply = append(reply, rpc.Field{Name: "url", Value: to.url}, rpc.Field{Name: "protocol", Value: d.protocol})
	}
	return reply
}

func send(call *rpc.Call, c *conn, id string) error {
	if c == nil {
		return notOpen(id)
	}
	opcode, data, err := outgoingData(call.Params.Get("data"))
	if err != nil {
		return err
	}
	c.send(call, opcode, data)
	return nil
}

func closeConn(call *rpc.Call, c *conn) error {
	code, reason, err := closeParams(call.Params)
	switch {
	case err != nil:
		return err
	case c == nil:
		call.Reply(nil)
	default:
		c.close(call, code, reason)
	}
	return nil
}

func reportBuffered(call *rpc.Call, c *conn) {
	if c == nil {
		call.Reply(int64(0))
		return
	}
	call.Reply(c.outbox.buffered())
}

// pause stops the reading of a connection, or goes on with it: what an extension
// that has enough asks for. Events that are under way still arrive.
func pause(call *rpc.Call, c *conn) error {
	paused, ok := call.Params.Get("paused").(bool)
	if !ok {
		return refuse(CodeInvalidData, "network.wsPause: paused must be a boolean")
	}
	if c != nil {
		c.credit.pause(paused)
	}
	call.Reply(nil)
	return nil
}

// closeParams are the code and reason of wsClose. An SDK that sends bare as true
// wants a Close frame with neither, as the web's close() sends it.
func closeParams(params rpc.Object) (code int, reason string, err error) {
	if params.Get("bare") == true {
		return closeNoCode, "", nil
	}
	status := float64(closeNormal)
	if value := params.Get("code"); value != nil {
		var ok bool
		if status, ok = number(value); !ok {
			return 0, "", refuse(CodeInvalidData, "network.wsClose: code must be a number")
		}
	}
	if value := params.Get("reason"); value != nil {
		var ok bool
		if reason, ok = value.(string); !ok {
			return 0, "", refuse(CodeInvalidData, "network.wsClose: reason must be a string")
		}
	}
	return int(status), reason, judgeClose(status, reason)
}

// number takes any of the vocabulary's numbers.
func number(value any) (float64, bool) {
	switch n := value.(type) {
	case float64:
		return n, true
	case int64:
		return float64(n), true
	case int:
		return float64(n), true
	}
	return 0, false
}

func notOpen(id string) error {
	return refuse(CodeClosed, "WebSocket %s is not open", id)
}

func notSent(id string) error {
	return refuse(CodeClosed, "WebSocket %s ended before the message was sent", id)
}

// bufferFull speaks of bytes as they are counted: a short message counts more
// than its length.
func bufferFull(id string, more, waiting, limit int64) error {
	return refuse(CodeBufferFull,
		"WebSocket %s has %d bytes waiting: %d more don't fit under the limit of %d (a message counts %d at least), wait until sends have fulfilled",
		id, waiting, more, limit, sendCost)
}

// errStopped answers calls that the end of their extension overtakes.
var errStopped = &rpc.Error{Code: rpc.CodeAborted, Message: "the WebSocket was given up before it was open"}
