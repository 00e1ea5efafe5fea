package e2e

import (
	"bufio"
	"crypto/tls"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// chaosLimit is the largest message of the chaos.
const chaosLimit = 4 << 20

// A chaosServer plays the servers' part of all bouts.
type chaosServer struct {
	url  string
	tls  string        // the URL by which it is reached over TLS
	over chan struct{} // closed when no stall may last any longer

	mu    sync.Mutex
	bouts map[string]*bout
	open  map[*opponent]struct{}
	epoch int // odd while the server is down
}

// newChaosServer starts a server with a certificate of the authority's.
func newChaosServer(t *testing.T, authority *hostnettest.Authority) *chaosServer {
	s := &chaosServer{over: make(chan struct{}), bouts: make(map[string]*bout), open: make(map[*opponent]struct{})}
	config := &tls.Config{Certificates: []tls.Certificate{authority.Valid(t, "127.0.0.1")}}
	s.url = "ws://" + hostnettest.Serve(t, "127.0.0.1:0", func(c net.Conn) { s.serve(c.(*net.TCPConn), c) }).Addr + "/"
	s.tls = "wss://" + hostnettest.Serve(t, "127.0.0.1:0", func(c net.Conn) { s.serve(c.(*net.TCPConn), tls.Server(c, config)) }).Addr + "/"
	return s
}

// urlOf is where a plan's connection goes.
func (s *chaosServer) urlOf(p plan) string {
	url := s.url
	if p.secure {
		url = s.tls
	}
	scheme, _, _ := strings.Cut(url, "://")
	switch p.meet {
	case "refused":
		return scheme + "://127.0.0.1:1/" + p.Key
	case "reserved":
		return scheme + "://127.0.0.1:4820/" + p.Key
	}
	return url + p.Key
}

// enter registers a bout that is to be played.
func (s *chaosServer) enter(p plan) *bout {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := newBout(p, s.epoch)
	s.bouts[p.Key] = b
	return b
}

func (s *chaosServer) forget(b *bout) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.bouts, b.plan.Key)
}

func (s *chaosServer) now() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.epoch
}

// goDown resets all connections, and those that come, until goUp.
func (s *chaosServer) goDown() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.epoch++
	for o := range s.open {
		o.reset()
	}
}

func (s *chaosServer) goUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.epoch++
}

// serve plays one connection, of which conn is what its client speaks to.
func (s *chaosServer) serve(tcp *net.TCPConn, conn net.Conn) {
	o := &opponent{tcp: tcp, conn: conn, ended: make(chan struct{})}
	if !s.admit(o) {
		return
	}
	defer s.dismiss(o)
	request, err := http.ReadRequest(bufio.NewReader(conn))
	if err != nil {
		return
	}
	o.peer = hostnettest.NewPeer(conn, s.over)
	key := strings.TrimPrefix(request.URL.Path, "/")
	if key == "calm" {
		o.agree(request)
		o.peer.AnswerClose()
		return
	}
	if s.match(o, key) && o.meet(request) {
		o.fight(s.over)
	}
}

func (s *chaosServer) admit(o *opponent) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.epoch%2 == 1 {
		o.tcp.SetLinger(0)
		return false
	}
	s.open[o] = struct{}{}
	return true
}

func (s *chaosServer) dismiss(o *opponent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, o)
}

// match finds the bout of a connection. There is none if the extension has ended
// meanwhile.
func (s *chaosServer) match(o *opponent, key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.bout = s.bouts[key]
	return o.bout != nil
}
