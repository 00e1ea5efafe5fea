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
	naming                 // function, class, var, let, const: what they name follows
)

// A clarity says how far the scanner can be sure of what it reads.
type clarity uint8

const (
	certain clarity = iota // no slash has had to be judged
	likely                 // slashes were judged by the token before them, which was enough
	unclear                // from here on only a parser can tell code from text
)

// A level is one open bracket, and at the bottom the source as a whole.
type level struct {
	after  token // what closing it leaves behind
	open   byte  // the bracket; '$' for "${"
	list   bool  // commas separate elements, and are no operators
	chain  int   // operators since the last statement or list element began
	arrows int   // arrows among them
	commas int   // comma operators of the statement
	from   int   // where it begins
	again  int   // bytes in it that a parser reads another time
}

type scanner struct {
	src   string
	pos   int
	limit int

	prev    token
	member  bool // the token before was a dot: keywords are names now
	newline bool // a line ended since the token before
	brace   bool // the token before was a closing brace
	ended   bool // a statement ended: only "else" continues its chain

	levels        []level
	chain, arrows int // in all of levels
	effort        int

	clarity clarity
	hidden  int // brackets that may or may not be code

	only   Rule // the only rule that counts, if it isn't 0
	broken bool // a rule is broken
	rule   Rule
	at     int // where
}

// token takes the token at pos, and leaves pos behind it.
func (s *scanner) token() {
	switch c := s.src[s.pos]; {
	case c <= ' ':
		s.newline = s.newline || c == '\n' || c == '\r'
		s.pos++
	case isASCIIWord[c]:
		s.word()
	case c >= utf8.RuneSelf:
		if n := s.blank(); n > 0 {
			s.newline = true
			s.pos += n
			return
		}
		s.word()
	case c == '"' || c == '\'':
		s.quoted(c)
	case c == '`':
		s.backtick()
	case c == '/':
		s.slash()
	case c == '(' || c == '[' || c == '{':
		s.open(c)
	case c == ')' || c == ']' || c == '}':
		s.close()
	default:
		s.punctuation(c)
	}
}

// put records t as the token before pos.
func (s *scanner) put(t token) {
	s.prev, s.member, s.newline, s.brace = t, false, false, false
}

// top is the innermost open level. It is valid until the next one is opened.
func (s *scanner) top() *level { return &s.levels[len(s.levels)-1] }

// begin is called for each token that isn't "else": if the statement before has
// ended, so has its chain.
func (s *scanner) begin() {
	if s.ended {
		s.ended = false
		s.endChain()
	}
}

func (s *scanner) endChain() {
	top := s.top()
	s.chain -= top.chain
	s.arrows -= top.arrows
	top.chain, top.arrows = 0, 0
}

// shallow is how deep things may nest before depth costs effort: all real code.
const shallow = 100

// link counts one more operator of the expression or statement. times says how
// many times its depth costs what that of an operator does.
func (s *scanner) link(times int) {
	s.top().chain++
	s.chain++
	s.spend(times * max(0, s.chain+len(s.levels)-shallow))
}

// arrow counts an arrow. The bundler's time grows with their depth cubed.
func (s *scanner) arrow() {
	s.top().arrows++
	s.arrows++
	s.spend(s.arrows * s.arrows / 20)
	s.link(1)
}

// comma separates list elements or declarations, or is an operator.
func (s *scanner) comma() {
	if top := s.top(); !top.list {
		top.commas++
		s.spend(max(0, top.commas-shallow))
	}
	s.pos++
	s.put(operator)
	s.ended = true
}

func (s *scanner) semicolon() {
	s.pos++
	s.put(statement)
	s.ended = true
	s.endList()
}

// endList is called where a statement ends, and its list or sequence with it.
func (s *scanner) endList() {
	if top := s.top(); top.after == block || len(s.levels) == 1 {
		top.list, top.commas = false, 0
	}
}

func (s *scanner) spend(effort int) {
	if s.effort += effort; s.effort > maxEffort {
		s.refuse(Chains)
	}
}

// doubt is called where only a parser can tell what follows.
func (s *scanner) doubt() { s.clarity = unclear }

// hide counts an opening bracket that may or may not be code.
func (s *scanner) hide() {
	if s.hidden++; s.hidden > maxUnclear {
		s.refuse(Unclear)
	}
}

func (s *scanner) refuse(rule Rule) {
	if !s.broken && (s.only == 0 || s.only == rule) {
		s.broken, s.rule, s.at = true, rule, min(s.pos, len(s.src)-1)
	}
}

func (s *scanner) tooDeep() *TooDeep {
	before := s.src[:s.at]
	limit := map[Rule]int{Brackets: s.limit, Chains: maxEffort, Unclear: maxUnclear, Arrows: maxAgain}[s.rule]
	return &TooDeep{
		Rule: s.rule, Limit: limit,
		Line:   strings.Count(before, "\n") + 1,
		Column: len(before) - strings.LastIndexByte(before, '\n'),
	}
}
