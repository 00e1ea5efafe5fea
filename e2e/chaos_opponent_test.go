package e2e

import (
	"crypto/tls"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// An opponent is the server's end of one connection.
type opponent struct {
	peer  *hostnettest.Peer
	tcp   *net.TCPConn
	conn  net.Conn      // the same, or TLS over it
	bout  *bout         // nil before the handshake
	ended chan struct{} // closed when the client has ended the connection

	gate sync.Mutex // held while nothing is read
	pen  sync.Mutex // held while a frame is written
}

// reset cuts the connection at once. What was under way is lost.
func (o *opponent) reset() {
	if o.bout != nil {
		o.bout.during(func() { o.bout.cut = true })
	}
	o.tcp.SetLinger(0)
	o.tcp.Close()
}

func (o *opponent) agree(request *http.Request) {
	fmt.Fprintf(o.conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
		hostnettest.AcceptKey(request.Header.Get("Sec-WebSocket-Key")))
}

// meet answers the handshake and reports whether it agreed.
func (o *opponent) meet(request *http.Request) bool {
	o.pause(o.bout.plan.delay)
	switch o.bout.plan.meet {
	case "401":
		fmt.Fprint(o.conn, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 4\r\n\r\nnope")
	case "503":
		fmt.Fprint(o.conn, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 1000\r\n\r\nnot all of it")
	case "redirect":
		fmt.Fprint(o.conn, "HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
	case "another protocol":
		fmt.Fprint(o.conn, "SSH-2.0-OpenSSH_9.6\r\n")
	case "wrong key":
		request.Header.Set("Sec-WebSocket-Key", "another")
		o.agree(request)
	case "cut inside":
		fmt.Fprint(o.conn, "HTTP/1.1 101 Swit")
	case "silence":
		o.conn.Read(make([]byte, 1))
	case "accept":
		o.bout.during(func() { o.bout.met = true })
		o.agree(request)
		return true
	}
	return false
}

// fight plays the plan, and reads what the client sends to the end.
func (o *opponent) fight(over <-chan struct{}) {
	defer close(o.bout.parted)
	var reading sync.WaitGroup
	defer reading.Wait()
	reading.Go(o.read)
	for _, a := range o.bout.plan.play {
		if o.act(a) != nil {
			break
		}
	}
	o.end(over)
	<-o.ended
}

func (o *opponent) read() {
	defer close(o.ended)
	for {
		o.waitForGate()
		first, payload, err := o.peer.Receive()
		if err != nil {
			return
		}
		answers := false
		o.bout.during(func() {
			o.bout.heard = append(o.bout.heard, frame{first, payload})
			if first == hostnettest.Close && o.bout.goodbye == nil {
				o.bout.goodbye, answers = &payload, true
			}
		})
		if answers {
			o.put(hostnettest.Frame(hostnettest.Close, payload))
		}
		if first == hostnettest.Ping {
			o.put(hostnettest.Frame(hostnettest.Pong, payload))
		}
	}
}

// waitForGate waits while nothing is to be read.
func (o *opponent) waitForGate() {
	o.gate.Lock()
	defer o.gate.Unlock()
}

// errEnded says that the client has ended the connection.
var errEnded = errors.New("the client has ended the connection")

// act does one thing of the plan.
func (o *opponent) act(a serverAct) error {
	switch a.do {
	case "pause":
		return o.pause(a.wait)
	case "deaf":
		o.gate.Lock()
		defer o.gate.Unlock()
		o.pause(a.wait)
		return nil
	case "pong":
		return o.put(hostnettest.Frame(hostnettest.Pong, strings.Repeat("p", a.size)))
	case "ping":
		return o.ping(a.size)
	}
	for range a.count {
		if err := o.speak(a); err != nil {
			return err
		}
	}
	return nil
}

func (o *opponent) ping(size int) error {
	var payload string
	o.bout.during(func() {
		payload = fmt.Sprintf("%-*d", max(size, 4), len(o.bout.pings))
		o.bout.pings = append(o.bout.pings, payload)
	})
	return o.put(hostnettest.Frame(hostnettest.Ping, payload))
}

// speak sends one message.
func (o *opponent) speak(a serverAct) error {
	b := o.bout
	var m message
	b.during(func() {
		m = spoken(b.plan.Key, len(b.spoken), a.size, a.do == "binary")
		b.spoken = append(b.spoken, m)
	})
	var err error
	switch {
	case a.do == "fragments":
		err = o.fragments(m.data, a.count)
	case m.binary:
		err = o.put(hostnettest.Frame(hostnettest.Binary, m.data))
	default:
		err = o.put(hostnettest.Frame(hostnettest.Text, m.data))
	}
	if err == nil {
		b.during(func() { b.whole++ })
	}
	return err
}

// fragments sends a text in pieces, with pings between them.
func (o *opponent) fragments(text string, pieces int) error {
	first := byte(hostnettest.FirstText)
	for n := range pieces {
		end := len(text) / (pieces - n)
		if err := o.put(hostnettest.Frame(first, text[:end])); err != nil {
			return err
		}
		if err := o.ping(4); err != nil {
			return err
		}
		first, text = hostnettest.Continuation, text[end:]
	}
	return o.put(hostnettest.Frame(hostnettest.LastFragment, text))
}

// put writes bytes that belong together.
func (o *opponent) put(bytes []byte) error {
	o.pen.Lock()
	defer o.pen.Unlock()
	_, err := o.peer.Write(bytes)
	return err
}

func (o *opponent) pause(d time.Duration) error {
	clock := time.NewTimer(d)
	defer clock.Stop()
	select {
	case <-clock.C:
		return nil
	case <-o.ended:
		return errEnded
	}
}

// end ends the connection as planned.
func (o *opponent) end(over <-chan struct{}) {
	b := o.bout
	switch b.plan.end {
	case "closes":
		o.close(hostnettest.ClosePayload(uint16(b.plan.code), b.plan.reason))
	case "closes without a code":
		o.close("")
	case "ends between frames":
		o.finish()
	case "ends inside a frame":
		o.put(hostnettest.Frame(hostnettest.Text, "never whole")[:9])
		o.finish()
	case "ends between fragments":
		o.put(hostnettest.Frame(hostnettest.FirstText, "never whole"))
		o.finish()
	case "resets inside a frame":
		o.put(hostnettest.Frame(hostnettest.Text, "never whole")[:9])
		o.reset()
	case "resets between frames":
		o.reset()
	case "stalls":
		o.stall(over)
	}
	if offence, ok := offences[b.plan.end]; ok {
		b.during(func() { b.broke = true })
		o.put(offence)
	}
}

// finish says that nothing more will come: over TLS in both ways, or only as the
// connection below says it, where the plan has a delay.
func (o *opponent) finish() {
	if secure, ok := o.conn.(*tls.Conn); ok && o.bout.plan.delay == 0 {
		secure.CloseWrite()
	}
	o.tcp.CloseWrite()
}

func (o *opponent) close(payload string) {
	first := false
	o.bout.during(func() {
		if first = o.bout.goodbye == nil; first {
			o.bout.goodbye = &payload
		}
	})
	if first {
		o.put(hostnettest.Frame(hostnettest.Close, payload))
	}
}

// stall neither reads nor writes until the extension has seen the end.
func (o *opponent) stall(over <-chan struct{}) {
	o.gate.Lock()
	defer o.gate.Unlock()
	select {
	case <-o.bout.finished:
	case <-over:
		o.reset()
	}
}

// offences are what a server must not send.
var offences = map[string][]byte{
	"closes with an illegal code":   hostnettest.Frame(hostnettest.Close, hostnettest.ClosePayload(1006, "")),
	"closes with half a code":       hostnettest.Frame(hostnettest.Close, "\x03"),
	"closes with an illegal reason": hostnettest.Frame(hostnettest.Close, hostnettest.ClosePayload(1000, "\xff")),
	"masks":                         hostnettest.MaskedFrame(hostnettest.Text, "masked"),
	"reserves":                      hostnettest.Frame(hostnettest.Text|0x40, "reserved"),
	"says nonsense":                 []byte("\x83\x05HTTP/1.1 200 OK\r\n\r\n\xff\xff\xff\xff"),
	"continues nothing":             hostnettest.Frame(hostnettest.LastFragment, "of nothing"),
	"pings at length":               hostnettest.Frame(hostnettest.Ping, strings.Repeat("p", 126)),
	"miswrites text":                hostnettest.Frame(hostnettest.Text, "not UTF-8: \xff"),
	"announces too much":            binary.BigEndian.AppendUint64([]byte{hostnettest.Binary, 127}, chaosLimit+1),
}
