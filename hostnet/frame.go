package hostnet

import (
	"encoding/binary"
	"fmt"
	"math"
)

// The opcodes of RFC 6455 §5.2.
const (
	opContinuation = 0x0
	opText         = 0x1
	opBinary       = 0x2
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

// maxControlPayload is the most that a control frame carries, RFC 6455 §5.5.
const maxControlPayload = 125

// frames follows a server's bytes frame by frame, wherever a read happens to
// end. It takes the control frames out of the stream, so that what is left are
// the data frames of whole and legal messages. One goroutine uses it.
type frames struct {
	limit  int64                // largest message, in bytes
	onPing func(payload []byte) // must not keep the payload

	head     [10]byte // the header that is being read
	headLen  int
	headNeed int

	opcode  byte
	final   bool
	left    int64 // payload of the current frame that is still to come
	message int64 // payload announced so far for the current message
	open    bool  // more fragments of the current message must follow
	parted  bool  // some message had more than one fragment

	control    [maxControlPayload]byte
	controlLen int
}

// filter takes the next bytes of the stream, moves those of data frames to the
// front of p and says how many there are. The error is a [*protocolError], or a
// [peerClose] where the server's Close frame was seen. Nothing of the frame
// that is at fault is usable, and filter must not be called again.
func (f *frames) filter(p []byte) (kept int, err error) {
	for next := 0; next < len(p); {
		start := next
		if f.left > 0 {
			next += f.payload(p[next:])
		} else {
			err = f.header(p[next])
			next++
		}
		switch {
		case err != nil:
		case f.isControl():
			err = f.controlDone()
		default:
			if kept < start {
				copy(p[kept:], p[start:next])
			}
			kept += next - start
		}
		if err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// inside reports whether the stream is in the middle of a frame or between the
// fragments of a message.
func (f *frames) inside() bool { return f.left > 0 || f.headLen > 0 || f.open }

// remaining says how many bytes the message at this point of the stream has
// still to come, if that is known.
func (f *frames) remaining() (n int64, known bool) {
	if f.open || f.headLen > 0 {
		return 0, false
	}
	return f.left, true
}

func (f *frames) isControl() bool { return f.opcode >= opClose }

// payload takes what belongs to the current frame from the front of p.
func (f *frames) payload(p []byte) int {
	n := int(min(f.left, int64(len(p))))
	if f.isControl() {
		f.controlLen += copy(f.control[f.controlLen:], p[:n])
	}
	f.left -= int64(n)
	return n
}

// header takes the next byte of a frame's header.
func (f *frames) header(b byte) error {
	f.head[f.headLen] = b
	f.headLen++
	switch f.headLen {
	case 1:
		f.headNeed = 2
		return f.firstByte(b)
	case 2:
		if err := f.secondByte(b); err != nil {
			return err
		}
	}
	if f.headLen < f.headNeed {
		return nil
	}
	f.headLen = 0
	return f.begin()
}

func (f *frames) firstByte(b byte) error {
	f.opcode, f.final = b&0xF, b&0x80 != 0
	switch {
	case b&0x70 != 0:
		return broken("a frame has reserved bits set")
	case f.opcode > opBinary && f.opcode < opClose || f.opcode > opPong:
		return broken(fmt.Sprintf("a frame has the unknown opcode %d", f.opcode))
	case f.isControl() && !f.final:
		return broken("a control frame is fragmented")
	case f.opcode == opContinuation && !f.open:
		return broken("a continuation frame has nothing to continue")
	case f.opcode != opContinuation && !f.isControl() && f.open:
		return broken("a message begins inside another")
	}
	return nil
}

func (f *frames) secondByte(b byte) error {
	length := b & 0x7F
	switch {
	case b&0x80 != 0:
		return broken("a frame is masked")
	case f.isControl() && length > maxControlPayload:
		return broken("a control frame is longer than 125 bytes")
	case length == 126:
		f.headNeed = 4
	case length == 127:
		f.headNeed = 10
	}
	return nil
}

// begin starts the frame whose header is complete.
func (f *frames) begin() error {
	length, err := f.length()
	if err != nil {
		return err
	}
	f.left = length
	if f.isControl() {
		f.controlLen = 0
		return nil
	}
	if f.opcode != opContinuation {
		f.message = 0
	}
	if length > f.limit-f.message {
		return tooBig(f.message, length, f.final, f.limit)
	}
	f.message += length
	f.open = !f.final
	f.parted = f.parted || f.open
	return nil
}

// length reads the payload's length, which must be written in as few bytes as
// it takes.
func (f *frames) length() (int64, error) {
	switch f.headNeed {
	case 4:
		length := int64(binary.BigEndian.Uint16(f.head[2:4]))
		if length < 126 {
			return 0, broken("a frame's length is written longer than needed")
		}
		return length, nil
	case 10:
		length := binary.BigEndian.Uint64(f.head[2:10])
		if length <= math.MaxUint16 || length > math.MaxInt64 {
			return 0, broken("a frame's length is written illegally")
		}
		return int64(length), nil
	}
	return int64(f.head[1] & 0x7F), nil
}

// controlDone acts on a control frame once all of it is there.
func (f *frames) controlDone() error {
	if f.headLen > 0 || f.left > 0 {
		return nil
	}
	payload := f.control[:f.controlLen]
	switch f.opcode {
	case opPing:
		f.onPing(payload)
	case opClose:
		return parseClose(payload)
	}
	return nil
}
