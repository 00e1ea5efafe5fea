package inspect

import (
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// maxDigits bounds the bits of a bigint that is shown in full.
const maxDigits = 1 << 18

// primitive shows what is no object, and a string bare.
func primitive(v goja.Value) string {
	switch v := v.(type) {
	case nil:
		return "undefined"
	case *goja.Symbol:
		return "Symbol(" + cut(v.String(), maxText) + ")"
	case goja.String:
		return textOf(v, maxText)
	}
	switch {
	case goja.IsBigInt(v):
		return bigintText(v)
	case goja.IsNumber(v) && v.ToFloat() == 0 && math.Signbit(v.ToFloat()):
		return "-0"
	}
	return v.String()
}

func bigintText(v goja.Value) string {
	if n, ok := v.Export().(*big.Int); ok && n.BitLen() > maxDigits {
		return fmt.Sprintf("<bigint of %d bits>", n.BitLen())
	}
	return v.String() + "n"
}

// nestedPrimitive shows what is no object: a string is quoted, cut if it is
// very long, and broken at its line ends if it would overflow its line.
func (p *printer) nestedPrimitive(v goja.Value) string {
	s, ok := v.(goja.String)
	if !ok {
		return primitive(v)
	}
	trailer := ""
	if n := s.Length() - maxText; n > 0 {
		s, trailer = s.Substring(0, maxText), more(n, "character")
	}
	if s.Length() > 16 && s.Length() > p.width-p.indent-4 {
		if lines := strings.SplitAfter(s.String(), "\n"); len(lines) > 1 {
			return p.quotedLines(lines) + trailer
		}
	}
	return quoted(s) + trailer
}

// quotedLines joins the lines of a string as source code would.
func (p *printer) quotedLines(lines []string) string {
	if lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	for i, line := range lines {
		lines[i] = quotedText(line)
	}
	return strings.Join(lines, " +\n"+strings.Repeat(" ", p.indent+2))
}

// more says how many things have been left out.
func more(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("... %d more %s", n, what)
}

// textOf is the beginning of s, at most limit UTF-16 units of it.
func textOf(s goja.String, limit int) string {
	if s.Length() > limit {
		s = s.Substring(0, limit)
	}
	return s.String()
}

// cut is s, at most limit bytes of it.
func cut(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	end := limit
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + more(len(s)-end, "byte")
}

// quoted is s as source code, also where it holds halves of surrogate pairs.
func quoted(s goja.String) string {
	text := s.String()
	if !strings.ContainsRune(text, utf8.RuneError) {
		return quotedText(text)
	}
	quote := quoteFor(text)
	var b strings.Builder
	b.WriteByte(quote)
	for i := 0; i < s.Length(); i++ {
		r := rune(s.CharAt(i))
		if utf16.IsSurrogate(r) && i+1 < s.Length() {
			if whole := utf16.DecodeRune(r, rune(s.CharAt(i+1))); whole != utf8.RuneError {
				r = whole
				i++
			}
		}
		writeEscaped(&b, r, quote)
	}
	b.WriteByte(quote)
	return b.String()
}

func quotedText(s string) string {
	quote := quoteFor(s)
	var b strings.Builder
	b.Grow(len(s) + 2)
	b.WriteByte(quote)
	for _, r := range s {
		writeEscaped(&b, r, quote)
	}
	b.WriteByte(quote)
	return b.String()
}

// quoteFor chooses the quote that spares escapes, the single one if it can.
func quoteFor(s string) byte {
	switch {
	case !strings.Contains(s, "'"):
		return '\''
	case !strings.Contains(s, `"`):
		return '"'
	case !strings.ContainsAny(s, "`") && !strings.Contains(s, "${"):
		return '`'
	}
	return '\''
}

var escapes = map[rune]string{
	'\b': `\b`, '\t': `\t`, '\n': `\n`, '\f': `\f`, '\r': `\r`, '\\': `\\`,
}

func writeEscaped(b *strings.Builder, r rune, quote byte) {
	switch {
	case r == rune(quote):
		b.WriteByte('\\')
		b.WriteRune(r)
	case r >= ' ' && r < 0x7f && r != '\\':
		b.WriteByte(byte(r))
	case escapes[r] != "":
		b.WriteString(escapes[r])
	case r < ' ' || r >= 0x7f && r < 0xa0:
		fmt.Fprintf(b, `\x%02X`, r)
	case utf16.IsSurrogate(r):
		b.WriteString(`\u` + strconv.FormatInt(int64(r), 16))
	default:
		b.WriteRune(r)
	}
}
