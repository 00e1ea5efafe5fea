package guard

import (
	"strings"

	"github.com/dlclark/regexp2/v2"
)

// isOdd reports whether a pattern without flags needs a second look.
func isOdd(pattern string) bool {
	return HasSurrogates(pattern) || strings.Contains(pattern, "\uFFFD") || isSuspect(pattern)
}

// isSuspect reports whether only one of goja's engines may refuse a pattern.
func isSuspect(pattern string) bool {
	return strings.Count(pattern, "(?<") > 1 || quantifiesAssertion(pattern)
}

// quantifiesAssertion reports whether a pattern seems to repeat what has no
// length. It doesn't know of classes.
func quantifiesAssertion(pattern string) bool {
	for i := 1; i < len(pattern); i++ {
		if strings.IndexByte("*+?{", pattern[i]) < 0 {
			continue
		}
		switch c := pattern[i-1]; c {
		case '^', '$':
			return true
		case 'b', 'B':
			if i > 1 && pattern[i-2] == '\\' {
				return true
			}
		}
	}
	return false
}

// unreadable says why the engine that backtracks can't read a pattern which the
// other one may take. goja only asks it when it needs it, and panics then.
func unreadable(pattern string, unicode bool) string {
	options := regexp2.RegexOptions(regexp2.ECMAScript)
	switch {
	case unicode:
		options |= regexp2.Unicode
	case !isSuspect(pattern):
		return ""
	}
	_, err := regexp2.Compile(pattern, options)
	if err == nil || !unicode && !strings.Contains(err.Error(), "quantified") && !strings.Contains(err.Error(), "duplicate") {
		return ""
	}
	_, reason, _ := strings.Cut(err.Error(), "error parsing regexp: ")
	if at := strings.LastIndex(reason, " in `"); at >= 0 {
		reason = reason[:at]
	}
	return reason
}
