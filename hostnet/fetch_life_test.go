package hostnet

import (
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// held is a server that notes requests, and never answers.
func held(t *testing.T) (*webServer, <-chan struct{}) {
	arrived := make(chan struct{}, 8)
	w := new(webServer)
	w.Server = hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		arrived <- struct{}{}
		stall(conn)
	})
	w.url = "http://" + w.Addr
	return w, arrived
}

func TestFetchLimit(t *testing.T) {
	server, arrived := held(t)
	f := newFixture(t, Options{MaxFetches: 2})
	for range 2 {
		f.start("fetch", object("url", server.url))
		<-arrived
	}
	err := f.do("fetch", object("url", server.url)).Err
	if rpc.Code(err) != CodeLimit || err.Error() != "Too many requests at a time (max 2 per extension)" {
		t.Errorf("got %v", err)
	}
	if !f.session.Busy() {
		t.Error("not busy")
	}
	f.ended()
	if got := f.session.(rpc.Requesting).Requests(); got != (rpc.Requests{Failed: 2}) {
		t.Errorf("counted %+v", got)
	}
}

func TestFetchIsAborted(t *testing.T) {
	for name, serve := range map[string]func(net.Conn){
		"before the answer": stall,
		"within the header": func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nX"); stall(c) },
		"within the body":   func(c net.Conn) { fmt.Fprint(c, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"); stall(c) },
		"unread":            nil,
	} {
		t.Run(name, func(t *testing.T) {
			arrived, closed, over := make(chan struct{}, 1), make(chan struct{}, 1), make(chan struct{})
			server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
				arrived <- struct{}{}
				if serve != nil {
					serve(conn)
				}
				closed <- struct{}{}
				<-over
			})
			f, book := recorded(t, Options{})
			t.Cleanup(func() { close(over) })
			answers := make(chan rpctest.Answer, 1)
			params := object("url", "http://"+server.Addr, "method", "POST", "body", strings.Repeat("x", 16<<20))
			call := rpc.NewCall(t.Context(), "network.fetch", params, func(result any, err error) { answers <- rpctest.Answer{Result: result, Err: err} })
			f.session.Serve(call)
			<-arrived
			call.Cancel()
			if err := (<-answers).Err; rpc.Code(err) != CodeAborted {
				t.Errorf("got %v", err)
			}
			<-closed
			if f.session.Busy() || book.String() != "" {
				t.Errorf("busy %v, log %s", f.session.Busy(), book)
			}
		})
	}
}

func TestFetchTimeout(t *testing.T) {
	server, _ := held(t)
	f, book := recorded(t, Options{})
	check(t, f.fetchError(CodeTimeout, server.url, "timeout", int64(20)), "the response was not complete within 20 ms")
	drip := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		for _, err := fmt.Fprint(conn, "HTTP/1.1 200 OK\r\n\r\n"); err == nil; {
			_, err = conn.Write([]byte("x"))
		}
	})
	check(t, f.fetchError(CodeTimeout, "http://"+drip.Addr, "timeout", int64(50)), "within 50 ms")
	if !strings.Contains(book.String(), "fault=request_failed code=ERR_TIMEOUT") {
		t.Errorf("log %s", book)
	}
}

// TestFetchEndsWithItsSession checks that nothing outlives Close, however far a
// request has come.
func TestFetchEndsWithItsSession(t *testing.T) {
	server, arrived := held(t)
	idle := serveRaw(t, func(*http.Request) string { return whole("200 OK", "") })
	f := newFixture(t, Options{})
	f.fetch(idle.url)
	answered := f.start("fetch", object("url", server.url))
	<-arrived
	f.ended()
	if err := (<-answered).Err; rpc.Code(err) != CodeAborted {
		t.Errorf("got %v", err)
	}
	if err := f.do("fetch", object("url", idle.url)).Err; rpc.Code(err) != CodeAborted {
		t.Errorf("after the end: %v", err)
	}
}

// TestFetchReusesConnections checks what is sent on a connection that the
// server has used before: nothing once it has closed it, or sent what is no answer.
func TestFetchReusesConnections(t *testing.T) {
	for name, test := range map[string]struct {
		first       string
		connections int
	}{
		"kept":       {whole("200 OK", "x"), 1},
		"refused":    {whole("200 OK", "x", "Connection: close"), 2},
		"HTTP/1.0":   {"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 2},
		"surplus":    {whole("200 OK", "x") + "HTTP/1.1 200 OK\r\n\r\n", 2},
		"no content": {"HTTP/1.1 204 No Content\r\n\r\n", 1},
		"chunks":     {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n", 1},
		"compressed": {coded("deflate", "x"), 1},
	} {
		t.Run(name, func(t *testing.T) {
			server := serveRaw(t, func(*http.Request) string { return test.first })
			f, other := newFixture(t, Options{}), newFixture(t, Options{})
			for range 2 {
				f.fetch(server.url, "method", "POST", "body", "b")
			}
			if n := server.Accepted(t); n != test.connections {
				t.Errorf("%d connections, want %d", n, test.connections)
			}
			other.fetch(server.url)
			if n := server.Accepted(t); n != test.connections+1 {
				t.Errorf("another extension's connection was used")
			}
		})
	}
}

// TestFetchRepeats checks that a request on a dead connection is sent once more
// if that does no harm, and only then.
func TestFetchRepeats(t *testing.T) {
	for _, test := range []struct {
		method, second string
		repeats        bool
	}{
		{"GET", hangUp, true},
		{"PUT", hangUp, true},
		{"GET", "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n" + hangUp, true},
		{"GET", "HTTP/1.1 2" + hangUp, false},
		{"POST", hangUp, false},
	} {
		count := 0
		server := serveRaw(t, func(*http.Request) string {
			if count++; count == 2 {
				return test.second
			}
			return whole("200 OK", "")
		})
		f := newFixture(t, Options{})
		f.fetch(server.url)
		err := f.do("fetch", object("url", server.url, "method", test.method)).Err
		if (err == nil) != test.repeats || test.repeats != (server.requests() == 3) {
			t.Errorf("%s after %q: %v, %d requests", test.method, test.second, err, server.requests())
		}
	}
}

// TestFetchAnsweredEarly checks a server that answers without reading.
func TestFetchAnsweredEarly(t *testing.T) {
	over := make(chan struct{})
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		conn.Read(make([]byte, 1))
		fmt.Fprint(conn, whole("413 Too Large", "no"))
		<-over
	})
	t.Cleanup(func() { close(over) })
	f := newFixture(t, Options{})
	reply := f.fetch("http://"+server.Addr, "method", "POST", "body", strings.Repeat("x", 32<<20))
	if reply.Get("status") != int64(413) || reply.Get("body") != "no" {
		t.Errorf("%v", reply)
	}
}

func TestFetchOverTLS(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	ok := func(*http.Request) string { return whole("200 OK", "secure") }
	certificate := authority.Valid(t, "127.0.0.1")
	good := serveWrapped(t, func(conn net.Conn) net.Conn { return tlsServer(conn, certificate) }, ok)
	signed := hostnettest.SelfSigned(t, "127.0.0.1")
	bad := serveWrapped(t, func(conn net.Conn) net.Conn { return tlsServer(conn, signed) }, ok)
	plain := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		conn.Read(make([]byte, 4096))
		fmt.Fprint(conn, whole("400 Bad Request", ""))
	})
	f := newFixture(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}})
	for range 2 {
		if reply := f.fetch("https://" + good.Addr); reply.Get("body") != "secure" {
			t.Errorf("%v", reply)
		}
	}
	if n := good.Accepted(t); n != 1 {
		t.Errorf("%d connections", n)
	}
	check(t, f.fetchError(CodeTLS, "https://"+bad.Addr), "self-signed")
	check(t, f.fetchError(CodeTLS, "https://"+plain.Addr), "use http:// or its port for TLS")
	check(t, f.fetchError(CodeResponse, "http://"+good.Addr), "the server")
}

// TestFetchThroughProxy checks that requests take the same way through a proxy
// as sockets, plain HTTP too.
func TestFetchThroughProxy(t *testing.T) {
	ok := func(*http.Request) string { return whole("200 OK", "tunnelled") }
	authority := hostnettest.NewAuthority(t)
	certificate := authority.Valid(t, "example.test")
	plain := serveRaw(t, ok)
	secured := serveWrapped(t, func(conn net.Conn) net.Conn { return tlsServer(conn, certificate) }, ok)
	asked := make(chan string, 1)
	for _, test := range []struct {
		url, scheme string
		handle      func(net.Conn)
		server      *webServer
		asked       string
	}{
		{"http://example.test/p?q", "http", connectProxy(plain.Addr, asked), plain, "CONNECT example.test:80 Basic dXNlcjpzM2NyZXQ="},
		{"https://example.test/p?q", "http", connectProxy(secured.Addr, asked), secured, "CONNECT example.test:443 Basic dXNlcjpzM2NyZXQ="},
		{"http://example.test/p?q", "socks5", socksProxy(plain.Addr, asked), plain, "example.test for user"},
	} {
		proxy := hostnettest.Serve(t, "127.0.0.1:0", test.handle)
		f := newFixture(t, Options{
			Proxy: proxyAt(test.scheme, proxy.Addr), RootCAs: []*x509.Certificate{authority.Certificate},
			Resolve: hostnettest.NewResolver(nil).Resolve, // The proxy resolves names.
		})
		if reply := f.fetch(test.url); reply.Get("body") != "tunnelled" {
			t.Errorf("%s: %v", test.url, reply)
		}
		if got := <-asked; got != test.asked {
			t.Errorf("the proxy was asked for %q, want %q", got, test.asked)
		}
		if request, _ := test.server.last(); request.RequestURI != "/p?q" || request.Header.Get("Proxy-Authorization") != "" {
			t.Errorf("the server was asked for %s with %v", request.RequestURI, request.Header)
		}
		f.ended()
	}
}

// TestFetchGuard checks that names and the proxy are judged as for sockets.
func TestFetchGuard(t *testing.T) {
	reserved := hostnettest.Serve(t, "127.0.0.1:0", stall)
	resolver := hostnettest.NewResolver(map[string][]string{"h.test": {"127.0.0.1"}})
	proxied := func(*http.Request) (*url.URL, error) { return url.Parse("http://h.test:" + decimal(reserved.Port)) }
	opts := Options{ReservedPorts: []uint16{reserved.Port}, Resolve: resolver.Resolve}
	f := newFixture(t, opts)
	check(t, f.fetchError(CodeURLBlocked, "http://h.test:"+decimal(reserved.Port)), "the name resolves to this machine")
	check(t, f.fetchError(CodeDNS, "http://none.test"), "no such host")
	check(t, f.fetchError(CodeConnect, "http://"+closedPort(t)), "connection refused")
	opts.Proxy = proxied
	check(t, newFixture(t, opts).fetchError(CodeURLBlocked, "http://else.test"), "the proxy is on this machine")
	if reserved.Accepted(t) != 0 {
		t.Error("the reserved port was reached")
	}
}
