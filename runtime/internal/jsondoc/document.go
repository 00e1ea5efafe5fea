package jsondoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/srcnexus/extrun/internal/badutf8"
)

// MaxDepth is how deep the arrays and objects of a document may nest.
const MaxDepth = 100

// A SyntaxError says why a text is not a JSON document. Line and Column count
// from one, Column in UTF-16 units.
type SyntaxError struct {
	Line, Column int
	Reason       string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Parse reads a document. A byte order mark in front is skipped. Its error is a
// [*SyntaxError].
func Parse(text []byte) (*Value, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if at := badutf8.Index(text); at >= 0 {
		return nil, syntaxError(text, at, fmt.Sprintf("this byte, 0x%02x, is not UTF-8: save the file in that encoding", text[at]))
	}
	if at := tooDeep(text); at >= 0 {
		return nil, syntaxError(text, at, fmt.Sprintf("arrays and objects nest more than %d levels deep", MaxDepth))
	}
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, explain(text, err)
	}
	r := reader{text: text, tokens: json.NewDecoder(bytes.NewReader(text))}
	r.tokens.UseNumber()
	return r.value(r.token()), nil
}

// tooDeep is where the brackets outside of strings nest too deep, or -1. It may
// be asked of any text.
func tooDeep(text []byte) int {
	depth, quoted := 0, false
	for at := 0; at < len(text); at++ {
		switch c := text[at]; {
		case quoted && c == '\\':
			at++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > MaxDepth {
				return at
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return -1
}

// explain finds the place of an error of encoding/json, whose offset is that
// behind the byte in question.
func explain(text []byte, err error) *SyntaxError {
	syntax, ok := errors.AsType[*json.SyntaxError](err)
	if !ok {
		return syntaxError(text, 0, err.Error())
	}
	at := min(max(int(syntax.Offset)-1, 0), len(text))
	reason := syntax.Error()
	if strings.HasPrefix(reason, "unexpected end") {
		return syntaxError(text, len(text), "it ends too early: a bracket or a quote is not closed")
	}
	return syntaxError(text, at, reason+hint(text, at))
}

// hint says more about the mistakes that people make who know JavaScript.
func hint(text []byte, at int) string {
	if at == len(text) {
		return ""
	}
	before := bytes.TrimRight(text[:at], " \t\r\n")
	switch c := text[at]; {
	case c == '/':
		return " (JSON has no comments)"
	case c == '\'':
		return " (JSON has double quotes only)"
	case (c == '}' || c == ']') && bytes.HasSuffix(before, []byte(",")):
		return " (the comma before it is one too many)"
	case c == '"' && len(before) > 0 && bytes.IndexByte([]byte(`"}]`), before[len(before)-1]) >= 0:
		return " (a comma is missing before it)"
	}
	return ""
}

func syntaxError(text []byte, at int, reason string) *SyntaxError {
	line, column := place(text, at)
	return &SyntaxError{Line: line, Column: column, Reason: reason}
}

// place is the line and column of an offset.
func place(text []byte, at int) (line, column int) {
	before := text[:min(at, len(text))]
	start := bytes.LastIndexByte(before, '\n') + 1
	column = 1
	for _, r := range string(before[start:]) {
		column++
		if r > 0xffff {
			column++
		}
	}
	return 1 + bytes.Count(before, []byte("\n")), column
}
