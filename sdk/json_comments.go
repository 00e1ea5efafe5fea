package sdk

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/evanw/esbuild/pkg/api"
)

// withoutComments makes JSON of what may have a byte order mark, comments, and
// commas before closing brackets: blanks take their place, so offsets don't
// change.
func withoutComments(source []byte) []byte {
	plain := bytes.Clone(source)
	if bytes.HasPrefix(plain, []byte("\ufeff")) {
		copy(plain, "   ")
	}
	comma := -1 // the last one, if nothing came after it
	for at := 0; at < len(plain); at++ {
		switch c := plain[at]; {
		case c == '"':
			at = endOfString(plain, at)
			comma = -1
		case c == '/' && at+1 < len(plain) && (plain[at+1] == '/' || plain[at+1] == '*'):
			end := endOfComment(plain, at)
			blank(plain[at:end])
			at = end - 1
		case c == ',':
			comma = at
		case (c == '}' || c == ']') && comma >= 0:
			plain[comma] = ' '
			comma = -1
		case c != ' ' && c != '\t' && c != '\r' && c != '\n':
			comma = -1
		}
	}
	return plain
}

// endOfString is the offset of the closing quote of a string.
func endOfString(text []byte, at int) int {
	for at++; at < len(text) && text[at] != '"'; at++ {
		if text[at] == '\\' {
			at++
		}
	}
	return at
}

func endOfComment(text []byte, at int) int {
	end, marker := -1, "\n"
	if text[at+1] == '*' {
		marker = "*/"
	}
	if end = bytes.Index(text[at+2:], []byte(marker)); end < 0 {
		return len(text)
	}
	return at + 2 + end + len(marker)
}

func blank(text []byte) {
	for i, c := range text {
		if c != '\n' && c != '\r' {
			text[i] = ' '
		}
	}
}

// jsonFault is a message about what encoding/json refused in a file.
func jsonFault(file string, source []byte, err error) Message {
	at := 0
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		at = int(syntax.Offset) - 1
	} else if kind, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		at = int(kind.Offset) - 1
		err = errors.New("there must be an object")
	}
	at = min(max(at, 0), len(source))
	start := bytes.LastIndexByte(source[:at], '\n') + 1
	line, _, _ := bytes.Cut(source[start:], []byte("\n"))
	message := Message{
		File: file, Text: "this is not valid JSON: " + err.Error(), Line: bytes.Count(source[:start], []byte("\n")) + 1,
		Column: columnOf(&api.Location{Column: at - start, LineText: string(line)}),
	}
	if len(line) <= maxLineText {
		message.LineText = string(bytes.TrimRight(line, "\r"))
	}
	return message
}
