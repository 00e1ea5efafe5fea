package main

import "encoding/binary"

// The parts of a frame's first two bytes.
const (
	final     = 0x80
	masked    = 0x80
	opcode    = 0x0f
	opText    = 0x1
	opClose   = 0x8
	opPing    = 0x9
	opPong    = 0xa
	isControl = 0x8
)

// A head is what stands before a frame's payload.
type head struct {
	first  byte // with the opcode and the bit of the final frame
	length uint64
	mask   uint64 // the four bytes twice, in the order of the wire
}

// parseHead reads the head at the start of b. size is 0 when it is not there
// whole.
func parseHead(b []byte) (h head, size int) {
	if len(b) < 2 {
		return head{}, 0
	}
	h.first, h.length, size = b[0], uint64(b[1]&^masked), 2
	switch {
	case h.length == 126 && len(b) >= 4:
		h.length, size = uint64(binary.BigEndian.Uint16(b[2:])), 4
	case h.length == 127 && len(b) >= 10:
		h.length, size = binary.BigEndian.Uint64(b[2:]), 10
	case h.length >= 126:
		return head{}, 0
	}
	if b[1]&masked == 0 {
		return h, size
	}
	if len(b) < size+4 {
		return head{}, 0
	}
	key := uint64(binary.LittleEndian.Uint32(b[size:]))
	h.mask = key | key<<32
	return h, size + 4
}

// appendHead appends the head of a frame that isn't masked.
func appendHead(b []byte, first byte, length uint64) []byte {
	switch {
	case length < 126:
		return append(b, first, byte(length))
	case length < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, first, 126), uint16(length))
	}
	return binary.BigEndian.AppendUint64(append(b, first, 127), length)
}

// appendUnmasked appends a part of a payload without its mask, and returns the
// mask as the next part needs it.
func appendUnmasked(b, part []byte, mask uint64) ([]byte, uint64) {
	if mask == 0 {
		return append(b, part...), 0
	}
	whole := len(part) &^ 7
	for i := 0; i < whole; i += 8 {
		b = binary.LittleEndian.AppendUint64(b, binary.LittleEndian.Uint64(part[i:])^mask)
	}
	for _, c := range part[whole:] {
		b = append(b, c^byte(mask))
		mask = mask>>8 | mask<<56
	}
	return b, mask
}
