package e2e

import (
	"encoding/binary"
	"encoding/pem"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// A server plays a WebSocket server and keeps what it has seen.
type server struct {
	url   string      // begins with ws:// or wss://
	noted chan string // each frame that a visit notes
	ended chan *visit

	mu    sync.Mutex
	conns []*visit
}

// A visit is one connection to a server. It belongs to the server's part
// until that has ended.
type visit struct {
	request *http.Request
	frames  []string // what the client sent, as frameText shows it
	noted   chan<- string
}

// A part is what a server does with one connection.
type part func(*hostnettest.Peer, *visit)

// serve plays a part for each connection, without TLS.
func serve(t *testing.T, play part) *server {
	t.Helper()
	s := newServer()
	s.url = hostnettest.ServePeers(t, s.each(play))
	return s
}

// serveTLS is serve for a host that is somewhere else. The flags lead the
// program here, and make it trust the certificate.
func serveTLS(t *testing.T, host string, play part) (s *server, flags []string) {
	t.Helper()
	s = newServer()
	authority := hostnettest.NewAuthority(t)
	s.url = hostnettest.ServeTLSPeers(t, authority.Valid(t, host), s.each(play))
	return s, []string{"--connect-to", host + ":443=" + s.addr(), "--ca-cert", rootFile(t, authority)}
}

func newServer() *server {
	return &server{noted: make(chan string, 1<<16), ended: make(chan *visit, 1<<10)}
}

// rootFile writes an authority's certificate to a file.
func rootFile(t *testing.T, authority *hostnettest.Authority) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "root.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: authority.Certificate.Raw})
	if err := os.WriteFile(path, block, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func (s *server) each(play part) func(*hostnettest.Peer) {
	return func(peer *hostnettest.Peer) {
		v := &visit{request: peer.Request, noted: s.noted}
		s.mu.Lock()
		s.conns = append(s.conns, v)
		s.mu.Unlock()
		play(peer, v)
		s.ended <- v
	}
}

// addr is the server's host and port.
func (s *server) addr() string {
	_, rest, _ := strings.Cut(s.url, "://")
	return strings.TrimSuffix(rest, "/")
}

// await waits until clients have sent these frames, in whatever order.
func (s *server) await(t *testing.T, frames ...string) {
	t.Helper()
	for len(frames) > 0 {
		select {
		case frame := <-s.noted:
			if i := slices.Index(frames, frame); i >= 0 {
				frames = slices.Delete(frames, i, i+1)
			}
		case <-time.After(patience):
			t.Fatalf("the server never received %q", frames)
		}
	}
}

// visits waits until so many connections have ended, and returns them in the
// order in which they began. More than that fail the test.
func (s *server) visits(t *testing.T, count int) []*visit {
	t.Helper()
	for range count {
		select {
		case <-s.ended:
		case <-time.After(patience):
			t.Fatalf("the server still waits for connections to end; %d were expected", count)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.conns) != count {
		t.Fatalf("the server was visited %d times, not %d", len(s.conns), count)
	}
	return slices.Clone(s.conns)
}

// received compares all frames of the only connection to the server.
func (s *server) received(t *testing.T, want ...string) {
	t.Helper()
	if v := s.visits(t, 1)[0]; !slices.Equal(v.frames, want) {
		t.Errorf("the server received %q, want %q", v.frames, want)
	}
}

// receive notes the client's next frame. It reports false at the end.
func (v *visit) receive(peer *hostnettest.Peer) (first byte, payload string, ok bool) {
	first, payload, err := peer.Receive()
	if err != nil {
		v.note("end")
		return 0, "", false
	}
	v.note(frameText(first, payload))
	return first, payload, true
}

func (v *visit) note(frame string) {
	v.frames = append(v.frames, frame)
	v.noted <- frame
}

// frameText shows a frame; what isn't whole and plain is shown with all bits of
// its first byte.
func frameText(first byte, payload string) string {
	switch first {
	case hostnettest.Text:
		return "text " + payload
	case hostnettest.Binary:
		return fmt.Sprintf("binary %x", payload)
	case hostnettest.Ping:
		return "ping " + payload
	case hostnettest.Pong:
		return "pong " + payload
	case hostnettest.Close:
		if len(payload) < 2 {
			return fmt.Sprintf("close %x", payload)
		}
		return strings.TrimSpace(fmt.Sprintf("close %d %s", binary.BigEndian.Uint16([]byte(payload)), payload[2:]))
	}
	return fmt.Sprintf("frame %02x %x", first, payload)
}

// echo sends back what the client sends, and answers its close.
func echo(peer *hostnettest.Peer, v *visit) {
	for {
		first, payload, ok := v.receive(peer)
		if !ok {
			return
		}
		if first == hostnettest.Ping {
			first = hostnettest.Pong
		}
		peer.Send(first, payload)
		if first == hostnettest.Close {
			return
		}
	}
}

// silent notes what the client sends, and answers nothing but its close.
func silent(peer *hostnettest.Peer, v *visit) {
	for {
		first, payload, ok := v.receive(peer)
		if !ok {
			return
		}
		if first == hostnettest.Close {
			peer.Send(first, payload)
			return
		}
	}
}
