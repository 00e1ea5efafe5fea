package hostnettest

import (
	"bufio"
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"net/http"
	"testing"
)

// The first byte of a frame: FIN where it is whole, and the opcode.
const (
	Continuation = 0x00
	FirstText    = 0x01 // a text message of which more follows
	FirstBinary  = 0x02
	FIN          = 0x80
	LastFragment = FIN | Continuation
	Text         = FIN | 0x01
	Binary       = FIN | 0x02
	Close        = FIN | 0x08
	Ping         = FIN | 0x09
	Pong         = FIN | 0x0A
)

// A Peer is the server's end of a WebSocket as a test plays it: any byte at any
// time. What it embeds is the connection after the handshake. Errors of sending
// are not reported, because the client may end the connection at any time.
type Peer struct {
	net.Conn

	// Request is the handshake, or nil if there was none.
	Request *http.Request

	from *bufio.Reader
	over <-chan struct{}
}

// ServePeers answers the handshakes of WebSocket clients on a loopback port and
// runs script for each, on a goroutine of its own; the connection is closed when
// script returns. The test's cleanup ends everything and waits for it. It
// returns the URL to connect to.
func ServePeers(t testing.TB, script func(*Peer)) string {
	t.Helper()
	return "ws://" + servePeers(t, script, func(conn net.Conn) net.Conn { return conn }) + "/"
}

// ServeTLSPeers is ServePeers with TLS.
func ServeTLSPeers(t testing.TB, certificate tls.Certificate, script func(*Peer)) string {
	t.Helper()
	config := &tls.Config{Certificates: []tls.Certificate{certificate}}
	return "wss://" + servePeers(t, script, func(conn net.Conn) net.Conn { return tls.Server(conn, config) }) + "/"
}

// ServePeersOn is ServePeers on a listener, which it closes.
func ServePeersOn(t testing.TB, listener net.Listener, script func(*Peer)) string {
	t.Helper()
	return "ws://" + servePeersOn(t, listener, script, func(conn net.Conn) net.Conn { return conn }) + "/"
}

func servePeers(t testing.TB, script func(*Peer), wrap func(net.Conn) net.Conn) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return servePeersOn(t, listener, script, wrap)
}

func servePeersOn(t testing.TB, listener net.Listener, script func(*Peer), wrap func(net.Conn) net.Conn) string {
	t.Helper()
	over := make(chan struct{})
	server := ServeOn(t, listener, func(conn net.Conn) {
		peer := NewPeer(wrap(conn), over)
		defer peer.Close()
		if peer.handshake() == nil {
			script(peer)
		}
	})
	t.Cleanup(func() { close(over) })
	return server.Addr
}

// NewPeer returns a peer on a connection that needs no handshake. Stall returns
// when over is closed.
func NewPeer(conn net.Conn, over <-chan struct{}) *Peer {
	return &Peer{Conn: conn, from: bufio.NewReader(conn), over: over}
}

// Frame returns a frame's bytes as a server sends it.
func Frame(first byte, payload string) []byte {
	frame := []byte{first}
	switch n := len(payload); {
	case n < 126:
		frame = append(frame, byte(n))
	case n < 1<<16:
		frame = binary.BigEndian.AppendUint16(append(frame, 126), uint16(n))
	default:
		frame = binary.BigEndian.AppendUint64(append(frame, 127), uint64(n))
	}
	return append(frame, payload...)
}

// MaskedFrame returns a frame's bytes as only a client may send it.
func MaskedFrame(first byte, payload string) []byte {
	frame := Frame(first, payload)
	head := len(frame) - len(payload)
	frame[1] |= 0x80
	masked := append(frame[:head:head], 1, 2, 3, 4)
	for i := range len(payload) {
		masked = append(masked, payload[i]^byte(i%4+1))
	}
	return masked
}

// ClosePayload is a Close frame's payload.
func ClosePayload(code uint16, reason string) string {
	return string(binary.BigEndian.AppendUint16(nil, code)) + reason
}

// Send sends a whole message or a control frame.
func (p *Peer) Send(first byte, payload string) { p.Write(Frame(first, payload)) }

// Receive returns the next frame that the client sent, unmasked, of any kind.
// It fails at the end of the connection, and where the frame is not masked.
func (p *Peer) Receive() (first byte, payload string, err error) {
	var head [14]byte
	if _, err := io.ReadFull(p.from, head[:2]); err != nil {
		return 0, "", err
	}
	if head[1]&0x80 == 0 {
		return 0, "", errUnmasked
	}
	size, err := p.length(head[1] & 0x7F)
	if err != nil {
		return 0, "", err
	}
	frame := make([]byte, 4+size)
	if _, err := io.ReadFull(p.from, frame); err != nil {
		return 0, "", err
	}
	for i := range frame[4:] {
		frame[4+i] ^= frame[i%4]
	}
	return head[0], string(frame[4:]), nil
}

// Await receives frames until one of the kind comes, and returns its payload.
// It reports false if the connection ends before.
func (p *Peer) Await(kind byte) (string, bool) {
	for {
		first, payload, err := p.Receive()
		if err != nil {
			return "", false
		}
		if first == kind {
			return payload, true
		}
	}
}

// AnswerClose receives until the client closes, answers pings and the close
// with the same payload, and returns that of the close. It reports false if the
// connection ends before.
func (p *Peer) AnswerClose() (string, bool) {
	for {
		first, payload, err := p.Receive()
		switch {
		case err != nil:
			return "", false
		case first == Ping:
			p.Send(Pong, payload)
		case first == Close:
			p.Send(Close, payload)
			return payload, true
		}
	}
}

// Stall does nothing, and doesn't read, until the test ends.
func (p *Peer) Stall() { <-p.over }

// Cut ends the TCP connection, without a word in TLS.
func (p *Peer) Cut() { p.carrier().Close() }

// Reset ends the connection with a TCP reset.
func (p *Peer) Reset() {
	if tcp, ok := p.carrier().(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	p.Cut()
}

// carrier is what is below TLS.
func (p *Peer) carrier() net.Conn {
	if secure, ok := p.Conn.(*tls.Conn); ok {
		return secure.NetConn()
	}
	return p.Conn
}

func (p *Peer) length(short byte) (uint64, error) {
	var long [8]byte
	switch short {
	case 126:
		_, err := io.ReadFull(p.from, long[6:])
		return binary.BigEndian.Uint64(long[:]), err
	case 127:
		_, err := io.ReadFull(p.from, long[:])
		return binary.BigEndian.Uint64(long[:]), err
	}
	return uint64(short), nil
}
