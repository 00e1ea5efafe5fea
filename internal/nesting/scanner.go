package nesting

import (
	"strings"
	"unicode/utf8"
)

// A token tells what the one before the current position was: that decides
// what a slash and a brace mean.
type token uint8

const (
	operator  token = iota // anything after which an expression begins
	statement              // after which a statement begins: the start, ; else => and the end of a head
	block                  // the end of a block or body: what follows is a statement, or goes on with the expression whose body it was
	value                  // after which an expression has ended
	head                   // if, for, while, with: the parenthesis to come is no value
)

// A level is one open bracket, and at the bottom the source as a whole.
type level struct {
	open  byte  // the bracket; '$' for "${"
	after token // what closing it leaves behind
	chain int   // operators since the last statement or list element began
}

type scanner struct {
	src    string
	pos    int
	limit  int
	prev   token
	member bool // the token before was a dot: keywords are names now
	ended  bool // a statement ended: only "else" continues its chain
	levels []level
	chain  int // operators in all of levels
}

func (s *scanner) run() error {
	if strings.HasPrefix(s.src, "#!") {
		s.line()
	}
	for s.pos < len(s.src) {
		if err := s.token(); err != nil {
			return err
		}
	}
	return nil
}

// token takes the token at pos, and leaves pos behind it.
func (s *scanner) token() error {
	switch c := s.src[s.pos]; {
	case c <= ' ':
		s.pos++
		return nil
	case c >= utf8.RuneSelf && s.blank() > 0:
		s.pos += s.blank()
		return nil
	case isWord(c):
		return s.word()
	case c == '"' || c == '\'':
		s.begin()
		s.quoted(c)
		s.put(value)
		return nil
	case c == '`':
		return s.backtick()
	case c == '/':
		return s.slash()
	case c == '(' || c == '[' || c == '{':
		return s.open(c)
	case c == ')' || c == ']' || c == '}':
		return s.close()
	default:
		return s.punctuation(c)
	}
}

// put records t as the token before pos.
func (s *scanner) put(t token) {
	s.prev, s.member = t, false
}

// top is the innermost open level. It is valid until the next one is opened.
func (s *scanner) top() *level {
	return &s.levels[len(s.levels)-1]
}

// begin is called for each token that isn't "else": if the statement before has
// ended, so has its chain.
func (s *scanner) begin() {
	if s.ended {
		s.ended = false
		s.chain -= s.top().chain
		s.top().chain = 0
	}
}

// link counts one more operator of the expression or statement.
func (s *scanner) link() error {
	s.top().chain++
	if s.chain++; s.chain > s.limit*chainFactor {
		return s.tooDeep(s.limit*chainFactor, true)
	}
	return nil
}

func (s *scanner) tooDeep(limit int, chain bool) error {
	before := s.src[:min(s.pos, len(s.src))]
	return &TooDeep{
		Limit:  limit,
		Line:   strings.Count(before, "\n") + 1,
		Column: len(before) - strings.LastIndexByte(before, '\n'),
		Chain:  chain,
	}
}

func (s *scanner) open(c byte) error {
	l := level{open: c, after: value}
	switch {
	case c == '(' && s.prev == head:
		l.after = statement
	case c == '{' && s.prev != operator:
		l.after = block
	}
	// A call or an index behind a value is a link of its chain; any other
	// bracket may begin a statement.
	if s.prev == value && c != '{' {
		if err := s.link(); err != nil {
			return err
		}
	}
	s.begin()
	return s.push(l)
}

func (s *scanner) push(l level) error {
	s.levels = append(s.levels, l)
	if len(s.levels)-1 > s.limit {
		return s.tooDeep(s.limit, false)
	}
	s.pos++
	s.put(operator)
	if l.after == block {
		s.put(statement)
	}
	return nil
}

func (s *scanner) close() error {
	s.pos++
	s.ended = false
	if len(s.levels) == 1 {
		s.put(value)
		return nil
	}
	closed := *s.top()
	s.levels = s.levels[:len(s.levels)-1]
	s.chain -= closed.chain
	s.put(closed.after)
	if closed.open == '$' {
		return s.template()
	}
	return nil
}

func (s *scanner) punctuation(c byte) error {
	switch c {
	case ';', ',':
		s.pos++
		s.put(operator)
		if c == ';' {
			s.put(statement)
		}
		s.ended = true
		return nil
	case '=':
		if strings.HasPrefix(s.src[s.pos:], "=>") {
			s.pos += 2
			s.put(statement) // a brace after it is a body, and a slash begins an expression
			return s.link()
		}
	case '+', '-':
		if s.pos+1 < len(s.src) && s.src[s.pos+1] == c {
			s.begin()
			s.pos += 2 // before or behind a value: what comes next is as it was
			return s.link()
		}
	case '.':
		if strings.HasPrefix(s.src[s.pos:], "...") {
			s.begin()
			s.pos += 3
			s.put(operator)
			return s.link()
		}
	}
	s.begin()
	s.pos++
	s.put(operator)
	s.member = c == '.'
	return s.link()
}
