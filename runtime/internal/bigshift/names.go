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

// Concerns reports whether the operators of a script are to be looked after: it
// seems to use bigints, or it may require modules that do while it runs.
func Concerns(code string) bool { return Names(code) || hasWord(code, "require") }

// hasWord reports whether a word stands in a code by itself.
func hasWord(code, word string) bool {
	for at := 0; ; at++ {
		next := strings.Index(code[at:], word)
		if next < 0 {
			return false
		}
		at += next
		end := at + len(word)
		if (at == 0 || !isWord(code[at-1])) && (end == len(code) || !isWord(code[end])) {
			return true
		}
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

// isWord reports whether a byte can be part of a name. Of what isn't ASCII, some
// is white space; a name with the rest only seems to end there.
func isWord(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

var (
	// operator matches what may shift or raise bigints, and comments.
	operator = regexp.MustCompile(`>>>=?|/\*\*|\*\*/|<<=?|>>=?|\*\*=?`)

	// smallShift and smallPower match right sides that are a small number, with
	// what must follow to show that they are no more than that.
	smallShift = regexp.MustCompile(`^\s*\d{1,6}n?\s*(?:[;:,)\]}&|^?=!]|$)`)
	smallPower = regexp.MustCompile(`^\s*(?:\d{1,6}|[0-3]n)\s*(?:[;:,)\]}&|^?=!<>+\-/%]|\*[^*]|$)`)
)
