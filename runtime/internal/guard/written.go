package guard

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/dop251/goja"
)

// A written is a rewritten regular expression as its author wrote it.
type written struct {
	source goja.String
	flags  string
}

// noteBegin begins a note in a pattern: a lookahead whose first alternative is
// empty, and therefore never gets to the other, which is the note.
const noteBegin = "(?=|"

// noted is a note of a pattern: its flags, and the units of its source as digits.
func noted(source goja.String, flags string) string {
	var out strings.Builder
	out.WriteString(noteBegin + sorted(flags) + "_")
	for i := range source.Length() {
		fmt.Fprintf(&out, "%04x", source.CharAt(i))
	}
	out.WriteByte(')')
	return out.String()
}

// written reads the note of a regular expression; ok is false if it has none.
func (d *dialect) written(o *goja.Object) (w written, ok bool) {
	if d.source == nil || !is(o, "RegExp") {
		return w, false
	}
	raw, err := d.source(o)
	d.must(err)
	note, ok := strings.CutPrefix(raw.String(), noteBegin)
	if !ok {
		return w, false
	}
	note, _, _ = strings.Cut(note, ")")
	flags, digits, ok := strings.Cut(note, "_")
	if !ok || len(digits)%4 != 0 {
		return w, false
	}
	units := make([]uint16, 0, len(digits)/4)
	for i := 0; i < len(digits); i += 4 {
		unit, err := strconv.ParseUint(digits[i:i+4], 16, 16)
		if err != nil {
			return w, false
		}
		units = append(units, uint16(unit))
	}
	return written{goja.StringFromUTF16(units), flags}, true
}

// escaped writes the pattern as it could stand between slashes.
func (w written) escaped() goja.String {
	if w.source.Length() == 0 {
		return goja.StringFromUTF16(utf16.Encode([]rune("(?:)")))
	}
	out := make([]uint16, 0, w.source.Length())
	inClass, escaped := false, false
	for i := range w.source.Length() {
		c := w.source.CharAt(i)
		if end, ok := lineEnds[c]; ok {
			if !escaped {
				out = append(out, '\\')
			}
			out = append(out, utf16.Encode([]rune(end))...)
			escaped = false
			continue
		}
		switch {
		case escaped:
		case c == '/' && !inClass:
			out = append(out, '\\')
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		}
		out = append(out, c)
		escaped = c == '\\' && !escaped
	}
	return goja.StringFromUTF16(out)
}

// lineEnds is how line ends are written after a \.
var lineEnds = map[uint16]string{'\n': "n", '\r': "r", 0x2028: "u2028", 0x2029: "u2029"}

// escapeSurrogates returns a pattern in which surrogates without a partner are
// escapes, which a Go string can hold.
func escapeSurrogates(source goja.String, flags string) string {
	escape := `\u%04x`
	if strings.ContainsAny(flags, "uv") {
		escape = `\u{%x}` // which makes no pair with what follows
	}
	var out strings.Builder
	for i := 0; i < source.Length(); i++ {
		c := rune(source.CharAt(i))
		if !utf16.IsSurrogate(c) {
			out.WriteRune(c)
			continue
		}
		if i+1 < source.Length() {
			if pair := utf16.DecodeRune(c, rune(source.CharAt(i+1))); pair != unicode.ReplacementChar {
				out.WriteRune(pair)
				i++
				continue
			}
		}
		fmt.Fprintf(&out, escape, c)
	}
	return out.String()
}
