// Package badutf8 finds what is not UTF-8 in a text. It has no state.
package badutf8

import "unicode/utf8"

// Index returns the offset of the first byte of a text that is not UTF-8, or -1.
func Index(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}
