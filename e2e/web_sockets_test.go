package e2e

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// A socket is a client of the suite's WebSocket server, before its handshake.
type socket struct {
	*hostnettest.Peer
	request *http.Request
	asks    url.Values // what the client wants of its part
	closes  *closes
	over    <-chan struct{} // the test
}

// closes are the Close frames that the server got, by the names that the
// clients gave them: each is told once.
type closes struct {
	mu     sync.Mutex
	frames map[string]chan string
}

func (c *closes) of(name string) chan string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.frames[name] == nil {
		c.frames[name] = make(chan string, 1)
	}
	return c.frames[name]
}

// serveSockets plays for each connection the part that its path names, and
// returns the server's "host:port".
func serveSockets(t *testing.T) string {
	t.Helper()
	over := make(chan struct{})
	noted := &closes{frames: make(map[string]chan string)}
	server := hostnettest.Serve(t, "127.0.0.1:0", func(conn net.Conn) {
		request, err := http.ReadRequest(bufio.NewReader(conn))
		if err != nil {
			return
		}
		s := &socket{hostnettest.NewPeer(conn, over), request, request.URL.Query(), noted, over}
		play, ok := socketParts[strings.Trim(request.URL.Path, "/")]
		if !ok {
			play = (*socket).refuse
		}
		play(s)
	})
	t.Cleanup(func() { close(over) })
	return server.Addr
}

// socketParts are what the server can do with a connection.
var socketParts = map[string]func(*socket){
	"echo":    func(s *socket) { s.accept(); s.echo() },
	"headers": func(s *socket) { s.accept(); s.sayHeaders() },
	"say":     func(s *socket) { s.accept(); s.say() },
	"close":   func(s *socket) { s.accept(); s.close() },
	"note":    func(s *socket) { s.accept(); s.note() },
	"noted":   func(s *socket) { s.accept(); s.sayNoted() },
	"cut":     func(s *socket) { s.accept(); s.Await(hostnettest.Text); s.Cut() },
	"broken":  func(s *socket) { s.accept(); s.Send(hostnettest.Text, "\xff"); s.AnswerClose() },
	"stall":   func(s *socket) { s.accept(); s.Stall() },
	"silent":  func(s *socket) { s.Stall() },
	"refuse":  (*socket).refuse,
}

// accept answers the handshake. It takes the first subprotocol that is offered,
// unless the client asks for another.
func (s *socket) accept() {
	protocol, _, _ := strings.Cut(strings.Join(s.request.Header.Values("Sec-WebSocket-Protocol"), ","), ",")
	if s.asks.Has("protocol") {
		protocol = s.asks.Get("protocol")
	}
	if protocol != "" {
		protocol = "Sec-WebSocket-Protocol: " + strings.TrimSpace(protocol) + "\r\n"
	}
	fmt.Fprintf(s, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n%s\r\n",
		hostnettest.AcceptKey(s.request.Header.Get("Sec-WebSocket-Key")), protocol)
}

// refuse answers with another status.
func (s *socket) refuse() {
	fmt.Fprintf(s, "HTTP/1.1 %s Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", cmp.Or(s.asks.Get("status"), "404"))
}

// echo sends back what comes, a close included.
func (s *socket) echo() {
	for {
		first, payload, err := s.Receive()
		if err != nil {
			return
		}
		switch first {
		case hostnettest.Ping:
			s.Send(hostnettest.Pong, payload)
		case hostnettest.Pong:
		default:
			s.Send(first, payload)
		}
		if first == hostnettest.Close {
			return
		}
	}
}

// sayHeaders sends the handshake's headers as JSON.
func (s *socket) sayHeaders() {
	text, _ := json.Marshal(s.request.Header)
	s.Send(hostnettest.Text, string(text))
	s.AnswerClose()
}

// say sends every text that is asked for, and then every text as bytes.
func (s *socket) say() {
	for _, text := range s.asks["text"] {
		s.Send(hostnettest.Text, text)
	}
	for _, text := range s.asks["bytes"] {
		s.Send(hostnettest.Binary, text)
	}
	s.AnswerClose()
}

// close begins the closing handshake, with the code and reason that are asked
// for, or with neither; behind the text that is asked for.
func (s *socket) close() {
	if s.asks.Has("text") {
		s.Send(hostnettest.Text, s.asks.Get("text"))
	}
	payload := ""
	if code, err := strconv.ParseUint(s.asks.Get("code"), 10, 16); err == nil {
		payload = hostnettest.ClosePayload(uint16(code), s.asks.Get("reason"))
	}
	s.Send(hostnettest.Close, payload)
	s.Await(hostnettest.Close)
}

// note keeps the Close frame that the client sends.
func (s *socket) note() {
	if payload, ok := s.AnswerClose(); ok {
		s.closes.of(s.asks.Get("name")) <- payload
	}
}

// sayNoted sends what note has kept by that name, as soon as it has.
func (s *socket) sayNoted() {
	select {
	case payload := <-s.closes.of(s.asks.Get("name")):
		s.Send(hostnettest.Binary, payload)
		s.AnswerClose()
	case <-s.over:
	}
}
