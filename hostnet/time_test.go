package hostnet

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc/rpctest"
)

// inBubble runs a test on a clock of its own, with one connection in memory.
func inBubble(t *testing.T, opts Options, test func(f *fixture, id string, peer *hostnettest.Peer)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, opts)
		id, peer := f.pipe()
		test(f, id, peer)
		peer.Close()
		f.session.Close(t.Context())
		pass(time.Minute) // for the peer's goroutines, which see the end after their next step
	})
}

// pass lets time pass in the bubble.
func pass(d time.Duration) { <-time.After(d) }

// since checks that exactly want has passed since start.
func since(t testing.TB, start time.Time, want time.Duration) {
	t.Helper()
	if got := time.Since(start); got != want {
		t.Errorf("after %v, want %v", got, want)
	}
}

func TestVanishedPeerIsNoticed(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		if _, ok := peer.Await(hostnettest.Ping); !ok {
			t.Fatal("no ping")
		}
		since(t, start, 30*time.Second)
		f.expect("error WebSocket ping timed out", "close 1006 ")
		since(t, start, 40*time.Second)
		f.ended()
	})
}

func TestVanishedPeerIsNoticedWithDataInFlight(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		sent := f.start("wsSend", object("connectionId", id, "data", "nobody reads this"))
		f.expect("error WebSocket ping timed out", "close 1006 ")
		since(t, start, 40*time.Second)
		if answer := <-sent; answer.Err == nil {
			t.Error("a message that was never taken counts as sent")
		}
	})
}

func TestAnyByteAnswersThePing(t *testing.T) {
	for name, answer := range map[string][]byte{
		"pong":            hostnettest.Frame(hostnettest.Pong, ""),
		"message":         hostnettest.Frame(hostnettest.Text, "x"),
		"half a header":   {hostnettest.Text},
		"half of a frame": {hostnettest.Text, 100, 'x'},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
				start := time.Now()
				for round := range 3 {
					peer.Await(hostnettest.Ping)
					since(t, start, 30*time.Second*time.Duration(round+1)+9*time.Second*time.Duration(round))
					pass(9 * time.Second)
					if round == 0 || name == "pong" || name == "message" {
						peer.Write(answer)
					} else {
						peer.Write([]byte{50})
					}
				}
				if !f.session.Busy() {
					t.Error("the connection was given up")
				}
			})
		})
	}
}

func TestNextPingIsNotLate(t *testing.T) {
	inBubble(t, Options{PingInterval: time.Second, PingTimeout: time.Minute}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		peer.Await(hostnettest.Ping)
		pass(5 * time.Second)
		peer.Send(hostnettest.Pong, "")
		peer.Await(hostnettest.Ping)
		since(t, start, 7*time.Second)
	})
}

func TestNoPingMeansNone(t *testing.T) {
	inBubble(t, Options{NoPing: true}, func(f *fixture, id string, peer *hostnettest.Peer) {
		pass(24 * time.Hour)
		go peer.Send(hostnettest.Text, "still here")
		f.expect("message still here")
	})
}

func TestBackPressureIsNotSilence(t *testing.T) {
	inBubble(t, Options{MaxIncomingEvents: 1}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			for range 4 {
				peer.Send(hostnettest.Text, "m")
			}
			peer.AnswerClose()
		}()
		for range 4 {
			event := <-f.caller.Events()
			pass(5 * time.Minute)
			if inWords(event) != "message m" {
				t.Fatalf("got %q", inWords(event))
			}
			event.Delivered()
		}
		f.must("wsClose", object("connectionId", id))
		f.expect("close 1000 ")
	})
}

func TestOutageIsNoEvent(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		go func() {
			for _, piece := range []string{"\x81", "\x04ab", "cd"} {
				pass(1500 * time.Millisecond)
				peer.Write([]byte(piece))
			}
		}()
		f.expect("message abcd")
		if !f.session.Busy() {
			t.Error("the connection was given up")
		}
	})
}

// Peers that make the closing handshake as hard as they can.
var badClosers = map[string]func(*hostnettest.Peer){
	"reads and is silent": func(p *hostnettest.Peer) { p.Await(0) },
	"doesn't read":        func(p *hostnettest.Peer) {},
	"stalls in a frame":   func(p *hostnettest.Peer) { p.Write([]byte{hostnettest.Text, 126, 255, 255, 'x'}); p.Await(0) },
	"stalls in a header":  func(p *hostnettest.Peer) { p.Write([]byte{hostnettest.Text}); p.Await(0) },
	"trickles": func(p *hostnettest.Peer) {
		go p.Await(0)
		p.Write([]byte{hostnettest.Text, 126, 255, 255})
		for err := error(nil); err == nil; pass(time.Second) {
			_, err = p.Write([]byte{'x'})
		}
	},
	"floods": func(p *hostnettest.Peer) {
		go p.Await(0)
		for err := error(nil); err == nil; pass(time.Millisecond) {
			_, err = p.Write(hostnettest.Frame(hostnettest.Text, "more"))
		}
	},
	"pings": func(p *hostnettest.Peer) {
		for err := error(nil); err == nil; pass(time.Millisecond) {
			_, err = p.Write(hostnettest.Frame(hostnettest.Ping, "are you there?"))
		}
	},
}

func TestCloseIsBounded(t *testing.T) {
	for name, script := range badClosers {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{MaxIncomingEvents: 1}, func(f *fixture, id string, peer *hostnettest.Peer) {
				go script(peer)
				synctest.Wait()
				start := time.Now()
				f.start("wsSend", object("connectionId", id, "data", strings.Repeat("x", 1<<20)))
				closes := []<-chan rpctest.Answer{f.start("wsClose", object("connectionId", id)), f.start("wsClose", object("connectionId", id))}
				if got := f.nextBut("message more"); got != "close 1006 " {
					t.Errorf("got %q", got)
				}
				since(t, start, 5*time.Second)
				for _, each := range closes {
					if answer := <-each; answer.Err != nil || answer.Result != nil {
						t.Errorf("close: %v", answer)
					}
				}
				since(t, start, 5*time.Second)
				f.ended()
			})
		})
	}
}

// nextBut describes the next event that isn't this one.
func (f *fixture) nextBut(not string) string {
	for {
		if got := f.next(); got != not {
			return got
		}
	}
}

func TestStopIsBounded(t *testing.T) {
	for name, script := range badClosers {
		t.Run(name, func(t *testing.T) {
			inBubble(t, Options{MaxIncomingEvents: 1}, func(f *fixture, id string, peer *hostnettest.Peer) {
				go script(peer)
				synctest.Wait()
				start := time.Now()
				f.session.Close(f.t.Context())
				since(t, start, 250*time.Millisecond)
				if got := f.nextBut("message more"); got != "close 1006 " {
					t.Errorf("got %q", got)
				}
				f.ended()
			})
		})
	}
}

func TestStopCutsWhatIsClosing(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		closed := f.start("wsClose", object("connectionId", id))
		peer.Await(hostnettest.Close)
		synctest.Wait()
		start := time.Now()
		f.session.Close(f.t.Context())
		since(t, start, lastGrace)
		f.expect("close 1006 ")
		<-closed
	})
}

func TestStopEndsWithItsContext(t *testing.T) {
	inBubble(t, Options{StopGrace: time.Hour}, func(f *fixture, id string, peer *hostnettest.Peer) {
		ctx, cancel := context.WithTimeout(f.t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		f.session.Close(ctx)
		since(t, start, time.Second)
	})
}

func TestStalledWriteDoesNotStopReading(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		sent := f.start("wsSend", object("connectionId", id, "data", "first"))
		synctest.Wait()
		for range 10 {
			peer.Send(hostnettest.Ping, "p1")
			pass(2 * time.Second)
		}
		peer.Send(hostnettest.Ping, "p2")
		go peer.Send(hostnettest.Text, "hi")
		f.expect("message hi")
		for _, want := range []string{"first", "p2"} {
			if _, got, err := peer.Receive(); got != want || err != nil {
				t.Errorf("received %q, %v, want %q", got, err, want)
			}
		}
		if answer := <-sent; answer.Err != nil {
			t.Error(answer.Err)
		}
	})
}

func TestFailureDoesNotWaitForThePeer(t *testing.T) {
	inBubble(t, Options{}, func(f *fixture, id string, peer *hostnettest.Peer) {
		start := time.Now()
		peer.Write(hostnettest.MaskedFrame(hostnettest.Text, "x")[:2])
		f.expect("error the server broke the WebSocket protocol: a frame is masked", "close 1002 ")
		since(t, start, 250*time.Millisecond)
		f.ended()
	})
}

// A halting connection delivers what is written in two halves, with a pause
// between them once there is one.
type halting struct {
	net.Conn
	pause atomic.Int64
}

func (h *halting) Write(p []byte) (int, error) {
	half := len(p) / 2
	h.Conn.Write(p[:half])
	pass(time.Duration(h.pause.Load()))
	n, err := h.Conn.Write(p[half:])
	return half + n, err
}

func TestPingInTheMiddleOfATLSRecord(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	certificate := authority.Valid(t, "pipe")
	roots := x509.NewCertPool()
	roots.AddCert(authority.Certificate)
	synctest.Test(t, func(t *testing.T) {
		pass(time.Until(authority.Certificate.NotAfter.Add(-time.Hour)))
		f := newFixture(t, Options{})
		near, far := net.Pipe()
		slow := &halting{Conn: far}
		secure := tls.Client(near, &tls.Config{ServerName: "pipe", RootCAs: roots})
		server := tls.Server(slow, &tls.Config{Certificates: []tls.Certificate{certificate}})
		go server.Handshake()
		if err := secure.Handshake(); err != nil {
			t.Fatal(err)
		}
		f.adopt(newWire(secure, near))
		peer := hostnettest.NewPeer(server, nil)
		slow.pause.Store(int64(35 * time.Second))
		go peer.Send(hostnettest.Text, "slow but there")
		go peer.Await(hostnettest.Close)
		f.expect("message slow but there")
		slow.pause.Store(0)
		peer.Cut()
		f.expect("error "+errVanished.Error(), "close 1006 ")
		f.session.Close(t.Context())
	})
}
