package hostnet

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// maxResponseHeader is how large the header of the server's answer may be, in
// bytes.
const maxResponseHeader = 64 << 10

// handshakeBuffer is how much of a handshake is read and written at once.
const handshakeBuffer = 1 << 10

// A handshake carries the library's upgrade request to the server. It stands in
// for http.Transport, which would dial and wait on goroutines that outlive a
// request given up, and can't send ws through a proxy. It runs on one goroutine,
// the caller's of [client.dial], and returns nothing but a right answer: a
// redirect is an error here, so nobody follows it.
type handshake struct {
	client    *client
	to        target
	protocols []string

	raw        net.Conn // the TCP connection, once there is one
	wire       *wire    // after success
	certWanted bool     // the server asked for a client certificate
	err        error    // what went wrong
}

// RoundTrip implements http.RoundTripper.
func (h *handshake) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := h.roundTrip(request)
	h.err = err
	return answer, err
}

// close ends the connection of a handshake that came to nothing.
func (h *handshake) close() {
	if h.raw != nil {
		h.raw.Close()
	}
}

func (h *handshake) roundTrip(request *http.Request) (*http.Response, error) {
	conn, err := h.connect(request)
	if err != nil {
		return nil, err
	}
	if h.to.secure {
		if conn, err = h.secure(request.Context(), conn); err != nil {
			return nil, err
		}
	}
	answer, stream, err := h.exchange(request, conn)
	if err != nil {
		return nil, err
	}
	h.wire = newWire(stream, h.raw)
	h.wire.blocks = h.client.blocks
	answer.Body = h.wire
	return answer, nil
}

// connect makes the TCP connection, and the way through the proxy if there is one.
func (h *handshake) connect(request *http.Request) (net.Conn, error) {
	limit := timeLimit{"there was no connection", h.client.opts.DialTimeout}
	ctx, cancel := limit.begin(request.Context())
	defer cancel()
	hostPort := h.to.hostPort()
	if other, ok := h.client.opts.ConnectTo[hostPort]; ok {
		return h.dial(ctx, other)
	}
	through, err := h.proxy(request)
	if err != nil {
		return nil, err
	}
	if through == nil {
		return h.dial(ctx, hostPort)
	}
	way := tunnel{proxy: through, tls: h.client.tls}
	conn, err := h.dial(ctx, way.address())
	if blocked, ok := errors.AsType[blockedAddress](err); ok {
		return nil, blockedAddress{blocked.address, true}
	}
	if err != nil {
		return nil, err
	}
	return interruptible(ctx, h.raw, func() (net.Conn, error) { return way.open(ctx, conn, hostPort) })
}

// dial makes the TCP connection.
func (h *handshake) dial(ctx context.Context, hostPort string) (net.Conn, error) {
	conn, err := h.client.dialer.dial(ctx, hostPort)
	if err != nil {
		return nil, causeOf(ctx, err)
	}
	h.raw = conn
	return conn, nil
}

// proxy returns the proxy to use, or nil. This machine is never looked for
// behind one.
func (h *handshake) proxy(request *http.Request) (*url.URL, error) {
	choose := h.client.opts.Proxy
	if choose == nil || h.to.isThisMachine() {
		return nil, nil
	}
	through, err := choose(request)
	if err != nil {
		return nil, proxyError{errProxyChoice} // err may hold the proxy's password.
	}
	if through == nil {
		return nil, nil
	}
	if _, known := proxyPorts[through.Scheme]; !known {
		return nil, proxyError{errProxyScheme}
	}
	return through, nil
}

// secure starts TLS.
func (h *handshake) secure(ctx context.Context, conn net.Conn) (net.Conn, error) {
	limit := timeLimit{"the TLS handshake was not over", h.client.opts.TLSTimeout}
	ctx, cancel := limit.begin(ctx)
	defer cancel()
	config := h.client.tls.Clone()
	config.ServerName = h.to.host
	config.GetClientCertificate = func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
		h.certWanted = true
		return new(tls.Certificate), nil
	}
	secured := tls.Client(conn, config)
	return interruptible(ctx, h.raw, func() (net.Conn, error) {
		if err := secured.HandshakeContext(ctx); err != nil {
			return nil, tlsError{err, h.certWanted}
		}
		return secured, nil
	})
}

// exchange sends the request and reads the answer. What the server sent after
// the answer is the beginning of the stream.
func (h *handshake) exchange(request *http.Request, conn net.Conn) (*http.Response, io.ReadWriteCloser, error) {
	limit := timeLimit{"the server had not answered the handshake", h.client.opts.ResponseTimeout}
	ctx, cancel := limit.begin(request.Context())
	defer cancel()
	limited := &io.LimitedReader{R: conn, N: maxResponseHeader}
	reader := bufio.NewReaderSize(limited, handshakeBuffer)
	answer, err := interruptible(ctx, h.raw, func() (*http.Response, error) {
		answer, err := ask(conn, reader, request)
		return answer, h.answerError(err, limited)
	})
	if err != nil {
		return nil, nil, err
	}
	if err := h.judgeAnswer(request, answer); err != nil {
		return nil, nil, err
	}
	if reader.Buffered() == 0 {
		return answer, conn, nil
	}
	early, err := reader.Peek(reader.Buffered())
	return answer, upgraded{io.MultiReader(bytes.NewReader(early), conn), conn}, err
}

// answerError tells why there is no answer, if err says that there is none.
func (h *handshake) answerError(err error, limited *io.LimitedReader) error {
	if err == nil {
		return nil
	}
	if op, ok := errors.AsType[*net.OpError](err); ok {
		if op.Op == "remote error" { // A TLS 1.3 server refuses certificates only now.
			return tlsError{err, h.certWanted}
		}
		return err
	}
	switch {
	case limited.N <= 0:
		return errLargeAnswer
	case limited.N == maxResponseHeader:
		return errNoAnswer
	}
	return errNotHTTP
}

// An upgraded is a connection of which something was read too early.
type upgraded struct {
	io.Reader
	net.Conn
}

func (u upgraded) Read(p []byte) (int, error) { return u.Reader.Read(p) }

// A timeLimit is a step's bound, and the error if it passes.
type timeLimit struct {
	what  string // was not the case in time
	limit time.Duration
}

func (l timeLimit) Error() string { return l.what + " within " + milliseconds(l.limit) }

// begin starts the time.
func (l timeLimit) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, l.limit, l)
}

// causeOf is why ctx ended, if it did, and else err. The system's timer of a
// connection may be some microseconds ahead of that of its context.
func causeOf(ctx context.Context, err error) error {
	if deadline, ok := ctx.Deadline(); ok && !time.Now().Before(deadline) {
		<-ctx.Done()
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

// interruptible runs a step that reads and writes conn, and closes conn under
// it when ctx is done. The error is ctx's cause then.
func interruptible[T any](ctx context.Context, conn net.Conn, step func() (T, error)) (T, error) {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	result, err := step()
	if !stop() {
		return result, context.Cause(ctx)
	}
	if err != nil {
		err = causeOf(ctx, err)
	}
	return result, err
}
