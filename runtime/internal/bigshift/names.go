package bigshift

import (
	"regexp"
	"strings"
)

// Names reports whether a script seems to use bigints: it has one of the words
// for what makes them, or a literal. It may take a text or a comment for that.
func Names(code string) bool {
	for _, word := range []string{"BigInt", "BigUint", "BigUInt"} {
		if strings.Contains(code, word) {
			return true
		}
	}
	for rest := 0; ; {
		next := strings.IndexByte(code[rest:], 'n')
		if next < 0 {
			return false
		}
		at := rest + next
		if endsLiteral(code, at) {
			return true
		}
		rest = at + 1
	}
}

// endsLiteral reports whether the n at a place may end a bigint.
func endsLiteral(code string, at int) bool {
	if at+1 < len(code) && isWord(code[at+1]) {
		return false
	}
	begin := at
	for begin > 0 && isWord(code[begin-1]) {
		begin--
	}
	return begin < at && code[begin] >= '0' && code[begin] <= '9'
}

// isWord reports whether a byte can be part of a name.
func isWord(c byte) bool {
	return c == '_' || c == '$' || c >= 0x80 || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

var (
	// operator matches what may shift or raise bigints, and comments.
	operator = regexp.MustCompile(`>>>=?|/\*\*|\*\*/|<<=?|>>=?|\*\*=?`)

	// smallShift and smallPower match right sides that are a small number, with
	// what must follow to show that they are no more than that.
	smallShift = regexp.MustCompile(`^\s*\d{1,6}n?\s*(?:[;:,)\]}&|^?=!]|$)`)
	smallPower = regexp.MustCompile(`^\s*\d{1,6}n?\s*(?:[;:,)\]}&|^?=!<>+\-/%]|\*[^*]|$)`)
)

// Hides reports whether a source that names bigints may shift or raise them by
// what is not a small number written there.
func Hides(code string) bool {
	if !Names(code) {
		return false
	}
	for _, found := range operator.FindAllStringIndex(code, -1) {
		small := smallShift
		switch code[found[0]:min(found[1], found[0]+2)] {
		case "/*", "*/":
			continue
		case "**":
			if small = smallPower; code[found[1]-1] == '/' {
				continue
			}
		}
		if code[found[0]:found[1]] != ">>>" && code[found[0]:found[1]] != ">>>=" && !small.MatchString(code[found[1]:]) {
			return true
		}
	}
	return false
}
