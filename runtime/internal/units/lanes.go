package units

import (
	"encoding/binary"
	"math/bits"
)

// Texts consist of runs of characters of one kind: of ASCII, of two bytes in
// UTF-8, or of three. So both directions go from run to run, and take several
// characters of one at a time: eight bytes of a word, or four units, each in a lane
// of a word. What a word has of the next run is written as well, and overwritten
// by that.
const (
	lanes    = 0x0001_0001_0001_0001 // times a unit, it is in all four
	topUnits = 0x8000 * lanes
	topBytes = 0x8080_8080_8080_8080
)

func load8(text []byte) uint64 { return binary.LittleEndian.Uint64(text) }

// load has the first four units in its lanes.
func load(points []uint16) uint64 {
	p := points[:4:4]
	return uint64(p[0]) | uint64(p[1])<<16 | uint64(p[2])<<32 | uint64(p[3])<<48
}

// store writes the units of the four lanes.
func store(points []uint16, word uint64) {
	p := points[:4:4]
	p[0], p[1], p[2], p[3] = uint16(word), uint16(word>>16), uint16(word>>32), uint16(word>>48)
}

// spread has each of four bytes in a lane.
func spread(four uint32) uint64 {
	word := uint64(four)
	word = (word | word<<16) & 0x0000_FFFF_0000_FFFF
	return (word | word<<8) & (0xFF * lanes)
}

// empty is how many lanes there are before the first that isn't zero.
func empty(word uint64) int { return bits.TrailingZeros64(word) / 16 }

// atLeast has the top bit of each lane whose unit is least or more. least is at
// most 0x8000.
func atLeast(word uint64, least uint64) uint64 {
	return (word&^topUnits + (0x8000-least)*lanes | word) & topUnits
}
