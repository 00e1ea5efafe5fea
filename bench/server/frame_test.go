package main

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// frame is what a client sends.
func frame(first byte, payload []byte) []byte {
	b := appendHead(nil, first, uint64(len(payload)))
	b[1] |= masked
	mask := []byte{0x12, 0x34, 0x56, 0x78}
	b = append(b, mask...)
	for i, c := range payload {
		b = append(b, c^mask[i%4])
	}
	return b
}

var lengths = []int{0, 1, 7, 8, 9, 125, 126, 127, 65535, 65536, 100_000}

func TestParseHead(t *testing.T) {
	for _, length := range lengths {
		b := frame(final|opText, make([]byte, length))
		h, size := parseHead(b)
		if size != len(b)-length || h.length != uint64(length) || h.first != final|opText {
			t.Errorf("the head of %d bytes was read as %+v of %d bytes", length, h, size)
		}
		for cut := range size {
			if _, got := parseHead(b[:cut]); got != 0 {
				t.Errorf("%d bytes of a head of %d were read as one of %d", cut, size, got)
			}
		}
	}
}

func TestUnmask(t *testing.T) {
	payload := []byte("twenty-three characters")
	h, size := parseHead(frame(final|opText, payload))
	part := frame(final|opText, payload)[size:]
	for cut := range payload {
		got, mask := appendUnmasked(nil, part[:cut], h.mask)
		got, _ = appendUnmasked(got, part[cut:], mask)
		if !bytes.Equal(got, payload) {
			t.Errorf("cut after %d bytes it is %q", cut, got)
		}
	}
	if got, _ := appendUnmasked(nil, payload, 0); !bytes.Equal(got, payload) {
		t.Errorf("without a mask it is %q", got)
	}
}

// TestConsumeAtAnyCut checks that the answer doesn't depend on where reads end.
func TestConsumeAtAnyCut(t *testing.T) {
	var sent, want []byte
	for _, part := range []struct {
		first  byte
		length int
	}{{opText, 10}, {final | opPing, 3}, {final, 130}, {final | 0x2, 0}, {final | opText, 5}, {final | opClose, 2}} {
		payload := bytes.Repeat([]byte{'a' + byte(part.length%26)}, part.length)
		answer := part.first
		if answer == final|opPing {
			answer = final | opPong
		}
		sent = append(sent, frame(part.first, payload)...)
		want = append(append(want, appendHead(nil, answer, uint64(part.length))...), payload...)
	}
	for size := 1; size <= len(sent); size++ {
		got, messages := consumeBy(sent, size)
		if !bytes.Equal(got, want) || messages != 3 {
			t.Errorf("by reads of %d bytes the answer has %d messages: %x", size, messages, got)
		}
	}
}

func consumeBy(sent []byte, size int) (got []byte, messages int) {
	c := newConn(nil)
	var rest []byte
	for len(sent) > 0 && !c.over {
		n := min(size, len(sent))
		var more int
		more, rest = c.consume(append(bytes.Clone(rest), sent[:n]...))
		got, messages, sent = append(got, c.out...), messages+more, sent[n:]
	}
	return got, messages
}

func TestHeadOfLengths(t *testing.T) {
	for _, length := range lengths {
		b := appendHead(nil, final|opText, uint64(length))
		want := 2
		switch {
		case length > 65535:
			want = 10
		case length > 125:
			want = 4
		}
		if len(b) != want {
			t.Errorf("the head of %d bytes has %d bytes, want %d", length, len(b), want)
		}
		if want == 4 && int(binary.BigEndian.Uint16(b[2:])) != length {
			t.Errorf("the head of %d bytes is %x", length, b)
		}
	}
}
