package guard

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// quote writes a string, in pieces between which it is bounded.
func (w *jsonWriter) quote(text goja.String) {
	all, ok := units.Of(text)
	if !ok {
		plain := text.String()
		if !utf8.ValidString(plain) {
			plain = string([]rune(plain))
		}
		w.quoteUTF8(plain)
		return
	}
	w.text = append(w.text, '"')
	for len(all) > 0 {
		n := min(len(all), longText)
		if n < len(all) && utf16.DecodeRune(rune(all[n-1]), rune(all[n])) != utf8.RuneError {
			n-- // or it would cut a pair
		}
		w.escapeUnits(all[:n])
		all = all[n:]
		w.bound()
	}
	w.text = append(w.text, '"')
}

// quoteUTF8 is quote for UTF-8.
func (w *jsonWriter) quoteUTF8(text string) {
	w.text = append(w.text, '"')
	for len(text) > 0 {
		n := min(len(text), longText)
		for n < len(text) && !utf8.RuneStart(text[n]) {
			n++
		}
		w.escapeUTF8(text[:n])
		text = text[n:]
		w.bound()
	}
	w.text = append(w.text, '"')
}

func (w *jsonWriter) escapeUTF8(text string) {
	begin := 0
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' {
			w.text = append(w.text, text[begin:i]...)
			w.escape(uint16(c))
			begin = i + 1
		}
	}
	w.text = append(w.text, text[begin:]...)
}

func (w *jsonWriter) escapeUnits(all []uint16) {
	for i := 0; i < len(all); i++ {
		switch u := all[i]; {
		case u < ' ' || u == '"' || u == '\\':
			w.escape(u)
		case u < utf8.RuneSelf:
			w.text = append(w.text, byte(u))
		case !utf16.IsSurrogate(rune(u)):
			w.text = utf8.AppendRune(w.text, rune(u))
		default:
			pair := utf8.RuneError
			if i+1 < len(all) {
				pair = utf16.DecodeRune(rune(u), rune(all[i+1]))
			}
			if pair == utf8.RuneError {
				w.escape(u)
				continue
			}
			w.text = utf8.AppendRune(w.text, pair)
			i++
		}
	}
}

// escape writes a unit that JSON doesn't have as it is.
func (w *jsonWriter) escape(u uint16) {
	const hex = "0123456789abcdef"
	short := byte(0)
	switch u {
	case '"', '\\':
		short = byte(u)
	case '\b':
		short = 'b'
	case '\t':
		short = 't'
	case '\n':
		short = 'n'
	case '\f':
		short = 'f'
	case '\r':
		short = 'r'
	default:
		w.text = append(w.text, '\\', 'u', hex[u>>12], hex[u>>8&0xF], hex[u>>4&0xF], hex[u&0xF])
		return
	}
	w.text = append(w.text, '\\', short)
}
