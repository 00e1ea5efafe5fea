package nesting

import "fmt"

// DefaultLimit is the depth that Check uses for a limit of 0. Written code
// stays below 100 and generated code below 1,000.
const DefaultLimit = 5000

// chainFactor is how many operators may be pending for each bracket that may be
// open. An operator costs the parsers a fraction of the stack that a bracket
// does, and generated code really adds up some thousand strings in one
// expression; but the compiler's time grows with the square of it.
const chainFactor = 4

// TooDeep says where a source passed the limit. Line and Column count from 1,
// Column in bytes.
type TooDeep struct {
	Limit, Line, Column int
	// Chain is set when not brackets but operators or "else if" branches
	// were too many; Limit counts these then.
	Chain bool
}

func (e *TooDeep) Error() string {
	if e.Chain {
		return fmt.Sprintf("line %d: an expression or statement chains more than %d operators: split it", e.Line, e.Limit)
	}
	return fmt.Sprintf("line %d: brackets nest more than %d levels deep: split the expression", e.Line, e.Limit)
}

// Check returns a *TooDeep if brackets in src nest more than limit levels deep,
// or the expressions and statements that are open at one place chain more than
// 4 times as many operators (those make parsers recurse just as brackets do). A limit of 0 means
// DefaultLimit. Brackets in strings, comments, regular expressions and the text
// of templates don't count.
//
// It reads src once, without recursion, and needs memory for the open brackets
// only. It doesn't judge whether src is valid: what it can't make sense of is
// the parser's to report. Whether a slash divides or begins a regular
// expression is decided from the tokens before it, which errs on code that
// nobody writes, such as the division of a function.
func Check(src string, limit int) error {
	if limit <= 0 {
		limit = DefaultLimit
	}
	if len(src) <= limit {
		return nil
	}
	s := scanner{src: src, limit: limit, prev: statement, levels: make([]level, 1, 64)}
	return s.run()
}
