// Package lazyregexp compiles regular expressions when they are first used. The
// command is started again and again, and most of its runs need few of them.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New returns a function that returns the compiled expression, the same one each
// time. Any goroutine may call it. A malformed expression panics there.
func New(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
