package runtime

import (
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

const replacement = "\uFFFD"

// decodePieceUTF8 returns how UTF-8 is decoded.
func decodePieceUTF8(js *goja.Runtime) func([]byte, bool, bool) (goja.Value, []byte, bool) {
	return func(bytes []byte, more, fatal bool) (text goja.Value, rest []byte, ok bool) {
		if more {
			bytes, rest = cutIncomplete(bytes)
		}
		if utf8.Valid(bytes) {
			return js.ToValue(string(bytes)), rest, true
		}
		if fatal {
			return nil, nil, false
		}
		return js.ToValue(decodeUTF8(bytes)), rest, true
	}
}

// cutIncomplete cuts off a character at the end that more bytes could complete.
func cutIncomplete(bytes []byte) (whole, rest []byte) {
	for n := 1; n <= min(3, len(bytes)); n++ {
		end := bytes[len(bytes)-n:]
		if utf8.RuneStart(end[0]) {
			if end[0] >= 0xc2 && end[0] <= 0xf4 && !utf8.FullRune(end) {
				return bytes[:len(bytes)-n], end
			}
			break
		}
	}
	return bytes, nil
}

// decodeUTF8 replaces what is wrong as the web does: once for as many bytes as
// could have begun a character. Go would replace each of them.
func decodeUTF8(bytes []byte) string {
	if utf8.Valid(bytes) {
		return string(bytes)
	}
	var b strings.Builder
	b.Grow(len(bytes))
	for len(bytes) > 0 {
		char, size := utf8.DecodeRune(bytes)
		if char != utf8.RuneError || size > 1 {
			b.Write(bytes[:size])
		} else {
			b.WriteString(replacement)
			size = begun(bytes)
		}
		bytes = bytes[size:]
	}
	return b.String()
}

// begun is how many bytes at the start of wrong ones begin a character.
func begun(bytes []byte) int {
	n := 1
	for n < len(bytes) && n < 4 && !utf8.FullRune(bytes[:n]) {
		n++
	}
	// The last one is what made it wrong, unless they just end.
	if n > 1 && utf8.FullRune(bytes[:n]) {
		n--
	}
	return n
}

// decodePieceUTF16 returns how UTF-16 is decoded whose low byte is at an offset.
func decodePieceUTF16(low int) func([]byte, bool, bool) (goja.Value, []byte, bool) {
	return func(bytes []byte, more, fatal bool) (text goja.Value, rest []byte, ok bool) {
		whole := len(bytes) &^ 1
		odd := whole < len(bytes)
		units := make([]uint16, 0, whole/2+1)
		for i := 0; i < whole; i += 2 {
			units = append(units, uint16(bytes[i+low])|uint16(bytes[i+1-low])<<8)
		}
		if more && len(units) > 0 && units[len(units)-1]&0xfc00 == 0xd800 {
			units, whole = units[:len(units)-1], whole-2
		}
		alone := len(units) > 0 && units[len(units)-1]&0xfc00 == 0xd800
		repaired := repairUTF16(units)
		if !more && odd && !alone { // with what stands alone it is one fault
			units, repaired = append(units, utf8.RuneError), true
		}
		if more {
			rest = bytes[whole:]
		}
		return goja.StringFromUTF16(units), rest, !fatal || !repaired
	}
}

// repairUTF16 replaces what is half of a pair, and reports whether there was any.
func repairUTF16(units []uint16) (repaired bool) {
	for i := 0; i < len(units); i++ {
		switch {
		case units[i]&0xf800 != 0xd800:
		case units[i]&0xfc00 == 0xd800 && i+1 < len(units) && units[i+1]&0xfc00 == 0xdc00:
			i++
		default:
			units[i], repaired = utf8.RuneError, true
		}
	}
	return repaired
}
