package nesting

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// keywords are the words after which an expression or a statement begins. Words
// that sloppy code may use as names (of, yield, await) are missing: taking a
// division for a regular expression could hide brackets.
var keywords = map[string]token{
	"if": head, "for": head, "while": head, "with": head,
	"else": statement, "do": statement, "try": statement, "finally": statement,
	"return": operator, "throw": operator, "case": operator, "default": operator,
	"typeof": operator, "void": operator, "delete": operator, "new": operator,
	"in": operator, "instanceof": operator, "extends": value,
}

// prefixes are names or operators, by context: a word right behind them makes
// them operators.
var prefixes = map[string]bool{"await": true, "yield": true, "async": true}

// word takes a name, keyword or number.
func (s *scanner) word() error {
	w := s.name()
	if s.member {
		s.put(value)
		return nil
	}
	if !continues(w) && (s.prev == value || s.prev == block) {
		s.ended = true // two values in a row are two statements
	}
	if w == "else" {
		s.ended = false
	}
	s.begin()
	t, reserved := keywords[w]
	switch {
	case reserved:
		s.put(t)
		return s.link()
	case prefixes[w] && s.beforeWord():
		s.put(operator)
		return s.link()
	}
	s.put(value)
	return nil
}

// continues reports whether w goes on with the statement of the value or block
// before it.
func continues(w string) bool {
	return w == "else" || w == "in" || w == "instanceof" || w == "extends"
}

// name takes the word at pos. A number takes its point along: no name follows
// that point, and the slash behind it divides.
func (s *scanner) name() string {
	start := s.pos
	number := s.src[start] >= '0' && s.src[start] <= '9'
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		if !isWord(c) && !(number && c == '.') || c >= utf8.RuneSelf && s.blank() > 0 {
			break
		}
		s.pos++
	}
	return s.src[start:s.pos]
}

// beforeWord reports whether pos is at blanks and a word behind them.
func (s *scanner) beforeWord() bool {
	rest := strings.TrimLeft(s.src[s.pos:], " \t\r\n")
	return rest != "" && isWord(rest[0])
}

// blank is the length of the blank or line end outside ASCII at pos, else 0.
func (s *scanner) blank() int {
	r, n := utf8.DecodeRuneInString(s.src[s.pos:])
	if unicode.IsSpace(r) || r == '\u2028' || r == '\u2029' || r == '\ufeff' {
		return n
	}
	return 0
}

// quoted takes a string literal. One that isn't closed ends with its line, as
// a parser would refuse it there.
func (s *scanner) quoted(quote byte) {
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case quote:
			s.pos++
			return
		case '\\':
			s.pos++
		case '\n', '\r':
			return
		}
	}
}

// backtick takes the beginning of a template.
func (s *scanner) backtick() error {
	if s.prev == value {
		if err := s.link(); err != nil {
			return err
		}
	}
	s.begin()
	s.pos++
	return s.template()
}

// template takes the text of a template up to its end or its next "${".
func (s *scanner) template() error {
	for ; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '`':
			s.pos++
			s.put(value)
			return nil
		case '\\':
			s.pos++
		case '$':
			if strings.HasPrefix(s.src[s.pos:], "${") {
				s.pos++
				return s.push(level{open: '$', after: operator})
			}
		}
	}
	return nil
}

// slash takes a comment, a regular expression or a division.
func (s *scanner) slash() error {
	rest := s.src[s.pos:]
	switch {
	case strings.HasPrefix(rest, "//"):
		s.line()
	case strings.HasPrefix(rest, "/*"):
		if i := strings.Index(rest[2:], "*/"); i >= 0 {
			s.pos += i + 4
		} else {
			s.pos = len(s.src)
		}
	case s.prev != value:
		s.begin()
		s.regexp()
		s.put(value)
	default:
		return s.punctuation('/')
	}
	return nil
}

// line skips what is left of the line.
func (s *scanner) line() {
	if i := strings.IndexAny(s.src[s.pos:], "\n\r\u2028\u2029"); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.src)
	}
}

// regexp takes a regular expression without its flags, which read as a name. A
// line end ends it, as a parser would refuse it there.
func (s *scanner) regexp() {
	inClass := false
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '\\':
			s.pos++
		case '[':
			inClass = true
		case ']':
			inClass = false
		case '/':
			if !inClass {
				s.pos++
				return
			}
		case '\n', '\r':
			return
		}
	}
}

// isWord reports whether c may be part of a name or number. Every byte of a
// letter outside ASCII counts.
func isWord(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ||
		c == '_' || c == '$' || c == '#' || c == '\\' || c >= utf8.RuneSelf
}
