package units

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// ToUTF8 writes units as UTF-8. A surrogate without a partner becomes U+FFFD.
func ToUTF8(points []uint16) string {
	text := make([]byte, utf8Length(points))
	for rest := text; len(points) > 0; {
		read, written := 0, 0
		switch unit := points[0]; {
		case unit < 0x80:
			read = narrowASCII(rest, points)
			written = read
		case unit < 0x800:
			read = narrowTwo(rest, points)
			written = 2 * read
		default:
			read = narrowThree(rest, points)
			written = 3 * read
		}
		if read == 0 {
			read, written = narrowFirst(rest, points)
		}
		points, rest = points[read:], rest[written:]
	}
	return unsafe.String(unsafe.SliceData(text), len(text)) // nobody else has it
}

// narrowASCII, and the others, write a run, as far as there is room for whole
// words, and return of how many units.
func narrowASCII(text []byte, points []uint16) int {
	i := 0
	for i <= len(points)-4 && i <= len(text)-4 {
		word := load(points[i:])
		pairs := word | word>>8
		binary.LittleEndian.PutUint32(text[i:], uint32(pairs&0xFFFF|pairs>>16&0xFFFF_0000))
		if wrong := word & (0xFF80 * lanes); wrong != 0 {
			return i + empty(wrong)
		}
		i += 4
	}
	return i
}

func narrowTwo(text []byte, points []uint16) int {
	i := 0
	for i <= len(points)-4 && 2*i <= len(text)-8 {
		word := load(points[i:])
		binary.LittleEndian.PutUint64(text[2*i:], 0x80C0*lanes|word>>6&(0x1F*lanes)|word<<8&(0x3F00*lanes))
		if wrong := word&(0xF800*lanes) | topUnits&^atLeast(word, 0x80); wrong != 0 {
			return i + empty(wrong)
		}
		i += 4
	}
	return i
}

func narrowThree(text []byte, points []uint16) int {
	n := 0
	for i := 0; n < len(points) && i <= len(text)-4; i += 3 {
		unit := uint32(points[n])
		if unit < 0x800 || utf16.IsSurrogate(rune(unit)) {
			break
		}
		binary.LittleEndian.PutUint32(text[i:], 0x8080E0|unit>>12|unit<<2&0x3F00|unit<<16&0x3F_0000)
		n++
	}
	return n
}

// narrowFirst writes the first character.
func narrowFirst(text []byte, points []uint16) (read, written int) {
	char, size := rune(points[0]), 1
	if utf16.IsSurrogate(char) {
		if len(points) > 1 {
			char = utf16.DecodeRune(char, rune(points[1]))
			size = utf16.RuneLen(char)
		} else {
			char = utf8.RuneError
		}
	}
	return size, utf8.EncodeRune(text, char)
}

// utf8Length is how many bytes units take: three for each surrogate, but four for
// both of a pair.
func utf8Length(points []uint16) int {
	size, i, surrogates := len(points), 0, uint64(0)
	for ; i <= len(points)-4; i += 4 {
		word := load(points[i:])
		size += bits.OnesCount64(atLeast(word, 0x80) | atLeast(word, 0x800)>>1)
		if word&topUnits != 0 {
			other := (word ^ 0xD800*lanes) & (0xF800 * lanes)
			surrogates |= (other - lanes) &^ other & topUnits
		}
	}
	for ; i < len(points); i++ {
		char := rune(points[i])
		if utf16.IsSurrogate(char) {
			surrogates, char = 1, utf8.RuneError
		}
		size += utf8.RuneLen(char) - 1
	}
	if surrogates != 0 {
		size -= 2 * pairs(points)
	}
	return size
}

// pairs is how many surrogates have a partner behind them.
func pairs(points []uint16) (n int) {
	for i := 1; i < len(points); i++ {
		if points[i]&0xFC00 == 0xDC00 && points[i-1]&0xFC00 == 0xD800 {
			n++
		}
	}
	return n
}
