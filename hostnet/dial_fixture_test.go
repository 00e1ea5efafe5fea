package hostnet

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// secret stands in the URL, the user info and a header of every dial of these
// tests, and must not be in any message.
const secret = "s3cret"

// dialURL judges and dials like a session does, within timeout.
func dialURL(t *testing.T, opts Options, raw string, timeout time.Duration, protocols ...string) (*dialed, error) {
	t.Helper()
	ctx, cancel := withHandshakeTimeout(t.Context(), timeout)
	defer cancel()
	return dialContext(ctx, t, opts, raw, protocols...)
}

func dialContext(ctx context.Context, t *testing.T, opts Options, raw string, protocols ...string) (*dialed, error) {
	t.Helper()
	opts = mustDefaults(t, opts)
	to, err := newPolicy(opts).judge(raw)
	if err != nil {
		return nil, err
	}
	header, offered, err := judgeHeaders(rpc.Object{{Name: "x-secret", Value: secret}}, protocols, to)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newClient(opts).dial(ctx, to, header, offered)
	if err == nil {
		t.Cleanup(func() { d.wire.Close() })
	}
	return d, err
}

// secretURL is a URL to a "host:port" with secrets where they may be.
func secretURL(scheme, hostPort string) string {
	return scheme + "://user:" + secret + "@" + hostPort + "/path?token=" + secret
}

// checkDial holds a failure to its code and to parts of its message.
func checkDial(t *testing.T, err error, code string, parts ...string) {
	t.Helper()
	if rpc.Code(err) != code {
		t.Errorf("code %q, want %s: %v", rpc.Code(err), code, err)
		return
	}
	for _, part := range parts {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("no %q in %q", part, err)
		}
	}
	for _, hidden := range []string{secret, "user", "token", "http://", "https://", "\n"} {
		if strings.Contains(err.Error(), hidden) {
			t.Errorf("%q in %q", hidden, err)
		}
	}
	if !strings.HasPrefix(err.Error(), "ws") || !strings.Contains(err.Error(), "/path") {
		t.Errorf("no URL in %q", err)
	}
}

// readRequest reads the upgrade request, or returns nil.
func readRequest(conn net.Conn) *http.Request {
	request, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return nil
	}
	return request
}

// upgrade answers the request as a WebSocket server, with more header lines and
// first bytes, and waits for the end.
func upgrade(conn net.Conn, lines, early string) *http.Request {
	request := readRequest(conn)
	if request != nil {
		fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n%s\r\n%s",
			hostnettest.AcceptKey(request.Header.Get("Sec-WebSocket-Key")), lines, early)
		stall(conn)
	}
	return request
}

// acceptAll completes every handshake.
func acceptAll(conn net.Conn) { upgrade(conn, "", "") }

// stall reads until the client, or the end of the test, closes the connection.
func stall(conn net.Conn) {
	for buffer := make([]byte, 1<<10); ; {
		if _, err := conn.Read(buffer); err != nil {
			return
		}
	}
}

// answer returns a handler that reads the request and sends text.
func answer(text string) func(net.Conn) {
	return func(conn net.Conn) {
		if readRequest(conn) != nil {
			fmt.Fprint(conn, text)
			stall(conn)
		}
	}
}

// patient is a timeout that isn't meant to pass.
const patient = 20 * time.Second
