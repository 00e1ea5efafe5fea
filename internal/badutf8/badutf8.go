// Package badutf8 finds what is not UTF-8 in a text. It has no state.
package badutf8

import (
	"encoding/binary"
	"unicode/utf8"
)

// Index returns the offset of the first byte of a text that is not UTF-8, or -1.
func Index(text []byte) int {
	for at := 0; at < len(text); {
		run := 0
		switch c := text[at]; {
		case c < utf8.RuneSelf:
			run = ascii(text[at:])
		case c < 0xE0:
			run = two(text[at:])
		case c < 0xF0:
			run = three(text[at:])
		}
		if at += run; run > 0 {
			continue
		}
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

// ascii, and the others, are how many bytes at the start of a text belong to
// characters of as many bytes each; at its end they may miss some.
func ascii(text []byte) int {
	at := 0
	for ; at <= len(text)-32; at += 32 {
		t := text[at : at+32]
		if (load(t)|load(t[8:])|load(t[16:])|load(t[24:]))&(0x80*bytes) != 0 {
			break
		}
	}
	for at < len(text) && text[at] < utf8.RuneSelf {
		at++
	}
	return at
}

func two(text []byte) int {
	at := 0
	for ; at <= len(text)-8; at += 8 {
		word := load(text[at:])
		marks, short := word&(0xC0E0*pairs)^0x80C0*pairs, ^(word&(0x1E*pairs)+0x7FFE*pairs)&(0x8000*pairs)
		if marks|short != 0 {
			break
		}
	}
	for at < len(text)-1 && text[at] >= 0xC2 && text[at] < 0xE0 && text[at+1]&0xC0 == 0x80 {
		at += 2
	}
	return at
}

func three(text []byte) int {
	at := 0
	for ; at <= len(text)-4; at += 3 {
		word := binary.LittleEndian.Uint32(text[at:])
		first := word & 0x200F // zero where less would do, 0x200D for half of a pair
		if word&0xC0C0F0 != 0x8080E0 || first == 0 || first == 0x200D {
			break
		}
	}
	return at
}

// Times a byte, or two, they stand in all places of a word.
const (
	bytes = 0x0101_0101_0101_0101
	pairs = 0x0001_0001_0001_0001
)

func load(text []byte) uint64 { return binary.LittleEndian.Uint64(text) }
