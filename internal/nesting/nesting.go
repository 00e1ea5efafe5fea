package nesting

import (
	"fmt"
	"strings"
)

// DefaultLimit is the depth that Check uses for a limit of 0. Written code
// stays below 100 and generated code below 1,000.
const DefaultLimit = 2000

// maxUnclear bounds the opening brackets that may or may not be code. The
// parsers take seconds where so many nest, and don't survive some 300,000.
const maxUnclear = 20_000

// maxEffort bounds what a source costs beyond what grows with its length, in
// units of roughly 100 ns: the bundler and the compiler take a time that grows
// with the square of a chain of operators or statements. One chain may have
// some 8,000 links.
const maxEffort = 32_000_000

// maxAgain bounds the bytes that a parser reads another time, beyond as many as
// the source has.
const maxAgain = 8 << 20

// A Rule is what a source may break.
type Rule uint8

const (
	// Brackets nest too deeply.
	Brackets Rule = iota
	// Chains of operators or statements are too long.
	Chains
	// Unclear is a source with too many brackets where only a parser can tell
	// code from text.
	Unclear
	// Arrows stand in the parameters of arrows, too deeply.
	Arrows
)

// TooDeep says where a source broke a rule. Line and Column count from 1,
// Column in bytes.
type TooDeep struct {
	Rule                Rule
	Limit, Line, Column int
}

// Error is the line and the reason.
func (e *TooDeep) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Reason()) }

// Reason is the error without its place.
func (e *TooDeep) Reason() string {
	switch e.Rule {
	case Chains:
		return "expressions or statements chain too many operators, arrows, ifs or elses: split them"
	case Arrows:
		return "arrow functions nest too deeply in the parameters of others: split them"
	case Unclear:
		return fmt.Sprintf("more than %d brackets follow a place where only a parser can tell code from text: split the source", e.Limit)
	}
	return fmt.Sprintf("brackets nest more than %d levels deep: split the expression", e.Limit)
}

// Check returns a *TooDeep if brackets in src nest more than limit levels deep,
// or if src chains operators or statements, which nest just as brackets do, so
// that bundling and compiling it would take far longer than its length explains.
// A limit of 0 means DefaultLimit. Brackets in strings, comments, regular
// expressions and the text of templates are not levels.
//
// It reads src once, without recursion, and needs memory for the open brackets
// only. It doesn't judge whether src is valid: what it can't make sense of is
// the parser's to report.
func Check(src string, limit int) error {
	if limit <= 0 {
		limit = DefaultLimit
	}
	if len(src) <= limit && strings.Count(src, "=>") < fewArrows {
		return nil
	}
	s := newScanner(src, limit)
	return s.check()
}

// CheckArrows returns a *TooDeep if src breaks the rule Arrows. It is for code
// that a tool made of sources that have been checked.
func CheckArrows(src string) error {
	if strings.Count(src, "=>") < fewArrows {
		return nil
	}
	s := newScanner(src, len(src))
	s.only = Arrows
	return s.check()
}

// fewArrows is how many arrows are harmless however they nest.
const fewArrows = 12

func newScanner(src string, limit int) *scanner {
	return &scanner{src: src, limit: limit, prev: statement, newline: true, levels: make([]level, 1, 64)}
}

func (s *scanner) check() error {
	if strings.HasPrefix(s.src, "#!") {
		s.line()
	}
	for s.pos < len(s.src) {
		if s.token(); s.broken {
			return s.tooDeep()
		}
	}
	return nil
}
