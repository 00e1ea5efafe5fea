// Package mapref finds the comments by which a compiled source names its source
// map. It reads nothing but the text that it is given, and has no state.
package mapref

import (
	"bytes"
	"encoding/base64"
	"iter"
	"net/url"
	"strings"
	"unicode"
)

// Marker is what makes a comment that begins with //# or /*# (or with @ in place
// of #) one that names a source map.
const Marker = " sourceMappingURL="

// All yields the references of a source in their order, each with the offset of
// its marker. It may take a string literal for a comment.
func All(source []byte) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for at := 0; ; {
			next := bytes.Index(source[at:], []byte(Marker))
			if next < 0 {
				return
			}
			marker := at + next
			at = marker + len(Marker)
			start := marker - len("//#")
			if start < 0 || !opensComment(source[start:]) {
				continue
			}
			if !yield(marker, reference(source[start:start+2], source[at:])) {
				return
			}
		}
	}
}

func opensComment(text []byte) bool {
	return text[0] == '/' && (text[1] == '/' || text[1] == '*') && (text[2] == '#' || text[2] == '@')
}

// reference is the part of a comment's rest that is the URL.
func reference(opening, rest []byte) string {
	if string(opening) == "/*" {
		rest, _, _ = bytes.Cut(rest, []byte("*/"))
	}
	if end := bytes.IndexFunc(rest, endsReference); end >= 0 {
		rest = rest[:end]
	}
	return string(rest)
}

func endsReference(r rune) bool {
	return r == '\ufeff' || r != '\u0085' && unicode.IsSpace(r)
}

// Data is the content of a reference that is a data URL, and reports whether it
// is one. The content is empty where it can't be decoded.
func Data(reference string) (content []byte, ok bool) {
	data, ok := strings.CutPrefix(reference, "data:")
	if !ok {
		return nil, false
	}
	head, body, _ := strings.Cut(data, ",")
	if strings.HasSuffix(head, ";base64") {
		content, err := base64.StdEncoding.DecodeString(body)
		if err != nil {
			content = nil
		}
		return content, true
	}
	text, _ := url.PathUnescape(body)
	return []byte(text), true
}

// Path is the path, with slashes, of a reference that names a file beside its
// source, or empty.
func Path(reference string) string {
	link, err := url.Parse(reference)
	if err != nil || link.Scheme != "" || link.Host != "" {
		return ""
	}
	return link.Path
}
