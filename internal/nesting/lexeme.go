package nesting

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word takes a name, keyword or number.
func (s *scanner) word() {
	w := s.name()
	if s.member {
		s.put(value)
		return
	}
	if !continues(w) {
		s.restart()
	}
	if w == "else" {
		s.ended = false
	}
	s.begin()
	s.keyword(w)
}

// restart is called for a word or literal. Behind a value on an earlier line or
// behind a brace it begins a statement.
func (s *scanner) restart() {
	if s.prev == block || s.prev == value && (s.newline || s.brace) {
		s.ended = true
		s.endList()
	}
}

func (s *scanner) keyword(w string) {
	switch w {
	case "if", "for", "while", "with":
		s.put(head)
		s.link(1)
	case "else", "do", "try", "finally":
		s.put(statement)
		s.link(1)
	case "return", "throw", "case", "default", "typeof", "void", "delete", "new", "in", "instanceof", "extends":
		s.put(operator)
		s.link(1)
	case "function", "class":
		s.put(naming)
		s.link(8)
	case "var", "let", "const":
		s.put(naming)
		if top := s.top(); top.after != value || len(s.levels) == 1 {
			top.list = true
		}
	case "await", "yield", "async", "of", "as", "satisfies", "is", "asserts", "keyof", "infer", "readonly", "unique":
		s.contextual(w)
	default:
		if s.prev == value {
			s.link(1) // only words that mean something to TypeScript follow one another
		}
		s.put(value)
	}
}

// contextual takes a word that is a name or an operator: another word right
// behind it makes it an operator.
func (s *scanner) contextual(w string) {
	rest := strings.TrimLeft(s.src[s.pos:], " \t\r\n")
	switch {
	case w == "await" && s.prev == head: // for await (
		return
	case rest != "" && isWord(rest[0]):
		s.put(operator)
	default:
		if slashFollows(rest) {
			s.doubt()
		}
		s.put(value)
	}
	s.link(1)
}

// continues reports whether w goes on with the statement of the value or block
// before it.
func continues(w string) bool {
	return w == "else" || w == "in" || w == "instanceof" || w == "extends" || w == "as" || w == "satisfies"
}

// name takes the word at pos. A number takes its point along: no name follows
// that point, and the slash behind it divides.
func (s *scanner) name() string {
	start := s.pos
	number := s.src[start] >= '0' && s.src[start] <= '9'
	for s.pos < len(s.src) {
		c := s.src[s.pos]
		if !isASCIIWord[c] && !(number && c == '.') && (c < utf8.RuneSelf || s.blank() > 0) {
			break
		}
		s.pos++
	}
	return s.src[start:s.pos]
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
	first := s.prev == statement && s.top().open == '{'
	s.restart()
	s.begin()
	start := s.pos
	s.pos = stringEnd(s.src, s.pos+1, quote)
	s.skipped(start)
	s.put(value)
	// No statement begins with a string and a colon: this is an object.
	if first && strings.HasPrefix(strings.TrimLeft(s.src[s.pos:], " \t\r\n"), ":") {
		s.top().list = true
	}
}

func stringEnd(src string, at int, quote byte) int {
	for ; at < len(src); at++ {
		switch src[at] {
		case quote:
			return at + 1
		case '\\':
			at++
			if strings.HasPrefix(src[min(at, len(src)):], "\r\n") {
				at++
			}
		case '\n', '\r':
			return at
		}
	}
	return len(src)
}

// skipped counts the brackets of the literal or comment from start to pos,
// unless it certainly is one.
func (s *scanner) skipped(start int) {
	if s.clarity == certain {
		return
	}
	for i := start + 1; i < min(s.pos, len(s.src)); i++ {
		if c := s.src[i]; c == '(' || c == '[' || c == '{' {
			s.hide()
		}
	}
}

// backtick takes the beginning of a template.
func (s *scanner) backtick() {
	if s.prev == value {
		s.link(1)
	}
	s.begin()
	s.pos++
	s.template()
}

// template takes the text of a template up to its end or its next "${".
func (s *scanner) template() {
	start := s.pos - 1
	for ; s.pos < len(s.src); s.pos++ {
		switch s.src[s.pos] {
		case '`':
			s.pos++
			s.skipped(start)
			s.put(value)
			return
		case '\\':
			s.pos++
		case '$':
			if strings.HasPrefix(s.src[s.pos:], "${") {
				s.skipped(start)
				s.pos++
				s.push(level{open: '$', after: operator})
				return
			}
		}
	}
	s.skipped(start)
}

// isASCIIWord tells of a byte whether it may be part of a name or number.
var isASCIIWord = [256]bool{
	'a': true, 'b': true, 'c': true, 'd': true, 'e': true, 'f': true, 'g': true, 'h': true, 'i': true, 'j': true, 'k': true, 'l': true, 'm': true,
	'n': true, 'o': true, 'p': true, 'q': true, 'r': true, 's': true, 't': true, 'u': true, 'v': true, 'w': true, 'x': true, 'y': true, 'z': true,
	'A': true, 'B': true, 'C': true, 'D': true, 'E': true, 'F': true, 'G': true, 'H': true, 'I': true, 'J': true, 'K': true, 'L': true, 'M': true,
	'N': true, 'O': true, 'P': true, 'Q': true, 'R': true, 'S': true, 'T': true, 'U': true, 'V': true, 'W': true, 'X': true, 'Y': true, 'Z': true,
	'0': true, '1': true, '2': true, '3': true, '4': true, '5': true, '6': true, '7': true, '8': true, '9': true, '_': true, '$': true, '#': true,
	'\\': true,
}

// isWord is isASCIIWord for sources in any alphabet.
func isWord(c byte) bool { return isASCIIWord[c] || c >= utf8.RuneSelf }
