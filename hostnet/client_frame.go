package hostnet

import (
	"crypto/rand"
	"encoding/binary"
	"math"
	"math/bits"
)

// maxHead is the longest head of a client's frame, in bytes.
const maxHead = 14

// A mask is what the payload of a client's frame is combined with, RFC 6455
// §5.3: four random bytes, twice, those of the next byte of the payload first.
type mask uint64

// appendHead appends the head of a frame that is a whole message.
func appendHead(b []byte, opcode byte, length int) ([]byte, mask) {
	b = append(b, 0x80|opcode)
	switch {
	case length < 126:
		b = append(b, 0x80|byte(length))
	case length <= math.MaxUint16:
		b = binary.BigEndian.AppendUint16(append(b, 0x80|126), uint16(length))
	default:
		b = binary.BigEndian.AppendUint64(append(b, 0x80|127), uint64(length))
	}
	var key [4]byte
	rand.Read(key[:])
	four := mask(binary.LittleEndian.Uint32(key[:]))
	return append(b, key[:]...), four<<32 | four
}

// appendTo appends the next part of the payload. b has room for it.
func (m *mask) appendTo(b, part []byte) []byte {
	key, all := uint64(*m), b[:len(b)+len(part)]
	to := all[len(b):]
	for len(part) >= 32 && len(to) >= 32 { // the compiler sees that nothing is out of bounds
		binary.LittleEndian.PutUint64(to, binary.LittleEndian.Uint64(part)^key)
		binary.LittleEndian.PutUint64(to[8:], binary.LittleEndian.Uint64(part[8:])^key)
		binary.LittleEndian.PutUint64(to[16:], binary.LittleEndian.Uint64(part[16:])^key)
		binary.LittleEndian.PutUint64(to[24:], binary.LittleEndian.Uint64(part[24:])^key)
		to, part = to[32:], part[32:]
	}
	for i, c := range part {
		to[i] = c ^ byte(key)
		key = bits.RotateLeft64(key, -8)
	}
	*m = mask(key)
	return all
}

// controlFrame returns a client's control frame.
func controlFrame(opcode byte, payload []byte) []byte {
	frame, m := appendHead(make([]byte, 0, maxHead+maxControlPayload), opcode, len(payload))
	return m.appendTo(frame, payload)
}
