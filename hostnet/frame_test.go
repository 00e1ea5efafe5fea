package hostnet

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet/hostnettest"
)

// The legal parts of streams; the fuzzer has the faults as well.
var streams = [][]byte{
	nil,
	hostnettest.Frame(hostnettest.Text, ""),
	hostnettest.Frame(hostnettest.Text, "hello"),
	hostnettest.Frame(hostnettest.Binary, strings.Repeat("x", 300)),
	hostnettest.Frame(hostnettest.Binary, strings.Repeat("x", 70_000))[:100],
	join(hostnettest.Frame(hostnettest.FirstText, "a"), hostnettest.Frame(hostnettest.Ping, "ping"), hostnettest.Frame(hostnettest.Continuation, ""), hostnettest.Frame(hostnettest.LastFragment, "b")),
	join(hostnettest.Frame(hostnettest.Pong, "x"), hostnettest.Frame(hostnettest.Text, "a"), hostnettest.Frame(hostnettest.Close, "\x03\xe8bye"), hostnettest.Frame(hostnettest.Text, "late")),
}

// fuzzLimit is the message limit of these tests.
const fuzzLimit = 100_000

// An outcome is what becomes of a stream.
type outcome struct {
	data   []byte // of data frames
	pings  []string
	err    string
	inside bool
}

func FuzzFrames(f *testing.F) {
	for _, stream := range streams {
		f.Add(stream, []byte{1, 2, 3})
		f.Add(stream, []byte{255})
	}
	for _, fault := range peerFaults {
		f.Add(fault.bytes, []byte{1})
	}
	f.Fuzz(func(t *testing.T, stream, splits []byte) {
		got, want := inPieces(stream, splits), atOnce(stream)
		if got.err != want.err || !slices.Equal(got.pings, want.pings) || got.err == "" && got.inside != want.inside {
			t.Fatalf("got %+v, want %+v", got, want)
		}
		extra, ok := bytes.CutPrefix(got.data, want.data)
		if !ok || len(extra) > 0 && got.err == "" || len(extra) > 10 {
			t.Fatalf("%d bytes came through, want %d and at most a header more", len(got.data), len(want.data))
		}
	})
}

// inPieces filters a stream cut into pieces of the given sizes, over and over.
func inPieces(stream, sizes []byte) (o outcome) {
	f := frames{limit: fuzzLimit, onPing: func(payload []byte) { o.pings = append(o.pings, string(payload)) }}
	for i := 0; len(stream) > 0; i++ {
		size := len(stream)
		if len(sizes) > 0 {
			size = min(size, int(sizes[i%len(sizes)])+1)
		}
		piece := bytes.Clone(stream[:size])
		stream = stream[size:]
		kept, err := f.filter(piece)
		o.data = append(o.data, piece[:kept]...)
		if err != nil {
			o.err = err.Error()
			return o
		}
	}
	o.inside = f.inside()
	return o
}

// atOnce reads RFC 6455 straight off a stream that is all there.
func atOnce(s []byte) (o outcome) {
	open, message := false, uint64(0)
	for len(s) > 0 {
		o.inside = true
		final, opcode := s[0]&0x80 != 0, s[0]&0x0F
		control := opcode >= 8
		if o.err = firstFault(s[0], open); o.err != "" {
			return o
		}
		if len(s) < 2 {
			o.data = append(o.data, dataOnly(control, s)...)
			return o
		}
		length, head, fault := lengthOf(s, control)
		if o.err = fault; fault != "" {
			return o
		}
		if head > len(s) {
			o.data = append(o.data, dataOnly(control, s)...)
			return o
		}
		if opcode == 1 || opcode == 2 {
			message = 0
		}
		if !control {
			if message+length > fuzzLimit {
				o.err = tooBig(int64(message), int64(length), final, fuzzLimit).Error()
				return o
			}
			message, open = message+length, !final
		}
		frame := s[:min(uint64(len(s)), uint64(head)+length)]
		o.data = append(o.data, dataOnly(control, frame)...)
		if uint64(len(frame)) < uint64(head)+length {
			return o
		}
		switch opcode {
		case 8:
			o.err = parseClose(frame[head:]).Error()
			return o
		case 9:
			o.pings = append(o.pings, string(frame[head:]))
		}
		s, o.inside = s[len(frame):], open
	}
	return o
}

func dataOnly(control bool, frame []byte) []byte {
	if control {
		return nil
	}
	return frame
}

func firstFault(b byte, open bool) string {
	opcode := b & 0x0F
	switch {
	case b&0x70 != 0:
		return broken("a frame has reserved bits set").Error()
	case !slices.Contains([]byte{0, 1, 2, 8, 9, 10}, opcode):
		return broken("a frame has the unknown opcode " + decimal(uint16(opcode))).Error()
	case opcode >= 8 && b&0x80 == 0:
		return broken("a control frame is fragmented").Error()
	case opcode == 0 && !open:
		return broken("a continuation frame has nothing to continue").Error()
	case (opcode == 1 || opcode == 2) && open:
		return broken("a message begins inside another").Error()
	}
	return ""
}

// lengthOf is a frame's length and that of its header, which may be longer than
// what is there.
func lengthOf(s []byte, control bool) (length uint64, head int, fault string) {
	length, head = uint64(s[1]&0x7F), 2
	switch {
	case s[1]&0x80 != 0:
		return 0, 0, broken("a frame is masked").Error()
	case control && length > 125:
		return 0, 0, broken("a control frame is longer than 125 bytes").Error()
	case length == 126:
		if head = 4; len(s) >= head {
			length = uint64(binary.BigEndian.Uint16(s[2:]))
		}
		if len(s) >= head && length < 126 {
			return 0, 0, broken("a frame's length is written longer than needed").Error()
		}
	case length == 127:
		if head = 10; len(s) >= head {
			length = binary.BigEndian.Uint64(s[2:])
		}
		if len(s) >= head && (length < 65536 || length > 1<<63-1) {
			return 0, 0, broken("a frame's length is written illegally").Error()
		}
	}
	return length, head, ""
}

func TestFilterDoesNotAllocate(t *testing.T) {
	f := frames{limit: fuzzLimit, onPing: func([]byte) {}}
	stream, buffer := join(streams[1], streams[2], streams[3], streams[5]), make([]byte, 100_000)
	if allocs := testing.AllocsPerRun(100, func() {
		if _, err := f.filter(buffer[:copy(buffer, stream)]); err != nil {
			t.Fatal(err)
		}
	}); allocs != 0 {
		t.Errorf("%v allocations a read", allocs)
	}
}
