package hostnet

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// dialFaults are the rows about handshakes that come to nothing.
var dialFaults = []fault{
	{row: 6, name: "refused, DNS failure, SYN into a black hole", made: slices.Concat([]injection{
		{"nobody listens", nobodyListens},
		{"no such host", func(t *testing.T) string {
			return lookupFails(t, &net.DNSError{Err: "no such host", IsNotFound: true})
		}},
		{"the DNS server fails", func(t *testing.T) string { return lookupFails(t, &net.DNSError{Err: "server misbehaving"}) }},
		{"the DNS server is silent", lookupHangs},
		{"a name without an address", func(t *testing.T) string { return lookupFails(t, nil) }},
	}, isolatedDials)},
	{row: 7, name: "a server that never finishes its answer", made: []injection{
		{"accepts and never answers", func(t *testing.T) string { return neverAnswers(t, "ws", stall) }},
		{"one byte every 50 ms", func(t *testing.T) string {
			return neverAnswers(t, "ws", dribble("HTTP/1.1 101 Switching Protocols\r\n", 50*time.Millisecond))
		}},
		{"TLS is never answered", func(t *testing.T) string { return neverAnswers(t, "wss", stall) }},
		{"TLS is answered one byte every 50 ms", func(t *testing.T) string {
			return neverAnswers(t, "wss", dribble("\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03", 50*time.Millisecond))
		}},
	}},
	{row: 8, name: "an answer other than 101", made: statusInjections()},
	{row: 9, name: "a server that doesn't speak WebSocket", made: answerInjections()},
	{row: 10, name: "TLS that can't be trusted", made: tlsInjections()},
}

func nobodyListens(t *testing.T) string {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	return check(t, newFixture(t, Options{}).connectError(CodeConnect, "ws://"+listener.Addr().String()+"/"), "connection refused")
}

func lookupFails(t *testing.T, err error) string {
	resolve := func(context.Context, string) ([]net.IP, error) { return nil, err }
	return newFixture(t, Options{Resolve: resolve}).connectError(CodeDNS, "ws://example.test/")
}

func lookupHangs(t *testing.T) string {
	return newFixture(t, Options{Resolve: blockedLookup, DialTimeout: tiny}).connectError(CodeTimeout, "ws://example.test/")
}

// neverAnswers dials a server that keeps its client waiting, and then another,
// which the place must be free for.
func neverAnswers(t *testing.T, scheme string, handle func(net.Conn)) string {
	const limit = 200 * time.Millisecond
	server := hostnettest.Serve(t, "127.0.0.1:0", handle)
	f := newFixture(t, Options{MaxConnections: 1, ResponseTimeout: limit, TLSTimeout: limit})
	observed := check(t, f.connectError(CodeTimeout, scheme+"://"+server.Addr+"/"), "within 200 ms")
	f.connect("ws://" + working(t).Addr + "/")
	return observed + ", the place was free"
}

// dribble sends text byte by byte, over and over its last.
func dribble(text string, pause time.Duration) func(net.Conn) {
	return func(conn net.Conn) {
		tick := time.NewTicker(pause)
		defer tick.Stop()
		for i := 0; ; i++ {
			if _, err := conn.Write([]byte{text[min(i, len(text)-1)]}); err != nil {
				return
			}
			<-tick.C
		}
	}
}

// withinSeconds is the timeout, in milliseconds, of dials that must be over soon.
const withinSeconds = 3000

func statusInjections() (injections []injection) {
	for _, status := range []string{"401 Unauthorized", "403 Forbidden", "404 Not Found", "426 Upgrade Required", "429 Too Many Requests", "500 Internal Server Error", "200 OK"} {
		for _, rest := range []struct{ name, text string }{
			{"with no body", "Content-Length: 0\r\n\r\n"},
			{"with a body that stalls", "Content-Length: 1000000000\r\n\r\nabc"},
		} {
			injections = append(injections, injection{status[:3] + " " + rest.name, func(t *testing.T) string {
				return refusedAnswer(t, "HTTP/1.1 "+status+"\r\n"+rest.text, status)
			}})
		}
	}
	return append(injections, injection{"500 with an endless body", func(t *testing.T) string {
		return endless(t, "HTTP/1.1 500 No\r\n\r\n", "x", "500 Internal Server Error")
	}})
}

// answerInjections are answers with the status 101, and what is no answer.
// ACCEPT stands for the right key.
func answerInjections() (injections []injection) {
	const right = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
	for _, test := range []struct{ name, text, part string }{
		{"garbage", "\x00\x01\x02garbage\r\n\r\n", "not a WebSocket server"},
		{"an SSH banner", "SSH-2.0-OpenSSH_9.6\r\n", "not a WebSocket server"},
		{"a header line without a colon", right + "no colon\r\n\r\n", "not a WebSocket server"},
		{"no Accept", right + "\r\n", "not a WebSocket server"},
		{"a wrong Accept", right + "Sec-WebSocket-Accept: AAAA\r\n\r\n", "not a WebSocket server"},
		{"another upgrade", "HTTP/1.1 101 S\r\nUpgrade: h2c\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n", "not a WebSocket server"},
		{"HTTP 1.0", "HTTP/1.0 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ACCEPT\r\n\r\n", "not a WebSocket server"},
		{"an extension never asked for", right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n", "extension"},
		{"a subprotocol never asked for", right + "Sec-WebSocket-Accept: ACCEPT\r\nSec-WebSocket-Protocol: other\r\n\r\n", "subprotocol"},
		{"a header of 65,537 bytes", right + "X: " + strings.Repeat("a", 65_537-len(right)-7) + "\r\n\r\n", "larger than 65536 bytes"},
		{"nothing, and the end", "", "without answering"},
	} {
		injections = append(injections, injection{test.name, func(t *testing.T) string { return refusedAnswer(t, test.text, test.part) }})
	}
	return append(injections, injection{"1 GB of header", func(t *testing.T) string { return endless(t, right, "X-A: b\r\n", "larger than 65536 bytes") }},
		injection{"1 GB in one header line", func(t *testing.T) string { return endless(t, right+"X-A: ", "b", "larger than 65536 bytes") }})
}

func refusedAnswer(t *testing.T, text, part string) string {
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		if request := readRequest(conn); request != nil {
			io.WriteString(conn, strings.ReplaceAll(text, "ACCEPT", hostnettest.AcceptKey(request.Header.Get("Sec-WebSocket-Key"))))
			if text != "" {
				stall(conn)
			}
		}
	})
	return check(t, newFixture(t, Options{}).connectError(CodeHandshake, "ws://"+server.Addr+"/", "timeout", withinSeconds), part)
}

// endless answers with a beginning and up to 1 GB of repetitions. Little of it
// may be taken.
func endless(t *testing.T, beginning, repeated, part string) string {
	const all, bound = 1 << 30, 32 << 20
	taken := make(chan int, 1)
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		total := 0
		defer func() { taken <- total }()
		if readRequest(conn) == nil {
			return
		}
		io.WriteString(conn, beginning)
		for chunk := strings.Repeat(repeated, 64<<10/len(repeated)); total < all; {
			n, err := io.WriteString(conn, chunk)
			if total += n; err != nil {
				return
			}
		}
	})
	f := newFixture(t, Options{})
	before := allocated()
	observed := check(t, f.connectError(CodeHandshake, "ws://"+server.Addr+"/", "timeout", withinSeconds), part)
	if n := <-taken; n > bound {
		t.Errorf("%d bytes were taken", n)
	}
	return fmt.Sprintf("%s, the server was cut off, %s", observed, allocatedSince(t, before))
}

// A tlsPeer is a server whose TLS something is wrong with.
type tlsPeer struct {
	name   string
	handle func(t *testing.T, trusted *hostnettest.Authority) func(net.Conn)
	part   string
}

var tlsPeers = []tlsPeer{
	{"an expired certificate", func(t *testing.T, a *hostnettest.Authority) func(net.Conn) {
		return overTLS(a.Expired(t, "127.0.0.1"), acceptAll)
	}, "expired on"},
	{"a self-signed certificate", func(t *testing.T, a *hostnettest.Authority) func(net.Conn) {
		return overTLS(hostnettest.SelfSigned(t, "127.0.0.1"), acceptAll)
	}, "self-signed"},
	{"an unknown authority", func(t *testing.T, a *hostnettest.Authority) func(net.Conn) {
		return overTLS(hostnettest.NewAuthority(t).Valid(t, "127.0.0.1"), acceptAll)
	}, "unknown authority"},
	{"a certificate for another host", func(t *testing.T, a *hostnettest.Authority) func(net.Conn) {
		return overTLS(a.Valid(t, "example.test"), acceptAll)
	}, "for example.test, not for 127.0.0.1"},
	{"TLS 1.1 only", configured(&tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}), "no TLS version from 1.2 on"},
	{"a client certificate wanted", configured(&tls.Config{ClientAuth: tls.RequireAnyClientCert}), "wants a client certificate"},
	{"plain HTTP on the port", func(*testing.T, *hostnettest.Authority) func(net.Conn) {
		return func(conn net.Conn) { io.WriteString(conn, "HTTP/1.1 400 Bad Request\r\n\r\n"); stall(conn) }
	}, "speaks plain HTTP"},
	{"SSH on the port", func(*testing.T, *hostnettest.Authority) func(net.Conn) {
		return func(conn net.Conn) { io.WriteString(conn, "SSH-2.0-OpenSSH_9.6\r\n"); stall(conn) }
	}, "does not speak TLS"},
}

func configured(config *tls.Config) func(*testing.T, *hostnettest.Authority) func(net.Conn) {
	return func(t *testing.T, trusted *hostnettest.Authority) func(net.Conn) {
		own := config.Clone()
		own.Certificates = []tls.Certificate{trusted.Valid(t, "127.0.0.1")}
		return overConfig(own, acceptAll)
	}
}

func tlsInjections() (injections []injection) {
	for _, peer := range tlsPeers {
		injections = append(injections, injection{peer.name, peer.make})
	}
	return append(injections, injection{"none of these, with TLS 1.2", func(t *testing.T) string {
		f, url := tlsFixture(t, configured(&tls.Config{MaxVersion: tls.VersionTLS12}))
		f.connect(url)
		return "connected"
	}})
}

func (p tlsPeer) make(t *testing.T) string {
	f, url := tlsFixture(t, p.handle)
	return anyTime.ReplaceAllString(check(t, f.connectError(CodeTLS, url), p.part), "TIME")
}

func tlsFixture(t *testing.T, handle func(*testing.T, *hostnettest.Authority) func(net.Conn)) (f *fixture, url string) {
	authority := hostnettest.NewAuthority(t)
	server := hostnettest.Serve(t, "127.0.0.1:0", handle(t, authority))
	return newFixture(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}}), "wss://" + server.Addr + "/"
}
