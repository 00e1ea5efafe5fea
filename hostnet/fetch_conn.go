package hostnet

import (
	"bufio"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"slices"
	"time"
)

const (
	// maxIdle is how many connections of an extension wait for its next request.
	maxIdle = 8

	// idleTime is how long they wait. Many servers close them after a minute.
	idleTime = 30 * time.Second
)

// An httpConn is a connection to a server of HTTP/1.1. One exchange at a time
// owns it.
type httpConn struct {
	net.Conn
	way     *handshake // how it was made
	origin  string
	limited io.LimitedReader
	reader  *bufio.Reader
}

// dial makes a connection for the request, under the rules of sockets.
func (x *fetch) dial() (*httpConn, error) {
	way := &handshake{client: x.fetcher.namespace.client, to: x.request.to}
	conn, err := way.connect(x.request.message().WithContext(x.ctx))
	if err == nil && way.to.secure {
		conn, err = way.secure(x.ctx, conn)
	}
	if err != nil {
		way.close()
		return nil, err
	}
	c := &httpConn{Conn: conn, way: way, origin: way.to.origin()}
	c.limited.R = conn
	c.reader = bufio.NewReader(&c.limited)
	return c, nil
}

// close ends the connection at once. TLS is not taken leave of: that could block.
func (c *httpConn) close() { c.way.close() }

// readAnswer reads the header of the server's answer, past those that are only
// preliminary. All of them together are bounded.
func (c *httpConn) readAnswer(message *http.Request) (*http.Response, error) {
	c.limited.N = maxResponseHeader
	for {
		answer, err := http.ReadResponse(c.reader, message)
		switch {
		case err != nil:
			return nil, c.headerError(err)
		case answer.StatusCode == http.StatusSwitchingProtocols:
			return nil, errUnasked
		case answer.StatusCode >= 200:
			c.limited.N = math.MaxInt64 // The body has a bound of its own.
			return answer, nil
		}
	}
}

// headerError tells why there is no answer.
func (c *httpConn) headerError(err error) error {
	switch {
	case c.limited.N <= 0:
		return errLargeHeader
	case isBroken(err):
		return c.brokenError(err)
	case c.limited.N == maxResponseHeader:
		return errNoResponse
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errCutShort
	}
	return errNotResponse
}

// brokenError is the error of a connection that broke.
func (c *httpConn) brokenError(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" { // A TLS 1.3 server refuses certificates only now.
		return tlsError{err, c.way.certWanted}
	}
	return err
}

func isBroken(err error) bool {
	_, ok := errors.AsType[*net.OpError](err)
	return ok
}

// stale reports whether an exchange on a connection that was idle shows that
// the server had given it up.
func (c *httpConn) stale(answer *response, err error) bool {
	if err != nil {
		return c.limited.N == maxResponseHeader
	}
	return answer.status == http.StatusRequestTimeout
}

// An idleConn is a connection that waits for the next request. Its goroutine
// reads, so that the server's end of it is noticed.
type idleConn struct {
	conn *httpConn
	over chan error // what ended the reading
}

// putIdle keeps a connection on which nothing is under way.
func (f *fetcher) putIdle(conn *httpConn) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed || conn.SetReadDeadline(time.Now().Add(idleTime)) != nil {
		conn.close()
		return
	}
	if len(f.idle) >= maxIdle {
		f.idle[0].conn.close() // Its goroutine removes it.
	}
	idle := &idleConn{conn, make(chan error, 1)}
	f.idle = append(f.idle, idle)
	f.wg.Go(func() { f.watch(idle) })
}

// watch waits for the end of being idle. Whatever a server sends meanwhile is
// the answer to nothing, and ends the connection.
func (f *fetcher) watch(idle *idleConn) {
	idle.conn.limited.N = maxResponseHeader
	_, err := idle.conn.reader.Peek(1)
	f.mu.Lock()
	defer f.mu.Unlock()
	if i := slices.Index(f.idle, idle); i >= 0 {
		f.idle = slices.Delete(f.idle, i, i+1)
		idle.conn.close()
	}
	idle.over <- err
}

// takeIdle returns a connection to an origin that works as far as one can see,
// or nil. It waits for the goroutine that watched it, which ends at once.
func (f *fetcher) takeIdle(origin string) *httpConn {
	for {
		idle := f.removeIdle(origin)
		if idle == nil {
			return nil
		}
		idle.conn.SetReadDeadline(time.Unix(1, 0))
		if err := <-idle.over; errors.Is(err, os.ErrDeadlineExceeded) && idle.conn.SetReadDeadline(time.Time{}) == nil {
			return idle.conn
		}
		idle.conn.close()
	}
}

// removeIdle takes the connection that was used last.
func (f *fetcher) removeIdle(origin string) *idleConn {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i, idle := range slices.Backward(f.idle) {
		if idle.conn.origin == origin {
			f.idle = slices.Delete(f.idle, i, i+1)
			return idle
		}
	}
	return nil
}
