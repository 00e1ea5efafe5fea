package sdk

import (
	"bytes"
	"fmt"
)

// maxNesting is how deep brackets may nest in a source. People and compilers
// stay below a hundred; the parsers of esbuild and goja recurse, and overflow
// the stack of the whole process at a few hundred thousand.
const maxNesting = 2000

// maxHidden bounds the opening brackets within literals and comments of one
// source. Telling a regular expression from a division needs a parser; where
// the scanner is wrong about it, code may look to it like a literal, and this
// keeps such code below what the parsers survive.
const maxHidden = 100_000

// maxChain bounds what nests without brackets: the operators and keywords
// between two places that end a statement or an operand list, as in !!!!x or
// a?b:a?b:c, and the elses of a source.
const maxChain = 20_000

// nestingRule is what a source breaks where tooDeep finds something.
var nestingRule = fmt.Sprintf("nests too deeply: at most %d brackets and %d operators without one may nest", maxNesting, maxChain)

// tooDeep returns the offset at which JavaScript, TypeScript or JSON nests too
// deeply to be parsed, or -1. It does not recurse, and it needs no valid source.
func tooDeep(source []byte) int {
	s := nestingScanner{source: source}
	for s.at < len(source) {
		if !s.step() {
			return min(s.at, len(source)-1)
		}
	}
	return -1
}

// A nestingScanner follows the brackets of a source outside of strings,
// comments, regular expressions and the text of templates.
type nestingScanner struct {
	source []byte
	at     int

	// open are the brackets that are open: ( [ { as themselves, $ for the {
	// of a template's ${, and c for the ( that follows if, for, while and with.
	open []byte

	hidden int // opening brackets within literals and comments
	chain  int // operators since the last separator
	elses  int

	// operand is set where a value has just ended, so that a slash divides;
	// control is set after if, for, while and with.
	operand, control bool
}

// step consumes a token. It reports whether the source is still shallow enough.
func (s *nestingScanner) step() bool {
	c := s.source[s.at]
	switch {
	case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		s.at++
		return true
	case c == '"' || c == '\'':
		s.skipTo(s.endOfString(c), true)
	case c == '`':
		s.template(s.at + 1)
	case c == '/':
		s.slash()
	case c == '(' || c == '[' || c == '{':
		s.openBracket(c)
	case c == ')' || c == ']' || c == '}':
		s.closeBracket(c)
	case isWordByte(c):
		s.word()
	default:
		s.operator(c)
	}
	return len(s.open) <= maxNesting && s.hidden <= maxHidden && max(s.chain, s.elses) <= maxChain
}

func (s *nestingScanner) openBracket(c byte) {
	if c == '(' && s.control {
		c = 'c'
	}
	s.open = append(s.open, c)
	s.at++
	s.operand, s.control, s.chain = false, false, s.chain+1
}

// closeBracket closes the innermost bracket of its kind. Those within, which
// nothing closed, were none: the scanner must have misread something.
func (s *nestingScanner) closeBracket(c byte) {
	s.at++
	s.operand, s.control = true, false
	for i := len(s.open) - 1; i >= 0; i-- {
		if !closes(s.open[i], c) {
			continue
		}
		opened := s.open[i]
		s.open = s.open[:i]
		switch opened {
		case '$':
			s.template(s.at)
		case 'c', '{':
			// A statement or a regular expression follows, rarely a division.
			s.operand = false
		}
		break
	}
	if c == '}' {
		s.chain = 0
	}
}

func closes(open, c byte) bool {
	switch c {
	case ')':
		return open == '(' || open == 'c'
	case ']':
		return open == '['
	}
	return open == '{' || open == '$'
}

// template skips the text of a template from the given offset to its end, or to
// the next expression in it.
func (s *nestingScanner) template(from int) {
	for i := from; i < len(s.source); i++ {
		switch s.source[i] {
		case '\\':
			i++
		case '`':
			s.skipTo(i+1, true)
			return
		case '$':
			if i+1 < len(s.source) && s.source[i+1] == '{' {
				s.skipTo(i+2, false)
				s.open = append(s.open, '$')
				return
			}
		}
	}
	s.skipTo(len(s.source), true)
}

// slash is a comment, a regular expression or a division.
func (s *nestingScanner) slash() {
	rest := s.source[s.at:]
	switch {
	case bytes.HasPrefix(rest, []byte("//")):
		s.skipComment("\n")
	case bytes.HasPrefix(rest, []byte("/*")):
		s.skipComment("*/")
	case s.operand:
		s.operator('/')
	default:
		if end := s.endOfRegExp(); end > 0 {
			s.skipTo(end, true)
			return
		}
		s.operator('/')
	}
}

func (s *nestingScanner) skipComment(end string) {
	operand, control := s.operand, s.control
	to := len(s.source)
	if i := bytes.Index(s.source[s.at+2:], []byte(end)); i >= 0 {
		to = s.at + 2 + i + len(end)
	}
	s.skipTo(to, operand)
	s.control = control
}

func (s *nestingScanner) operator(c byte) {
	s.at++
	if (c == '+' || c == '-') && s.at < len(s.source) && s.source[s.at] == c {
		s.at++ // ++ and -- leave it open whether a value has ended
		s.chain += 2
		return
	}
	s.operand, s.control = false, false
	s.chain++
	if c == ';' || c == ',' {
		s.chain = 0
	}
}

// word is an identifier, a keyword or a number.
func (s *nestingScanner) word() {
	start := s.at
	for s.at < len(s.source) && isWordByte(s.source[s.at]) {
		s.at++
	}
	s.operand, s.control = true, false
	if start > 0 && s.source[start-1] == '.' {
		return // a property may have any name
	}
	switch string(s.source[start:s.at]) {
	case "if", "for", "while", "with":
		s.control = true
		s.chain++
	case "else":
		s.operand = false
		s.elses++
	case "return", "typeof", "void", "delete", "await", "yield", "new", "in", "of", "instanceof",
		"do", "case", "throw", "extends":
		s.operand = false
		s.chain++
	}
}

// skipTo consumes a literal or a comment.
func (s *nestingScanner) skipTo(end int, operand bool) {
	end = min(end, len(s.source))
	for _, c := range s.source[min(s.at+1, end):end] {
		if c == '(' || c == '[' || c == '{' {
			s.hidden++
		}
	}
	s.at = end
	s.operand, s.control = operand, false
}

// endOfString is the offset behind a string, or the end of its line if nothing
// ends it there.
func (s *nestingScanner) endOfString(quote byte) int {
	for i := s.at + 1; i < len(s.source); i++ {
		switch s.source[i] {
		case '\\':
			i++
		case quote:
			return i + 1
		case '\n':
			return i
		}
	}
	return len(s.source)
}

// endOfRegExp is the offset behind a regular expression's body, or 0 if there
// is none on this line.
func (s *nestingScanner) endOfRegExp() int {
	class := false
	for i := s.at + 1; i < len(s.source); i++ {
		switch c := s.source[i]; {
		case c == '\\':
			i++
		case c == '\n':
			return 0
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '/' && !class:
			return i + 1
		}
	}
	return 0
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '#' || c >= 0x80
}
