package hostnet

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/x509"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// streamFaults are the rows about what a server may not send.
var streamFaults = []fault{
	{row: 11, name: "text that is not UTF-8", made: peerInjections(11)},
	{row: 12, name: "frames that break the protocol", made: peerInjections(12)},
	{row: 13, name: "the stream ends", made: cutInjections()},
	{row: 14, name: "a server's Close with every code", made: slices.Concat(peerInjections(14), []injection{
		{"every legal code with reasons of 0, 1 and 123 bytes", legalCloses},
		{"a Close without a code", func(t *testing.T) string { return closedBy(t, "", "close 1005") }},
		{"a reason of 124 bytes", func(t *testing.T) string {
			return closedBy(t, hostnettest.ClosePayload(1000, strings.Repeat("r", 124)), "longer than 125 bytes", "close 1002")
		}},
	}, illegalCloses())},
	{row: 15, name: "large messages", made: slices.Concat([]injection{
		{"32,769 bytes", func(t *testing.T) string { return wholeMessage(t, 32_769) }},
		{"the limit, 32 MiB", func(t *testing.T) string { return wholeMessage(t, 32<<20) }},
		{"the limit and one byte", func(t *testing.T) string { return announced(t, 32<<20+1) }},
		{"100 MB, sent", func(t *testing.T) string { return announced(t, 100_000_000) }},
		{"1 TiB, announced", func(t *testing.T) string { return announced(t, 1<<40) }},
		{"a deflate bomb of 64 MiB", deflateBomb},
	}, peerInjections(15))},
}

// rowOf is the row of the fault table that a peer's fault belongs to.
func rowOf(fault peerFault) int {
	switch {
	case strings.Contains(fault.events[1], "1007"):
		return 11
	case strings.Contains(fault.events[1], "1009"):
		return 15
	case strings.Contains(fault.events[0], "Close frame"):
		return 14
	}
	return 12
}

func peerInjections(row int) (injections []injection) {
	for _, fault := range peerFaults {
		if rowOf(fault) == row {
			injections = append(injections, injection{fault.name, fault.make})
		}
	}
	return injections
}

// make sends a message, what is wrong, and another message.
func (fault peerFault) make(t *testing.T) string {
	f := newFixture(t, Options{MaxMessage: 50_000})
	code := make(chan string, 1)
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Text, "before")
		p.Write(fault.bytes)
		p.Send(hostnettest.Text, "after")
		payload, _ := p.Await(hostnettest.Close)
		code <- payload
	}))
	observed := f.untilClose()
	if want := "message before, " + strings.TrimSpace(strings.Join(fault.events, ", ")); observed != want {
		t.Errorf("%q, want %q", observed, want)
	}
	return fmt.Sprintf("%s; the server was sent Close %d", observed, closeCode(t, <-code))
}

// closeCode is the code in a Close frame's payload.
func closeCode(t *testing.T, payload string) int {
	t.Helper()
	if len(payload) < 2 {
		t.Errorf("a Close frame of %d bytes", len(payload))
		return 0
	}
	return int(payload[0])<<8 | int(payload[1])
}

func cutInjections() (injections []injection) {
	for _, end := range streamEnds {
		for _, cut := range cuts {
			injections = append(injections, injection{fmt.Sprintf("%s %s, in ws and in wss", end.name, cut.name), func(t *testing.T) string {
				plain, secure := cutOff(t, cut.sent, end.end, false), cutOff(t, cut.sent, end.end, true)
				if plain != secure {
					t.Errorf("ws %q, wss %q", plain, secure)
				}
				return check(t, plain, cmp.Or(end.error, cut.error), "close 1006")
			}})
		}
	}
	return injections
}

// cutOff sends the beginning of a stream and ends it there.
func cutOff(t *testing.T, sent []byte, end func(*hostnettest.Peer), secure bool) string {
	f := newFixture(t, Options{})
	serve := hostnettest.ServePeers
	if secure {
		authority := hostnettest.NewAuthority(t)
		f = newFixture(t, Options{RootCAs: []*x509.Certificate{authority.Certificate}})
		serve = func(t testing.TB, script func(*hostnettest.Peer)) string {
			return hostnettest.ServeTLSPeers(t, authority.Valid(t, "127.0.0.1"), script)
		}
	}
	ready := make(chan struct{})
	f.connect(serve(t, func(p *hostnettest.Peer) {
		p.Write(sent)
		<-ready
		end(p)
	}))
	whole := bytes.Equal(sent, cuts[0].sent)
	if whole {
		f.expect("message whole")
	}
	close(ready)
	observed := f.untilClose()
	if strings.Contains(observed, "message ") && !strings.Contains(observed, "of a message") {
		t.Errorf("a partial message was delivered: %q", observed)
	}
	return observed
}

func closedBy(t *testing.T, payload string, parts ...string) string {
	f := newFixture(t, Options{})
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Close, payload)
		p.Await(hostnettest.Close)
	}))
	return check(t, f.untilClose(), parts...)
}

func legalCloses(t *testing.T) string {
	count := 0
	for _, code := range []uint16{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999} {
		for _, size := range []int{0, 1, 123} {
			reason := strings.Repeat("r", size)
			observed := closedBy(t, hostnettest.ClosePayload(code, reason))
			if observed != strings.TrimSpace(fmt.Sprintf("close %d %s", code, reason)) {
				t.Errorf("code %d: %q", code, observed)
			}
			count++
		}
	}
	return fmt.Sprintf("%d close events, each with the exact code and reason", count)
}

func illegalCloses() (injections []injection) {
	for _, code := range []uint16{0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535} {
		injections = append(injections, injection{fmt.Sprintf("the code %d", code), func(t *testing.T) string {
			return closedBy(t, hostnettest.ClosePayload(code, "why"), fmt.Sprintf("illegal code %d", code), "close 1002")
		}})
	}
	return injections
}

func wholeMessage(t *testing.T, size int) string {
	f := newFixture(t, Options{})
	text := strings.Repeat("0123456789abcdef", size/16+1)[:size]
	f.connect(hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Send(hostnettest.Text, text)
		p.Send(hostnettest.Close, hostnettest.ClosePayload(1000, ""))
		p.Await(hostnettest.Close)
	}))
	if got := f.next(); got != "message "+text {
		t.Errorf("a message of %d bytes", len(got)-len("message "))
	}
	return fmt.Sprintf("message of %d bytes, whole, %s", size, f.untilClose())
}

// announced sends the head of a message of a size, and as much of it as is
// taken.
func announced(t *testing.T, size uint64) string {
	head := []byte{hostnettest.Text, 127, byte(size >> 56), byte(size >> 48), byte(size >> 40), byte(size >> 32), byte(size >> 24), byte(size >> 16), byte(size >> 8), byte(size)}
	f := newFixture(t, Options{})
	chunk := bytes.Repeat([]byte("x"), 64<<10)
	url := hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Write(head)
		for sent := uint64(0); sent < min(size, 100_000_000); sent += uint64(len(chunk)) {
			if _, err := p.Write(chunk); err != nil {
				return
			}
		}
	})
	before := allocated()
	f.connect(url)
	observed := check(t, f.untilClose(), fmt.Sprintf("a message of %d bytes is above the limit of %d bytes", size, 32<<20), "close 1009")
	return observed + ", " + allocatedSince(t, before)
}

func deflateBomb(t *testing.T) string {
	var packed bytes.Buffer
	to, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	to.Write(make([]byte, 64<<20))
	to.Close()
	f := newFixture(t, Options{})
	frame := hostnettest.Frame(hostnettest.Binary|0x40, packed.String())
	url := hostnettest.ServePeers(t, func(p *hostnettest.Peer) {
		p.Write(frame)
		p.Await(hostnettest.Close)
	})
	before := allocated()
	f.connect(url)
	return check(t, f.untilClose(), "reserved bits", "close 1002") + ", " + allocatedSince(t, before)
}
