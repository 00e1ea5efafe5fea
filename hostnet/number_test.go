package hostnet

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// The documented numbers, as an extension meets them when no option is set.

// waits are the steps of the handshake that a server may leave unanswered.
var waits = map[string]struct {
	step  func(h *handshake, conn net.Conn) error
	limit time.Duration
	text  string
}{
	"TLS": {func(h *handshake, conn net.Conn) error {
		_, err := h.secure(upgradeRequest(h.to).Context(), conn)
		return err
	}, 10 * time.Second, "the TLS handshake was not over within 10000 ms"},
	"response headers": {func(h *handshake, conn net.Conn) error {
		_, _, err := h.exchange(upgradeRequest(h.to), conn)
		return err
	}, 15 * time.Second, "the server had not answered the handshake within 15000 ms"},
}

func TestTimesOfTheHandshake(t *testing.T) {
	for name, wait := range waits {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				near, far := net.Pipe()
				defer far.Close()
				go io.Copy(io.Discard, far)
				h := &handshake{client: newClient(mustDefaults(t, Options{})), to: target{host: "example.test"}, raw: near}
				start := time.Now()
				if err := wait.step(h, near); text(err) != wait.text {
					t.Errorf("got %v", err)
				}
				since(t, start, wait.limit)
				h.close()
			})
		})
	}
}

// upgradeRequest is a request as the library makes it.
func upgradeRequest(to target) *http.Request {
	request, err := http.NewRequest(http.MethodGet, "http://"+to.host+"/", nil)
	if err != nil {
		panic(err)
	}
	return request
}

func TestTimesOfADial(t *testing.T) {
	for name, test := range map[string]struct {
		opts  Options
		limit time.Duration
		text  string
	}{
		"no connection": {Options{}, 10 * time.Second, "ws://example.test/: there was no connection within 10000 ms"},
		"all of it":     {Options{DialTimeout: time.Hour}, 30 * time.Second, "ws://example.test/: the WebSocket was not open within 30000 ms"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				test.opts.Resolve = blockedLookup
				f := newFixture(t, test.opts)
				start := time.Now()
				err := f.do("wsConnect", object("url", "ws://example.test/")).Err
				if rpc.Code(err) != CodeTimeout || text(err) != test.text {
					t.Errorf("got %v", err)
				}
				since(t, start, test.limit)
			})
		})
	}
}

func TestResponseHeadersMayHave64KiB(t *testing.T) {
	const limit = 64 << 10
	for more, code := range map[int]string{0: "", 1: CodeHandshake} {
		server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
			if request := readRequest(conn); request != nil {
				head := "HTTP/1.1 101 S\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
					hostnettest.AcceptKey(request.Header.Get("Sec-WebSocket-Key")) + "\r\nX: "
				io.WriteString(conn, head+strings.Repeat("x", limit-len(head)-len("\r\n\r\n")+more)+"\r\n\r\n")
				stall(conn)
			}
		})
		if err := newFixture(t, Options{}).do("wsConnect", object("url", "ws://"+server.Addr+"/")).Err; rpc.Code(err) != code {
			t.Errorf("%d bytes more: %v, want %q", more, err, code)
		}
	}
}

func TestTLSFrom12On(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	for version, code := range map[uint16]string{tls.VersionTLS10: CodeTLS, tls.VersionTLS11: CodeTLS, tls.VersionTLS12: "", tls.VersionTLS13: ""} {
		config := &tls.Config{Certificates: []tls.Certificate{authority.Valid(t, "127.0.0.1")}, MinVersion: version, MaxVersion: version}
		server := hostnettest.Serve(t, "127.0.0.1:0", overConfig(config, acceptAll))
		f := newFixture(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}})
		if err := f.do("wsConnect", object("url", "wss://"+server.Addr+"/")).Err; rpc.Code(err) != code {
			t.Errorf("%s: %v, want %q", tls.VersionName(version), err, code)
		}
	}
}

func TestWhatMayBeInFlight(t *testing.T) {
	for name, test := range map[string]struct{ size, want int }{
		"1,024 events":       {1, 1024},
		"8 MiB":              {1 << 20, 8},
		"no event past them": {8<<20/3 + 1, 2},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
				frame := hostnettest.Frame(hostnettest.Text, strings.Repeat("x", test.size))
				go func() {
					for err := error(nil); err == nil; {
						_, err = peer.Write(frame)
					}
				}()
				synctest.Wait()
				if waiting := len(f.caller.Events()); waiting != test.want {
					t.Errorf("%d events of %d bytes wait, want %d", waiting, test.size, test.want)
				}
			})
		})
	}
}

func TestWhatMayWaitToBeSent(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 16<<20-sendCost)))
		last := f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", sendCost)))
		synctest.Wait()
		if len(last) > 0 {
			t.Errorf("16 MiB don't fit: %v", (<-last).Err)
		}
		if err := f.do("wsSend", object("connectionId", id, "data", "x")).Err; rpc.Code(err) != CodeBufferFull {
			t.Errorf("one byte more: %v", err)
		}
	})
}

func TestMessageLimit(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			peer.Send(hostnettest.Text, strings.Repeat("x", 32<<20))
			peer.Write([]byte("\x81\x7f\x00\x00\x00\x00\x02\x00\x00\x01"))
			peer.Await(0)
		}()
		if got := f.next(); len(got) != len("message ")+32<<20 {
			t.Errorf("%d bytes", len(got))
		}
		if got := f.untilClose(); got != "error a message of 33554433 bytes is above the limit of 33554432 bytes, close 1009" {
			t.Errorf("got %q", got)
		}
	})
}

func TestTwoGoroutinesAConnection(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		synctest.Wait()
		before := runtime.NumGoroutine()
		var peers []*hostnettest.Peer
		for range 4 {
			_, other := f.pipe()
			peers = append(peers, other)
		}
		synctest.Wait()
		if more := runtime.NumGoroutine() - before; more != 2*len(peers) {
			t.Errorf("%d connections have %d goroutines", len(peers), more)
		}
		for _, other := range peers {
			other.Close()
		}
	})
}

// The other numbers have tests of their own: the keep-alive's in
// TestVanishedPeerIsNoticed, the graces in TestCloseIsBounded and
// TestStopIsBounded, the number of connections in TestLimitCountsDials.
