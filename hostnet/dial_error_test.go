package hostnet

import (
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		err        error
		code, part string
	}{
		{timeLimit{"nothing happened", 30 * time.Second}, CodeTimeout, "nothing happened within 30000 ms"},
		{timeLimit{"nothing happened", 1500 * time.Microsecond}, CodeTimeout, "within 1.5ms"},
		{context.DeadlineExceeded, CodeTimeout, "in time"},
		{context.Canceled, CodeAborted, "given up"},
		{&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, CodeTimeout, "in time"},
		{&net.OpError{Op: "write", Err: net.ErrClosed}, CodeConnect, "broke"},
		{&net.OpError{Op: "write", Err: os.NewSyscallError("write", syscall.EPIPE)}, CodeConnect, "broken pipe"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.EHOSTUNREACH)}, CodeConnect, "no route to host"},
		{&net.OpError{Op: "dial", Err: os.NewSyscallError("connect", syscall.ENETUNREACH)}, CodeConnect, "network is unreachable"},
		{proxyError{&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}}, CodeConnect, "the proxy did not open the connection: connection reset"},
		{proxyError{&net.OpError{Op: "read", Err: net.ErrClosed}}, CodeConnect, "closed"},
		{tlsError{&net.OpError{Op: "read", Err: os.NewSyscallError("read", syscall.ECONNRESET)}, false}, CodeConnect, "reset"},
		{tlsError{io.EOF, false}, CodeTLS, "ended the connection"},
		{tlsError{errors.New("something else"), false}, CodeTLS, "something else"},
		{&net.DNSError{Err: "read udp 10.0.0.1:5353->10.0.0.2:53: read: connection refused"}, CodeDNS, "can't be resolved: connection refused"},
		{errNotWebSocket, CodeHandshake, "not a WebSocket server"},
	} {
		if code, text := explain(test.err); code != test.code || !strings.Contains(text, test.part) {
			t.Errorf("%v: got %s %q, want %s %q", test.err, code, text, test.code, test.part)
		}
	}
}

func TestCertificateNames(t *testing.T) {
	for want, leaf := range map[string]*x509.Certificate{
		"no host":    {},
		"a, 1.2.3.4": {DNSNames: []string{"a"}, IPAddresses: []net.IP{net.IPv4(1, 2, 3, 4)}},
		"a, b, c":    {DNSNames: []string{"a", "b", "c"}},
		"a, b, c, …": {DNSNames: []string{"a", "b", "c", "d"}},
	} {
		if got := certificateNames(leaf); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestProxyPorts(t *testing.T) {
	for raw, want := range map[string]string{
		"http://proxy": "proxy:80", "https://proxy": "proxy:443", "socks5://proxy": "proxy:1080", "socks5h://[::1]": "[::1]:1080", "http://proxy:3128": "proxy:3128",
	} {
		u, err := url.Parse(raw)
		if got := (tunnel{proxy: u}).address(); err != nil || got != want {
			t.Errorf("%s: got %s, want %s", raw, got, want)
		}
	}
}
