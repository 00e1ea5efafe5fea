package hostnet

import (
	"cmp"
	"crypto/x509"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// A peerFault is what a server sends, and the events that it leads to.
type peerFault struct {
	name   string
	bytes  []byte
	code   string // of our Close frame
	events []string
}

const hugeHead = "\x81\x7f\x00\x00\x01\x00\x00\x00\x00\x00" // a text frame of 1 TiB

var peerFaults = []peerFault{
	{"text that is not UTF-8", hostnettest.Frame(hostnettest.Text, "ab\xff"), "\x03\xef",
		[]string{"error the server sent text that is not valid UTF-8", "close 1007 "}},
	{"text cut inside a rune", hostnettest.Frame(hostnettest.Text, "ab\xc3"), "\x03\xef",
		[]string{"error the server sent text that is not valid UTF-8", "close 1007 "}},
	{"a close reason that is not UTF-8", hostnettest.Frame(hostnettest.Close, "\x03\xe8\xff"), "\x03\xef",
		[]string{"error the server's close reason is not valid UTF-8", "close 1007 "}},
	{"a masked frame", hostnettest.MaskedFrame(hostnettest.Text, "hi"), "\x03\xea", breach("a frame is masked")},
	{"a masked ping", hostnettest.MaskedFrame(hostnettest.Ping, "hi"), "\x03\xea", breach("a frame is masked")},
	{"a reserved bit", hostnettest.Frame(hostnettest.Text|0x40, "hi"), "\x03\xea", breach("a frame has reserved bits set")},
	{"a reserved bit in a later fragment", join(hostnettest.Frame(hostnettest.FirstText, "a"), hostnettest.Frame(hostnettest.LastFragment|0x10, "b")), "\x03\xea",
		breach("a frame has reserved bits set")},
	{"an unknown opcode", hostnettest.Frame(0x83, "hi"), "\x03\xea", breach("a frame has the unknown opcode 3")},
	{"an unknown control opcode", hostnettest.Frame(0x8B, "hi"), "\x03\xea", breach("a frame has the unknown opcode 11")},
	{"a long ping", hostnettest.Frame(hostnettest.Ping, strings.Repeat("x", 126)), "\x03\xea", breach("a control frame is longer than 125 bytes")},
	{"a fragmented ping", hostnettest.Frame(0x09, "x"), "\x03\xea", breach("a control frame is fragmented")},
	{"a lone continuation", hostnettest.Frame(hostnettest.LastFragment, "x"), "\x03\xea", breach("a continuation frame has nothing to continue")},
	{"a message inside another", join(hostnettest.Frame(hostnettest.FirstText, "a"), hostnettest.Frame(hostnettest.Text, "b")), "\x03\xea",
		breach("a message begins inside another")},
	{"a length in too many bytes", []byte{hostnettest.Text, 126, 0, 5}, "\x03\xea", breach("a frame's length is written longer than needed")},
	{"a length in far too many bytes", []byte("\x81\x7f\x00\x00\x00\x00\x00\x00\x00\x05"), "\x03\xea", breach("a frame's length is written illegally")},
	{"a negative length", []byte("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"), "\x03\xea", breach("a frame's length is written illegally")},
	{"half a close code", hostnettest.Frame(hostnettest.Close, "\x03"), "\x03\xea", breach("a Close frame has half a code")},
	{"a message above the limit", hostnettest.Frame(hostnettest.Text, strings.Repeat("x", 50_001)), "\x03\xf1",
		[]string{"error a message of 50001 bytes is above the limit of 50000 bytes", "close 1009 "}},
	{"fragments above the limit", join(hostnettest.Frame(hostnettest.FirstText, strings.Repeat("x", 50_000)), hostnettest.Frame(hostnettest.LastFragment, "x")), "\x03\xf1",
		[]string{"error a message of 50001 bytes is above the limit of 50000 bytes", "close 1009 "}},
	{"a fragment above the limit", hostnettest.Frame(hostnettest.FirstText, strings.Repeat("x", 50_001)), "\x03\xf1",
		[]string{"error a message of at least 50001 bytes is above the limit of 50000 bytes", "close 1009 "}},
	{"1 TiB announced", []byte(hugeHead), "\x03\xf1",
		[]string{"error a message of 1099511627776 bytes is above the limit of 50000 bytes", "close 1009 "}},
}

func breach(what string) []string {
	return []string{"error the server broke the WebSocket protocol: " + what, "close 1002 "}
}

func TestFaultsEndTheConnection(t *testing.T) {
	for _, fault := range peerFaults {
		t.Run(fault.name, func(t *testing.T) {
			f := newFixture(t, Options{MaxMessage: 50_000})
			code := make(chan string, 1)
			f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
				p.Send(hostnettest.Text, "before")
				p.Write(fault.bytes)
				p.Send(hostnettest.Text, "after")
				payload, _ := p.Await(hostnettest.Close)
				code <- payload
			}))
			f.expect("message before")
			f.expect(fault.events...)
			if got := <-code; got != fault.code {
				t.Errorf("the server got the close payload %q, want %q", got, fault.code)
			}
			f.ended()
		})
	}
}

func TestServerThatHearsTheEndIsNotWaitedFor(t *testing.T) {
	f := newFixture(t, Options{StopGrace: time.Hour})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(0x83, "")
		p.Await(0) // until the client has nothing more to say
	}))
	f.expect(breach("a frame has the unknown opcode 3")...)
	f.ended()
}

func TestIllegalCloseCodesAreFaults(t *testing.T) {
	for _, code := range []uint16{0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535} {
		f := newFixture(t, Options{})
		f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
			p.Send(hostnettest.Close, hostnettest.ClosePayload(code, "why"))
			p.Await(hostnettest.Close)
		}))
		if got, want := f.next(), breach("a Close frame has the illegal code"); !strings.HasPrefix(got, want[0]) {
			t.Errorf("code %d: %q", code, got)
		}
		f.expect("close 1002 ")
		f.ended()
	}
}

func TestServerClosesAreExact(t *testing.T) {
	codes := []uint16{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999}
	for _, code := range codes {
		for _, reason := range []string{"", "x", strings.Repeat("r", 123), "ü\u2028"} {
			f := newFixture(t, Options{})
			echo := make(chan string, 1)
			f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
				p.Send(hostnettest.Text, "last words")
				p.Send(hostnettest.Close, hostnettest.ClosePayload(code, reason))
				payload, _ := p.Await(hostnettest.Close)
				echo <- payload
			}))
			f.expect("message last words", "close "+decimal(code)+" "+reason)
			if got := <-echo; got != hostnettest.ClosePayload(code, "") {
				t.Errorf("code %d was answered with %q", code, got)
			}
			f.ended()
		}
	}
}

func TestCloseWithoutCodeIs1005(t *testing.T) {
	f := newFixture(t, Options{})
	echo := make(chan string, 1)
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Close, "")
		payload, _ := p.Await(hostnettest.Close)
		echo <- payload
	}))
	f.expect("close 1005 ")
	if got := <-echo; got != "" {
		t.Errorf("an empty Close frame was answered with %q", got)
	}
	f.ended()
}

func TestLongCloseReasonIsAFault(t *testing.T) {
	f := newFixture(t, Options{})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Close, hostnettest.ClosePayload(1000, strings.Repeat("r", 124)))
		p.Await(hostnettest.Close)
	}))
	f.expect(breach("a control frame is longer than 125 bytes")...)
	f.ended()
}

// The beginnings of streams, and how the end right behind them is called.
var cuts = []struct {
	name  string
	sent  []byte
	error string
}{
	{"between frames", hostnettest.Frame(hostnettest.Text, "whole"), errVanished.Error()},
	{"in a header", []byte{hostnettest.Text}, errTruncated.Error()},
	{"in a long header", []byte{hostnettest.Text, 127, 0, 0}, errTruncated.Error()},
	{"behind a header", []byte{hostnettest.Text, 5}, errTruncated.Error()},
	{"in a frame", []byte{hostnettest.Text, 5, 'h', 'e'}, errTruncated.Error()},
	{"where a read ends", hostnettest.Frame(hostnettest.Text, strings.Repeat("x", 8192))[:4096], errTruncated.Error()},
	{"between fragments", hostnettest.Frame(hostnettest.FirstText, "he"), errTruncated.Error()},
	{"behind a pong between fragments", join(hostnettest.Frame(hostnettest.FirstBinary, "he"), hostnettest.Frame(hostnettest.Pong, "")), errTruncated.Error()},
}

// The ways to end the stream, and how they are called where that isn't the cut's.
var streamEnds = []struct {
	name  string
	end   func(*hostnettest.Peer)
	error string
}{
	{"close", func(p *hostnettest.Peer) { p.Close() }, ""},
	{"cut", (*hostnettest.Peer).Cut, ""},
	{"reset", (*hostnettest.Peer).Reset, "connection reset by peer"},
}

func TestCutMessagesAreNeverDelivered(t *testing.T) {
	authority := hostnettest.NewAuthority(t)
	certificate := authority.Valid(t, "127.0.0.1")
	secure := func(t testing.TB, script func(*hostnettest.Peer)) string {
		return hostnettest.ServeTLSPeers(t, certificate, script)
	}
	serve := map[string]func(testing.TB, func(*hostnettest.Peer)) string{"ws": hostnettest.ServePeers, "wss": secure}
	for _, cut := range cuts {
		for _, end := range streamEnds {
			for scheme, serve := range serve {
				t.Run(scheme+" "+end.name+" "+cut.name, func(t *testing.T) {
					f := newFixture(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}})
					ready := make(chan struct{})
					f.connect(serve(t, func(p *hostnettest.Peer) {
						p.Write(cut.sent)
						<-ready
						end.end(p)
					}))
					if cut.error == errVanished.Error() {
						f.expect("message whole")
					}
					close(ready)
					f.expect("error "+cmp.Or(end.error, cut.error), "close 1006 ")
					f.ended()
				})
			}
		}
	}
}

func TestMessagesArriveWhole(t *testing.T) {
	const limit = 2 << 20
	for _, size := range []int{0, 1, 125, 126, 4095, 4096, 4097, 32_769, 65_535, 65_536, 65_537, 1 << 20, limit} {
		text := strings.Repeat("0123456789abcdef", size/16+1)[:size]
		f := newFixture(t, Options{MaxMessage: limit})
		f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
			p.Send(hostnettest.Text, text)
			p.Send(hostnettest.FirstText, text[:size/3])
			p.Send(hostnettest.Ping, "in between")
			p.Send(hostnettest.Continuation, "")
			p.Send(hostnettest.LastFragment, text[size/3:])
			p.AnswerClose()
		}))
		for range 2 {
			if got := f.next(); got != "message "+text {
				t.Fatalf("size %d: got %.40q… of %d bytes", size, got, len(got)-len("message "))
			}
		}
	}
}

func TestBinaryMessagesHaveBase64AndBytes(t *testing.T) {
	f := newFixture(t, Options{})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Binary, "\xff\x00hi")
		p.AnswerClose()
	}))
	f.expect("binary \xff\x00hi /wBoaQ==")
}

func TestPingsAreAnswered(t *testing.T) {
	f := newFixture(t, Options{})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Ping, "are you there?")
		payload, _ := p.Await(hostnettest.Pong)
		p.Send(hostnettest.Text, payload)
		p.AnswerClose()
	}))
	f.expect("message are you there?")
}

func TestBackPressureIsBoundedInEventsAndBytes(t *testing.T) {
	for name, opts := range map[string]Options{
		"events": {MaxIncomingEvents: 5},
		"bytes":  {MaxIncomingBytes: 5 * 10},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, opts, func(f *fixture, id string, peer *hostnettest.Peer) {
				const sent = 1000
				go func() {
					for range sent {
						peer.Send(hostnettest.Text, "0123456789")
					}
					peer.AnswerClose()
				}()
				for n := 0; n < sent; n++ {
					synctest.Wait()
					if waiting := len(f.caller.Events()); waiting > 5 || n+waiting < sent && waiting < 5 {
						t.Fatalf("%d events in flight after %d, want 5", waiting, n)
					}
					f.expect("message 0123456789")
				}
			})
		})
	}
}

func TestMessageAboveTheBoundPassesAlone(t *testing.T) {
	inBubble(t, Options{MaxIncomingBytes: 10}, func(f *fixture, id string, peer *hostnettest.Peer) {
		large := strings.Repeat("x", 100)
		go func() {
			peer.Send(hostnettest.Text, "small")
			peer.Send(hostnettest.Text, large)
			peer.Send(hostnettest.Text, "")
		}()
		for _, want := range []string{"small", large, ""} {
			synctest.Wait()
			if waiting := len(f.caller.Events()); waiting != 1 {
				t.Errorf("%d events in flight, want 1", waiting)
			}
			f.expect("message " + want)
		}
	})
}
