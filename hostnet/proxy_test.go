package hostnet

import (
	"bufio"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// proxyAt chooses a proxy with secrets in its URL for everything.
func proxyAt(scheme, hostPort string) func(*http.Request) (*url.URL, error) {
	return http.ProxyURL(&url.URL{Scheme: scheme, Host: hostPort, User: url.UserPassword("user", secret)})
}

// connectProxy is a proxy that opens tunnels to "host:port", whatever it is
// asked for, and reports what that was.
func connectProxy(hostPort string, asked chan<- string) func(net.Conn) {
	return func(conn net.Conn) {
		request, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		asked <- request.Method + " " + request.RequestURI + " " + request.Header.Get("Proxy-Authorization")
		fmt.Fprint(conn, "HTTP/1.1 200 Connection established\r\n\r\n")
		splice(conn, hostPort)
	}
}

// socksProxy is the same with SOCKS5.
func socksProxy(hostPort string, asked chan<- string) func(net.Conn) {
	return func(conn net.Conn) {
		var head [2]byte
		io.ReadFull(conn, head[:])
		io.ReadFull(conn, make([]byte, head[1]))
		conn.Write([]byte{5, 2})
		io.ReadFull(conn, head[:])
		user := make([]byte, head[1]+1)
		io.ReadFull(conn, user)
		io.ReadFull(conn, make([]byte, user[head[1]]))
		conn.Write([]byte{1, 0})
		var request [5]byte
		io.ReadFull(conn, request[:])
		name := make([]byte, request[4]+2)
		io.ReadFull(conn, name)
		asked <- fmt.Sprintf("%s for %s", name[:len(name)-2], user[:head[1]])
		conn.Write([]byte{5, 0, 0, 1, 0, 0, 0, 0, 0, 0})
		splice(conn, hostPort)
	}
}

func splice(conn net.Conn, hostPort string) {
	onward, err := net.Dial("tcp", hostPort)
	if err != nil {
		return
	}
	var back sync.WaitGroup
	defer back.Wait()
	defer onward.Close()
	back.Go(func() {
		io.Copy(conn, onward)
		conn.Close()
	})
	io.Copy(onward, conn)
}

func TestProxy(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	working := func(conn net.Conn) { upgrade(conn, "", "") }
	plain := hostnettest.Serve(t, "127.0.0.1:0", working)
	secured := hostnettest.Serve(t, "127.0.0.1:0", overTLS(authority.Valid(t, "example.test"), working))
	asked := make(chan string, 1)
	certificate := authority.Valid(t, "127.0.0.1")
	for _, test := range []struct {
		url, scheme string
		handle      func(net.Conn)
		asked       string
	}{
		{"ws://example.test/", "http", connectProxy(plain.Addr, asked), "CONNECT example.test:80 Basic dXNlcjpzM2NyZXQ="},
		{"wss://example.test/", "http", connectProxy(secured.Addr, asked), "CONNECT example.test:443 Basic dXNlcjpzM2NyZXQ="},
		{"ws://[2001:db8::1]:81/", "http", connectProxy(plain.Addr, asked), "CONNECT [2001:db8::1]:81 Basic dXNlcjpzM2NyZXQ="},
		{"ws://example.test/", "https", overTLS(certificate, connectProxy(plain.Addr, asked)), "CONNECT example.test:80 Basic dXNlcjpzM2NyZXQ="},
		{"wss://example.test/", "https", overTLS(certificate, connectProxy(secured.Addr, asked)), "CONNECT example.test:443 Basic dXNlcjpzM2NyZXQ="},
		{"ws://example.test/", "socks5", socksProxy(plain.Addr, asked), "example.test for user"},
		{"wss://example.test/", "socks5h", socksProxy(secured.Addr, asked), "example.test for user"},
	} {
		t.Run(test.scheme+" "+test.url, func(t *testing.T) {
			server := hostnettest.Serve(t, "127.0.0.1:0", test.handle)
			opts := Options{Proxy: proxyAt(test.scheme, server.Addr), RootCAs: []*x509.Certificate{authority.Certificate}}
			d, err := dialURL(t, opts, test.url, patient)
			if err != nil {
				t.Fatal(err)
			}
			d.wire.Close()
			if got := <-asked; got != test.asked {
				t.Errorf("the proxy was asked for %s, want %s", got, test.asked)
			}
		})
	}
}

func TestThisMachineIsNotBehindTheProxy(t *testing.T) {
	proxy := hostnettest.Serve(t, "127.0.0.1:0", stall)
	direct := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { upgrade(conn, "", "") })
	opts := Options{Proxy: proxyAt("http", proxy.Addr), ConnectTo: map[string]string{"elsewhere.test:80": direct.Addr}}
	for _, raw := range []string{fmt.Sprintf("ws://localhost:%d", direct.Port), fmt.Sprintf("ws://127.1:%d", direct.Port), "ws://elsewhere.test"} {
		if _, err := dialURL(t, opts, raw, patient); err != nil {
			t.Errorf("%s: %v", raw, err)
		}
	}
	for _, host := range ownSpellings {
		if _, err := dialURL(t, opts, "ws://"+host+":4820", patient); err == nil {
			t.Errorf("%s: a reserved port was reached", host)
		}
	}
	if n := proxy.Accepted(t); n != 0 {
		t.Errorf("the proxy got %d connections", n)
	}
}

func TestEnvironmentsProxyIsIgnored(t *testing.T) {
	proxy := hostnettest.Serve(t, "127.0.0.1:0", stall)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, "http://"+proxy.Addr)
	}
	direct := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { upgrade(conn, "", "") })
	resolver := hostnettest.NewResolver(map[string][]string{"example.test": {"127.0.0.1"}})
	if _, err := dialURL(t, Options{Resolve: resolver.Resolve}, fmt.Sprintf("ws://example.test:%d", direct.Port), patient); err != nil {
		t.Error(err)
	}
	if n := proxy.Accepted(t); n != 0 {
		t.Errorf("the proxy got %d connections", n)
	}
}

func TestProxyFailures(t *testing.T) {
	say := func(text string) func(net.Conn) { return answer(text) }
	for name, test := range map[string]struct {
		scheme string
		handle func(net.Conn)
		part   string
	}{
		"407":             {"http", say("HTTP/1.1 407 " + secret + "\r\n\r\n"), "407 Proxy Authentication Required"},
		"garbage":         {"http", say("garbage\r\n\r\n"), "not HTTP"},
		"large":           {"http", say("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("a", 1<<20)), "not HTTP"},
		"talks on":        {"http", say("HTTP/1.1 200 OK\r\n\r\nmore"), "more than its answer"},
		"hangs up":        {"http", func(conn net.Conn) {}, "the proxy"},
		"unknown scheme":  {"ftp", stall, "none of http"},
		"not TLS":         {"https", func(conn net.Conn) { io.WriteString(conn, "garbage"); stall(conn) }, "the proxy"},
		"untrusted":       {"https", overTLS(hostnettest.SelfSigned(t, "127.0.0.1"), stall), "the proxy"},
		"not SOCKS":       {"socks5", func(conn net.Conn) { io.WriteString(conn, "garbage"); stall(conn) }, "the proxy"},
		"SOCKS says no":   {"socks5", func(conn net.Conn) { conn.Read(make([]byte, 4)); conn.Write([]byte{5, 0xff}); stall(conn) }, "the proxy"},
		"SOCKS hangs up":  {"socks5", func(conn net.Conn) {}, "the proxy"},
		"choice goes bad": {"", stall, "proxy setting"},
	} {
		t.Run(name, func(t *testing.T) {
			server := hostnettest.Serve(t, "127.0.0.1:0", test.handle)
			choose := proxyAt(test.scheme, server.Addr)
			if test.scheme == "" {
				choose = func(*http.Request) (*url.URL, error) { return nil, errors.New("bad proxy http://user:" + secret) }
			}
			_, err := dialURL(t, Options{Proxy: choose}, secretURL("ws", "example.test"), patient)
			checkDial(t, err, CodeConnect, test.part)
		})
	}
}

func TestNoProxyForTheTarget(t *testing.T) {
	direct := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) { upgrade(conn, "", "") })
	resolver := hostnettest.NewResolver(map[string][]string{"example.test": {"127.0.0.1"}})
	opts := Options{Resolve: resolver.Resolve, Proxy: func(*http.Request) (*url.URL, error) { return nil, nil }}
	if _, err := dialURL(t, opts, fmt.Sprintf("ws://example.test:%d", direct.Port), patient); err != nil {
		t.Error(err)
	}
}
