package hostnet

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// streamLimit is the message limit of FuzzStream.
const streamLimit = 1000

// FuzzStream sends a stream in pieces to a whole connection, ends it, and
// compares the events with what a plain decoder makes of it.
func FuzzStream(f *testing.F) {
	for _, stream := range streams {
		f.Add(stream, []byte{1, 2, 3})
		f.Add(stream, []byte{})
	}
	for _, fault := range peerFaults {
		f.Add(join(hostnettest.Frame(hostnettest.Text, "before"), fault.bytes, hostnettest.Frame(hostnettest.Text, "after")), []byte{7})
	}
	for _, cut := range cuts {
		f.Add(cut.sent, []byte{0})
	}
	f.Fuzz(func(t *testing.T, stream, sizes []byte) {
		if len(stream) > 10_000 {
			return
		}
		want := new(decoder).decode(stream)
		if got := eventsOf(t, stream, sizes); !slices.Equal(got, want) {
			t.Fatalf("stream % x in pieces % x: got %q, want %q", stream, sizes, got, want)
		}
	})
}

// eventsOf are the events of a connection that receives the stream in pieces of
// these sizes, over and over, and then its end. What an error says is left out.
func eventsOf(t *testing.T, stream, sizes []byte) (events []string) {
	f := newFixture(t, Options{MaxMessage: streamLimit})
	near, far := net.Pipe()
	f.adopt(newWire(near, near))
	go io.Copy(io.Discard, far)
	go func() {
		defer far.Close()
		for i := 0; len(stream) > 0; i++ {
			size := len(stream)
			if len(sizes) > 0 {
				size = min(size, int(sizes[i%len(sizes)])+1)
			}
			if _, err := far.Write(stream[:size]); err != nil {
				return
			}
			stream = stream[size:]
		}
	}()
	for {
		event := f.next()
		if strings.HasPrefix(event, "error ") {
			event = "error"
		}
		events = append(events, event)
		if strings.HasPrefix(event, "close ") {
			f.ended()
			return events
		}
	}
}

// A decoder reads a stream as RFC 6455 says, frame by frame, from what is all
// there.
type decoder struct {
	from    *bytes.Reader
	kind    byte   // of the message that is open, or 0
	message []byte // its payload so far
	events  []string
}

// An outcomeError is the end of a stream: how the connection closes.
type outcomeError struct {
	code   int
	reason string
	clean  bool
}

func (o outcomeError) Error() string { return fmt.Sprint(o.code) }

func (d *decoder) decode(stream []byte) []string {
	d.from = bytes.NewReader(stream)
	for {
		if err := d.frame(); err != nil {
			end, ok := err.(outcomeError)
			if !ok {
				end = outcomeError{code: 1006}
			}
			if !end.clean {
				d.events = append(d.events, "error")
			}
			return append(d.events, fmt.Sprintf("close %d %s", end.code, end.reason))
		}
	}
}

func (d *decoder) frame() error {
	first, err := d.from.ReadByte()
	if err != nil {
		return err
	}
	opcode, final := first&15, first>>7 == 1
	known := map[byte]bool{0: true, 1: true, 2: true, 8: true, 9: true, 10: true}
	if first&0x70 != 0 || !known[opcode] || opcode > 7 && !final || opcode == 0 && d.kind == 0 || (opcode == 1 || opcode == 2) && d.kind != 0 {
		return outcomeError{code: 1002}
	}
	length, err := d.length(opcode > 7)
	if err != nil {
		return err
	}
	if opcode < 8 && length > streamLimit-uint64(len(d.message)) {
		return outcomeError{code: 1009}
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(d.from, payload); err != nil {
		return err
	}
	if opcode > 7 {
		return controlOutcome(opcode, payload)
	}
	return d.data(opcode, payload, final)
}

func (d *decoder) length(control bool) (uint64, error) {
	short, err := d.from.ReadByte()
	if err != nil {
		return 0, err
	}
	var medium uint16
	var long uint64
	switch {
	case short > 127 || control && short > 125:
		return 0, outcomeError{code: 1002}
	case short == 126:
		if err := binary.Read(d.from, binary.BigEndian, &medium); err != nil {
			return 0, err
		}
		if medium < 126 {
			return 0, outcomeError{code: 1002}
		}
		return uint64(medium), nil
	case short == 127:
		if err := binary.Read(d.from, binary.BigEndian, &long); err != nil {
			return 0, err
		}
		if long < 1<<16 || long >= 1<<63 {
			return 0, outcomeError{code: 1002}
		}
		return long, nil
	}
	return uint64(short), nil
}

// controlOutcome is the end that a Close frame is; other control frames are none.
func controlOutcome(opcode byte, payload []byte) error {
	if opcode != 8 {
		return nil
	}
	if len(payload) == 0 {
		return outcomeError{code: 1005, clean: true}
	}
	if len(payload) == 1 {
		return outcomeError{code: 1002}
	}
	code, reason := int(payload[0])<<8+int(payload[1]), string(payload[2:])
	registered := []int{1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014}
	if !slices.Contains(registered, code) && (code < 3000 || code > 4999) {
		return outcomeError{code: 1002}
	}
	if !utf8.ValidString(reason) {
		return outcomeError{code: 1007}
	}
	return outcomeError{code, reason, true}
}

func (d *decoder) data(opcode byte, payload []byte, final bool) error {
	if opcode != 0 {
		d.kind = opcode
	}
	d.message = append(d.message, payload...)
	if !final {
		return nil
	}
	kind, message := d.kind, d.message
	d.kind, d.message = 0, nil
	switch {
	case kind == 2:
		d.events = append(d.events, fmt.Sprintf("binary %s %s", message, base64.StdEncoding.EncodeToString(message)))
	case !utf8.Valid(message):
		return outcomeError{code: 1007}
	default:
		d.events = append(d.events, "message "+string(message))
	}
	return nil
}
