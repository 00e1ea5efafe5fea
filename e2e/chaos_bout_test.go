package e2e

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
	"github.com/srcnexus/extrun/runtime/rpc"
)

// A bout is one connection of the chaos, with what both sides tell about it.
type bout struct {
	plan plan

	mu       sync.Mutex
	notes    []note        // of the extension
	finished chan struct{} // closed when it has nothing more to tell
	isOver   bool          // finished is closed
	began    int           // the epoch of the server at the beginning
	met      bool          // the server has agreed to the handshake
	parted   chan struct{} // closed when the server's part has ended after that
	spoken   []message     // of the server, each as it begins
	whole    int           // those that were sent to their end
	pings    []string      // of the server
	heard    []frame       // what the client has sent
	goodbye  *string       // the payload of the Close frame that the server sends
	broke    bool          // the server breaks the protocol
	cut      bool          // the connection was cut, and what was under way may be lost
}

// A note is what an extension tells.
type note struct {
	what  string
	n     int
	kind  string
	size  int
	code  string
	data  message
	epoch int
}

// A frame is one of a client.
type frame struct {
	first   byte
	payload string
}

func newBout(p plan, epoch int) *bout {
	return &bout{plan: p, began: epoch, finished: make(chan struct{}), parted: make(chan struct{})}
}

func noteOf(params rpc.Object, epoch int) note {
	text := func(name string) string { t, _ := params.Text(name); return t }
	n := note{what: text("what"), n: count(params, "n"), kind: text("kind"), size: count(params, "size"), code: text("code"), epoch: epoch}
	if code := count(params, "code"); code >= 0 {
		n.code = fmt.Sprint(code)
	}
	if live := count(params, "live"); live >= 0 {
		n.n = live
	}
	encoded, isEncoded := params.Text("base64")
	switch bytes, ok := params.Get("data").([]byte); {
	case ok:
		n.data = message{true, string(bytes)}
	case isEncoded:
		bytes, _ = base64.StdEncoding.DecodeString(encoded)
		n.data = message{true, string(bytes)}
	default:
		n.data = message{false, text("data")}
	}
	return n
}

func (b *bout) tell(n note) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.notes = append(b.notes, n)
	if n.what == "over" {
		b.finish()
	}
}

// seal says that nothing more may be told, and reports whether that comes
// before the bout's own end.
func (b *bout) seal() (lost bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	lost = !b.isOver
	b.finish()
	return lost
}

func (b *bout) finish() {
	if !b.isOver {
		b.isOver = true
		close(b.finished)
	}
}

// partedSoon waits until the server's part has ended, if it has any.
func (b *bout) partedSoon() bool {
	b.mu.Lock()
	met := b.met
	b.mu.Unlock()
	if !met {
		return true
	}
	select {
	case <-b.parted:
		return true
	case <-time.After(patience):
		return false
	}
}

// settled reports whether neither side has anything more to tell. An extension
// that listened too late to hear everything before the end may.
func (b *bout) settled() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.met {
		select {
		case <-b.parted:
		default:
			return false
		}
	}
	listened := slices.IndexFunc(b.notes, func(n note) bool { return n.what == "listen" })
	closed := slices.IndexFunc(b.notes, func(n note) bool { return n.what == "close" })
	return b.isOver && (listened < closed || closed < 0)
}

// connectionID is what the extension calls the connection, if it was open.
func (b *bout) connectionID() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, n := range b.notes {
		if n.what == "open" {
			return n.data.data
		}
	}
	return ""
}

// failed reports whether the extension was told of an error of the connection.
func (b *bout) failed() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.ContainsFunc(b.notes, func(n note) bool { return n.what == "error" })
}

// during changes what the server tells.
func (b *bout) during(change func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	change()
}

// trace shows the bout in few words, for a report.
func (b *bout) trace() string {
	var text strings.Builder
	fmt.Fprintf(&text, "plan: %+v\nserver: met %v, sent %d messages, %d of them whole, broke %v, cut %v", b.plan, b.met, len(b.spoken), b.whole, b.broke, b.cut)
	if b.goodbye != nil {
		fmt.Fprintf(&text, ", close %q", *b.goodbye)
	}
	text.WriteString("\nreceived:")
	for _, f := range b.heard {
		fmt.Fprintf(&text, " %.80q", frameText(f.first, f.payload))
	}
	text.WriteString("\nextension:\n")
	for at := 0; at < len(b.notes); {
		n, more := b.notes[at], 1
		for at+more < len(b.notes) && b.notes[at+more].what == n.what {
			more++
		}
		fmt.Fprintf(&text, "  %d %s n=%d %s %s %.60q (%d bytes), %d of them\n", at, n.what, n.n, n.kind, n.code, n.data.data, len(n.data.data), more)
		at += more
	}
	return text.String()
}

// messages are the data frames that the client has sent, and last the payload
// of its Close frame.
func (b *bout) messages() (data []message, pongs []string, last *string) {
	for _, f := range b.heard {
		switch f.first {
		case hostnettest.Text, hostnettest.Binary:
			data = append(data, message{f.first == hostnettest.Binary, f.payload})
		case hostnettest.Pong:
			pongs = append(pongs, f.payload)
		case hostnettest.Close:
			last = &f.payload
		}
	}
	return data, pongs, last
}
