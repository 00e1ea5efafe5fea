package pattern

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/srcnexus/extrun/internal/lazyregexp"
)

// The engine that backtracks takes two classes for the same one if they differ
// only in surrogates: [\ud800-\udbff][\udc00-\udfff] never matches. So each class
// that has some gets characters of its own, which no text should contain, and
// which are excepted again. It makes classes of alternatives, too. And it never
// finds what it takes for the beginning of all matches, if that is a surrogate.

// firstMark is the first of 32 code points that are no characters. A class is
// marked by those that are the bits of its number.
const firstMark, anyMark = 0xfdd0, `[\ufdd0-\ufdef]`

// anywhere is nothing that has no beginning to be looked for.
const anywhere = `(?:\b\B[^])?`

const surrogateEscape = `\\u(?:[dD][89a-fA-F][0-9a-fA-F]{2}|\{0*[dD][89a-fA-F][0-9a-fA-F]{2}\})`

var (
	surrogate  = lazyregexp.New(surrogateEscape)
	aPart      = lazyregexp.New(`\[(?:\\(?s:.)|[^\]\\])*\]|` + surrogateEscape + `|\\(?s:.)`)
	mayHaveOne = lazyregexp.New(`\\[SWDPp]|\\u\{?0*[efEF][0-9a-fA-F]{3}\b|[\x{e000}-\x{ffff}]`)
)

// distinct marks the classes of a pattern without flag v; it reports false if
// there is no need to.
func distinct(source string, unicode bool) (string, bool) {
	if !unicode {
		source = halved(source)
	}
	if !surrogate().MatchString(source) {
		return "", false
	}
	choice := strings.Contains(source, "|")
	numbers := make(map[string]int)
	return aPart().ReplaceAllStringFunc(source, func(part string) string {
		switch {
		case !surrogate().MatchString(part) || mayHaveOne().MatchString(part) || !unicode && strings.Contains(part, `\u{`):
			return part
		case part[0] == '[':
		case unicode || !choice:
			return part
		default:
			part = "[" + part + "]"
		}
		if numbers[part] == 0 {
			numbers[part] = len(numbers) + 1
		}
		return marked(part, numbers[part])
	}), true
}

// marked is a class with the marks of a number.
func marked(class string, number int) string {
	var marks strings.Builder
	for bit := 0; number>>bit > 0; bit++ {
		if number>>bit&1 == 1 {
			fmt.Fprintf(&marks, `\u%04x`, firstMark+bit)
		}
	}
	if body, negated := strings.CutPrefix(class, "[^"); negated {
		return "(?:" + anyMark + "|[^" + marks.String() + body + ")"
	}
	return "(?:(?!" + anyMark + ")[" + marks.String() + class[1:] + ")"
}

// halved writes characters beyond U+FFFF as the two that they are without flags
// u and v.
func halved(source string) string {
	if strings.IndexFunc(source, func(c rune) bool { return c > 0xffff }) < 0 {
		return source
	}
	var out strings.Builder
	escaped := false
	for _, c := range source {
		if escaped && c <= 0xffff {
			out.WriteByte('\\')
		}
		switch high, low := utf16.EncodeRune(c); {
		case c > 0xffff:
			fmt.Fprintf(&out, `\u%04x\u%04x`, high, low)
		case c != '\\' || escaped:
			out.WriteRune(c)
		}
		escaped = c == '\\' && !escaped
	}
	if escaped {
		out.WriteByte('\\')
	}
	return out.String()
}
