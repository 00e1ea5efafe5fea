package units

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf16"
	"unicode/utf8"
)

// fromUTF8 returns the units of a text, behind a mark, or nil if it is not UTF-8.
func fromUTF8(text []byte) []uint16 {
	points := make([]uint16, 1+utf16Length(text))
	points[0] = mark
	for rest := points[1:]; len(text) > 0; {
		read, written := 0, 0
		switch c := text[0]; {
		case c < 0x80:
			read, written = widenASCII(rest, text)
		case c < 0xE0:
			written = widenTwo(rest, text)
			read = 2 * written
		case c < 0xF0:
			written = widenThree(rest, text)
			read = 3 * written
		}
		if read == 0 {
			read, written = widenFirst(rest, text)
		}
		if read == 0 {
			return nil
		}
		text, rest = text[read:], rest[written:]
	}
	return points
}

// widenASCII, and the others, write the units of a run, as far as there is room for
// whole words, and return how many. In one of ASCII there may be single letters of
// two bytes.
func widenASCII(points []uint16, text []byte) (read, written int) {
	i, j := 0, 0
	for i <= len(text)-12 && j <= len(points)-9 {
		word := load8(text[i:])
		store(points[j:], spread(uint32(word)))
		store(points[j+4:], spread(uint32(word>>32)))
		n := bits.TrailingZeros64(word&topBytes) / 8
		i, j = i+n, j+n
		if n == 8 {
			continue
		}
		next := binary.LittleEndian.Uint32(text[i:])
		if next&0x80C0E0 != 0x0080C0 || next&0x1E == 0 {
			break
		}
		points[j] = uint16(next<<6&0x7C0 | next>>8&0x3F)
		i, j = i+2, j+1
	}
	return i, j
}

func widenTwo(points []uint16, text []byte) int {
	i := 0
	for 2*i <= len(text)-8 && i <= len(points)-4 {
		word := load8(text[2*i:])
		wrong := word&(0xC0E0*lanes) ^ 0x80C0*lanes
		wrong |= ^(word&(0x1E*lanes) + 0x7FFE*lanes) & topUnits // longer than it has to be
		store(points[i:], word<<6&(0x7C0*lanes)|word>>8&(0x3F*lanes))
		if wrong != 0 {
			return i + empty(wrong)
		}
		i += 4
	}
	return i
}

func widenThree(points []uint16, text []byte) int {
	n := 0
	for i := 0; i <= len(text)-4 && n < len(points); i += 3 {
		word := binary.LittleEndian.Uint32(text[i:])
		unit := uint16(word<<12 | word>>2&0xFC0 | word>>16&0x3F)
		if word&0xC0C0F0 != 0x8080E0 || unit < 0x800 || utf16.IsSurrogate(rune(unit)) {
			break
		}
		points[n] = unit
		n++
	}
	return n
}

// widenFirst writes the first character, if it is one.
func widenFirst(points []uint16, text []byte) (read, written int) {
	char, size := utf8.DecodeRune(text)
	switch {
	case char == utf8.RuneError && size == 1:
		return 0, 0
	case char < 0x10000:
		points[0] = uint16(char)
		return size, 1
	}
	high, low := utf16.EncodeRune(char)
	points[0], points[1] = uint16(high), uint16(low)
	return size, 2
}

// utf16Length is how many units the characters of a text take: one for each byte
// that begins one, and one more for each of four bytes. What is not UTF-8 takes no
// fewer, up to where that is found out.
func utf16Length(text []byte) int {
	n, i := len(text), 0
	for ; i <= len(text)-16; i += 16 {
		a, b := load8(text[i:]), load8(text[i+8:])
		n -= bits.OnesCount64(a&^(a<<1)&topBytes | b&^(b<<1)&topBytes>>1)
		a, b = a&(a<<1)&(a<<2)&(a<<3)&topBytes, b&(b<<1)&(b<<2)&(b<<3)&topBytes
		if a|b != 0 {
			n += bits.OnesCount64(a | b>>1)
		}
	}
	for _, c := range text[i:] {
		switch {
		case c >= 0xF0:
			n++
		case c&0xC0 == 0x80:
			n--
		}
	}
	return n
}

// isASCII reports whether there is no other character in a text.
func isASCII(text []byte) bool {
	for ; len(text) >= 32; text = text[32:] {
		if (load8(text)|load8(text[8:])|load8(text[16:])|load8(text[24:]))&topBytes != 0 {
			return false
		}
	}
	for _, c := range text {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
