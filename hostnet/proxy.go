package hostnet

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"

	"golang.org/x/net/proxy"
)

// maxConnectAnswer bounds a proxy's answer to CONNECT, in bytes.
const maxConnectAnswer = 16 << 10

// What proxies do wrong.
var (
	errNoProxyAnswer = errors.New("its answer is not HTTP")
	errLeftover      = errors.New("it sent more than its answer")
	errProxyChoice   = errors.New("the proxy setting can't be used; check its URL")
	errProxyScheme   = errors.New("the scheme of its URL is none of http, https, socks5 and socks5h")
)

// A tunnel leads to a target through a proxy. Both ws and wss go through
// CONNECT or SOCKS: a plain request to a proxy can't be upgraded.
type tunnel struct {
	proxy *url.URL
	tls   *tls.Config // for a proxy that is spoken to over TLS
}

// address is the proxy's "host:port".
func (t tunnel) address() string {
	port := t.proxy.Port()
	if port == "" {
		port = proxyPorts[t.proxy.Scheme]
	}
	return net.JoinHostPort(t.proxy.Hostname(), port)
}

// proxyPorts are the ports of proxies whose URL names none.
var proxyPorts = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// open asks the proxy at the other end of conn for a way to "host:port", and
// returns the connection to use from then on. The error is a [proxyError].
func (t tunnel) open(ctx context.Context, conn net.Conn, hostPort string) (net.Conn, error) {
	var err error
	switch t.proxy.Scheme {
	case "http":
		err = t.connect(conn, hostPort)
	case "https":
		conn, err = t.connectTLS(ctx, conn, hostPort)
	default:
		err = t.connectSOCKS(ctx, conn, hostPort)
	}
	if err != nil {
		return nil, proxyError{err}
	}
	return conn, nil
}

func (t tunnel) connectTLS(ctx context.Context, conn net.Conn, hostPort string) (net.Conn, error) {
	config := t.tls.Clone()
	config.ServerName = t.proxy.Hostname()
	secured := tls.Client(conn, config)
	if err := secured.HandshakeContext(ctx); err != nil {
		return nil, err
	}
	return secured, t.connect(secured, hostPort)
}

// connect asks by HTTP's CONNECT.
func (t tunnel) connect(conn net.Conn, hostPort string) error {
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: hostPort}, Host: hostPort, Header: make(http.Header)}
	if user := t.proxy.User; user != nil {
		password, _ := user.Password()
		request.Header.Set("Proxy-Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(user.Username()+":"+password)))
	}
	if err := request.Write(conn); err != nil {
		return err
	}
	reader := bufio.NewReader(io.LimitReader(conn, maxConnectAnswer))
	answer, err := http.ReadResponse(reader, request)
	if err != nil {
		return errNoProxyAnswer
	}
	if answer.StatusCode != http.StatusOK {
		return errors.New(statusText(answer.StatusCode))
	}
	if reader.Buffered() > 0 {
		return errLeftover
	}
	return nil
}

// connectSOCKS does the same by SOCKS version 5. The proxy resolves the name.
func (t tunnel) connectSOCKS(ctx context.Context, conn net.Conn, hostPort string) error {
	var auth *proxy.Auth
	if user := t.proxy.User; user != nil {
		password, _ := user.Password()
		auth = &proxy.Auth{User: user.Username(), Password: password}
	}
	dialer, err := proxy.SOCKS5("tcp", t.address(), auth, nil)
	if err != nil {
		return err
	}
	socks := dialer.(interface {
		DialWithConn(ctx context.Context, conn net.Conn, network, address string) (net.Addr, error)
	})
	if _, err = socks.DialWithConn(ctx, conn, "tcp", hostPort); err == nil {
		return nil
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && strings.HasPrefix(op.Op, "socks") {
		return op.Err // without the addresses
	}
	return err
}

// A proxyError is what a proxy that was reached has to say.
type proxyError struct{ err error }

func (p proxyError) Error() string { return "proxy: " + p.err.Error() }
func (p proxyError) Unwrap() error { return p.err }
