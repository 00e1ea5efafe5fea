package nesting

import "strings"

// open takes an opening bracket.
func (s *scanner) open(c byte) {
	l := level{open: c, after: value, list: c == '['}
	switch {
	case c == '(' && s.prev == head:
		l.after = statement
	case c == '(':
		l.list = s.prev == value
	case c == '{' && s.prev != operator:
		l.after = block
	case c == '{':
		l.list = true
	}
	// A call or an index behind a value is a link of its chain; any other
	// bracket may begin a statement.
	if s.prev == value && c != '{' {
		s.link(1)
	}
	s.begin()
	s.push(l)
}

func (s *scanner) push(l level) {
	if s.clarity == unclear {
		s.hide()
	}
	l.from = s.pos
	s.levels = append(s.levels, l)
	if len(s.levels)-1 > s.limit {
		s.refuse(Brackets)
	}
	s.spend(max(0, s.chain+len(s.levels)-shallow))
	s.pos++
	s.put(operator)
	if l.after == block {
		s.put(statement)
	}
}

// close takes a closing bracket, of whatever kind: where the kinds differ, the
// parser stops.
func (s *scanner) close() {
	brace := s.src[s.pos] == '}'
	s.pos++
	s.ended = false
	if len(s.levels) == 1 {
		s.put(value)
		s.brace = brace
		return
	}
	closed := *s.top()
	s.endChain()
	s.levels = s.levels[:len(s.levels)-1]
	s.reread(closed)
	s.put(closed.after)
	s.brace = brace
	if closed.open == '$' {
		s.template()
	}
}

// reread counts what a parser reads again after a bracket that was closed: once
// it sees an arrow, it goes back to read parameters in what was parentheses. So
// the time doubles with each arrow in the parameters of another.
func (s *scanner) reread(closed level) {
	again := closed.again
	if closed.open == '(' && arrowFollows(s.src[s.pos:]) {
		again += again + s.pos - closed.from
	}
	top := s.top()
	if top.again += again; top.again > maxAgain+len(s.src) {
		s.refuse(Arrows)
	}
}

// arrowFollows reports whether the first token of rest is an arrow.
func arrowFollows(rest string) bool {
	for {
		rest = strings.TrimLeft(rest, " \t\r\n")
		if !strings.HasPrefix(rest, "/*") {
			return strings.HasPrefix(rest, "=>")
		}
		end := strings.Index(rest[2:], "*/")
		if end < 0 {
			return false
		}
		rest = rest[end+4:]
	}
}

func (s *scanner) punctuation(c byte) {
	rest := s.src[s.pos:]
	switch {
	case c == ';':
		s.semicolon()
		return
	case c == ',':
		s.comma()
		return
	case c == '<' && strings.HasPrefix(rest, "<!--"), c == '<' && s.prev != value && !s.shifts():
		s.doubt() // a comment as in HTML, JSX, or a cast
	case c == '=' && strings.HasPrefix(rest, "=>"):
		s.pos += 2
		s.put(statement) // a brace after it is a body, and a slash begins an expression
		s.arrow()
		return
	case (c == '+' || c == '-') && len(rest) > 1 && rest[1] == c:
		s.twice(rest)
		return
	case c == '.' && strings.HasPrefix(rest, "..."):
		s.begin()
		s.pos += 3
		s.put(operator)
		s.link(1)
		return
	}
	s.begin()
	s.operator(c)
}

// operator takes one character of an operator.
func (s *scanner) operator(c byte) {
	after, before := s.src[s.pos+1:], s.prev
	s.pos++
	s.put(operator)
	s.member = c == '.'
	s.link(1)
	// In TypeScript a value may end here: the slash after x! divides, and that
	// after f<T> does one or the other.
	if (c == '>' || c == '!' && before == value) && slashFollows(after) {
		s.doubt()
	}
}

// shifts reports whether the < at pos is the second one of an operator.
func (s *scanner) shifts() bool { return s.pos > 0 && s.src[s.pos-1] == '<' }

// twice takes ++ and --, before or behind a value: what comes next is as it was.
// On another line than the value before, they belong to what follows.
func (s *scanner) twice(rest string) {
	if s.newline && strings.HasPrefix(rest, "-->") {
		s.doubt() // a comment as in HTML
	}
	if (s.newline || s.brace) && slashFollows(rest[2:]) {
		s.doubt()
	}
	s.begin()
	s.pos += 2
	s.link(1)
}

// slashFollows reports whether the first token of rest may be a slash.
func slashFollows(rest string) bool {
	return strings.HasPrefix(strings.TrimLeft(rest, " \t\r\n"), "/")
}
