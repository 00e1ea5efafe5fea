package runtime

import (
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// utf8Of is a JavaScript string in UTF-8; a surrogate without a partner becomes
// U+FFFD, as goja has it. goja's own conversion goes through a slice of runes,
// which takes four times as long and eight times the memory.
func utf8Of(text goja.String) string {
	points, ok := units.Of(text)
	if !ok {
		return text.String() // no copy
	}
	text8 := appendUTF8(make([]byte, 0, utf8Length(points)), points)
	return unsafe.String(unsafe.SliceData(text8), len(text8)) // nobody else has it
}

func appendUTF8(text []byte, units []uint16) []byte {
	for i := 0; i < len(units); i++ {
		unit := rune(units[i])
		switch {
		case unit < utf8.RuneSelf:
			text = append(text, byte(unit))
		case unit < 0x800:
			text = append(text, byte(0xC0|unit>>6), byte(0x80|unit&0x3F))
		case !utf16.IsSurrogate(unit):
			text = append(text, byte(0xE0|unit>>12), byte(0x80|unit>>6&0x3F), byte(0x80|unit&0x3F))
		default:
			pair := utf8.RuneError
			if i+1 < len(units) {
				pair = utf16.DecodeRune(unit, rune(units[i+1]))
			}
			if pair != utf8.RuneError {
				i++
			}
			text = utf8.AppendRune(text, pair)
		}
	}
	return text
}

// utf8Length is how many bytes the units take.
func utf8Length(units []uint16) (bytes int) {
	for i, unit := range units {
		switch {
		case unit < utf8.RuneSelf:
			bytes++
		case unit < 0x800:
			bytes += 2
		case utf16.IsSurrogate(rune(unit)) && i+1 < len(units) && utf16.DecodeRune(rune(unit), rune(units[i+1])) != utf8.RuneError:
			bytes++ // and three for its partner
		default:
			bytes += 3
		}
	}
	return bytes
}
