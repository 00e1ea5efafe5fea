package hostnet

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"maps"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// userAgent is sent unless the extension sets the header.
const userAgent = "extrun"

// A client makes WebSocket connections. Any goroutine may use it; it holds
// nothing that needs to be released.
type client struct {
	opts   Options
	dialer *dialer
	tls    *tls.Config
	blocks *blocks
}

// A dialed is a WebSocket whose handshake is done and from which nothing was
// read. Closing its wire ends it.
type dialed struct {
	ws       *websocket.Conn
	wire     *wire
	shown    string // its URL, as logs show it
	protocol string // the subprotocol that was agreed on, or empty
}

// newClient makes the client of options that are complete.
func newClient(opts Options) *client {
	return &client{
		opts:   opts,
		dialer: newDialer(opts),
		blocks: new(blocks),
		tls: &tls.Config{
			MinVersion: tls.VersionTLS12,
			NextProtos: []string{"http/1.1"},
			RootCAs:    rootPool(opts.RootCAs),
		},
	}
}

// withHandshakeTimeout bounds a dial by the extension's timeout, such that the
// error names it.
func withHandshakeTimeout(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeoutCause(ctx, timeout, timeLimit{"the WebSocket was not open", timeout})
}

// dial connects to a target with headers and protocols, all of which were judged. It blocks until the handshake is over or ctx, which is best made by
// [withHandshakeTimeout], is done, and leaves nothing behind if it fails. The
// error is an [*rpc.Error].
func (c *client) dial(ctx context.Context, to target, header http.Header, protocols []string) (*dialed, error) {
	complete := http.Header{"User-Agent": {userAgent}}
	maps.Copy(complete, header)
	h := &handshake{client: c, to: to, protocols: protocols}
	ws, _, err := websocket.Dial(ctx, to.url, &websocket.DialOptions{
		HTTPClient:      &http.Client{Transport: h},
		HTTPHeader:      complete,
		Subprotocols:    protocols,
		CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		h.close()
		return nil, to.dialError(cmp.Or(h.err, errNotWebSocket))
	}
	return &dialed{ws: ws, wire: h.wire, shown: to.display, protocol: ws.Subprotocol()}, nil
}

// rootPool is the system's roots and more. Without more it is nil, which stands
// for the system's.
func rootPool(more []*x509.Certificate) *x509.CertPool {
	if len(more) == 0 {
		return nil
	}
	pool, err := x509.SystemCertPool()
	if err != nil {
		pool = x509.NewCertPool()
	}
	for _, certificate := range more {
		pool.AddCert(certificate)
	}
	return pool
}
