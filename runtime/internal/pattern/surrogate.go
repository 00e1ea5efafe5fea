package pattern

import (
	"fmt"
	"regexp"
	"strings"
)

// The engine that backtracks takes two classes for the same one if they differ
// only in surrogates: [\ud800-\udbff][\udc00-\udfff] never matches. So each class
// that has some gets a character of its own, which no text should contain, and
// which is excepted again.

// firstMark is the first of 32 code points that are no characters.
const firstMark, marks = 0xfdd0, 32

var (
	aClass     = regexp.MustCompile(`\\(?s:.)|\[(?:\\(?s:.)|[^\]\\])*\]`)
	surrogate  = regexp.MustCompile(`(?i)\\u(?:d[89a-f][0-9a-f]{2}|\{0*d[89a-f][0-9a-f]{2}\})`)
	mayHaveOne = regexp.MustCompile(`(?i)\\[SWDPp]|\\u\{?0*[ef][0-9a-f]{3}\b|[\x{e000}-\x{ffff}]`)
)

// distinct marks the classes of a pattern without flag v; it reports false if
// there is no need to.
func distinct(source string) (string, bool) {
	if !strings.Contains(source, `\ud`) && !strings.Contains(source, `\uD`) && !strings.Contains(source, `\u{`) {
		return "", false
	}
	next := 0
	rewritten := aClass.ReplaceAllStringFunc(source, func(class string) string {
		if class[0] != '[' || next == marks || !surrogate.MatchString(class) || mayHaveOne.MatchString(class) {
			return class
		}
		mark := fmt.Sprintf(`\u%04x`, firstMark+next)
		next++
		if body, negated := strings.CutPrefix(class, "[^"); negated {
			return "(?:" + mark + "|[^" + mark + body + ")"
		}
		return "(?:(?!" + mark + ")[" + mark + class[1:] + ")"
	})
	return rewritten, next > 1
}
