package nesting

import "strings"

// slash takes a comment, a regular expression or a division.
func (s *scanner) slash() {
	start, rest := s.pos, s.src[s.pos:]
	switch {
	case strings.HasPrefix(rest, "//"):
		s.line()
		s.skipped(start)
	case strings.HasPrefix(rest, "/*"):
		s.newline = true // it may have one, which is enough for doubt
		if i := strings.Index(rest[2:], "*/"); i >= 0 {
			s.pos += i + 4
		} else {
			s.pos = len(s.src)
		}
		s.skipped(start)
	default:
		s.judge()
	}
}

// judge takes a regular expression or a division. Only a parser knows which one
// follows a brace, and a type annotation of TypeScript ends with its line.
func (s *scanner) judge() {
	s.clarity = max(s.clarity, likely)
	if s.brace || s.newline && s.prev == value {
		s.doubt()
	}
	if s.prev == value {
		s.begin()
		s.operator('/')
		return
	}
	s.begin()
	start := s.pos
	s.pos = regexpEnd(s.src, s.pos+1)
	s.skipped(start)
	s.put(value)
}

// regexpEnd is the offset behind a regular expression without its flags, which
// read as a name. A line end ends it, as a parser would refuse it there.
func regexpEnd(src string, at int) int {
	inClass := false
	for ; at < len(src); at++ {
		switch src[at] {
		case '\\':
			at++
		case '[':
			inClass = true
		case ']':
			inClass = false
		case '/':
			if !inClass {
				return at + 1
			}
		case '\n', '\r':
			return at
		}
	}
	return len(src)
}

// line skips what is left of the line.
func (s *scanner) line() {
	if i := strings.IndexAny(s.src[s.pos:], "\n\r\u2028\u2029"); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.src)
	}
}
