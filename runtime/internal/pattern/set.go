package pattern

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// A set is what a class matches.
type set struct {
	body    string   // code points, as they are written between brackets
	others  []string // patterns that match one code point, of those that brackets can't express
	strings [][]rune // what isn't one code point

	hasStrings bool // by what is written, strings could be among them
}

// fragment is a pattern that matches the members of the set, the longest first.
func (s set) fragment() string {
	if len(s.strings) == 0 {
		return s.one()
	}
	texts := slices.Clone(s.strings)
	slices.SortStableFunc(texts, func(a, b []rune) int { return cmp.Compare(units(b), units(a)) })
	var out strings.Builder
	out.WriteString("(?:")
	empty := false
	for _, text := range texts {
		if empty = len(text) == 0; empty {
			break
		}
		for _, c := range text {
			out.WriteString(literal(c))
		}
		out.WriteByte('|')
	}
	out.WriteString(s.one())
	if empty {
		out.WriteByte('|')
	}
	out.WriteByte(')')
	return out.String()
}

// one is a pattern that matches the code points among the members.
func (s set) one() string {
	if len(s.others) == 0 {
		return "[" + s.body + "]"
	}
	alternatives := s.others
	if s.body != "" {
		alternatives = append([]string{"[" + s.body + "]"}, alternatives...)
	}
	if len(alternatives) == 1 {
		return alternatives[0]
	}
	return "(?:" + strings.Join(alternatives, "|") + ")"
}

// complement has all code points that s doesn't have.
func (s set) complement() set {
	if len(s.others) == 0 {
		return set{others: []string{"[^" + s.body + "]"}}
	}
	return set{others: []string{"(?:(?!" + s.one() + ")[^])"}}
}

func (s set) intersect(other set, p *parser) set {
	return set{
		others:     []string{"(?:(?=" + other.one() + ")" + s.one() + ")"},
		strings:    s.keep(other, p, true),
		hasStrings: s.hasStrings && other.hasStrings,
	}
}

func (s set) subtract(other set, p *parser) set {
	return set{
		others:     []string{"(?:(?!" + other.one() + ")" + s.one() + ")"},
		strings:    s.keep(other, p, false),
		hasStrings: s.hasStrings,
	}
}

// keep returns those strings of s that are among the strings of other, or those
// that aren't.
func (s set) keep(other set, p *parser, among bool) (kept [][]rune) {
	keys := make(map[string]bool, len(other.strings))
	for _, text := range other.strings {
		keys[p.key(text)] = true
	}
	for _, text := range s.strings {
		if keys[p.key(text)] == among {
			kept = append(kept, text)
		}
	}
	return kept
}

// key is the same for all strings that are equal, as flag i sees them.
func (p *parser) key(text []rune) string {
	var out strings.Builder
	for _, c := range text {
		if p.ignoreCase {
			c = folded(c)
		}
		fmt.Fprintf(&out, "%x ", c) // surrogates would all become the same character
	}
	return out.String()
}

// folded is the same for all characters that differ in case only.
func folded(c rune) rune {
	least := c
	for other := unicode.SimpleFold(c); other != c; other = unicode.SimpleFold(other) {
		least = min(least, other)
	}
	return least
}

// units is the length of a string in UTF-16, which decides what is longest.
func units(text []rune) (n int) {
	for _, c := range text {
		if n++; c > 0xffff {
			n++
		}
	}
	return n
}

// literal writes a character as a member of a class or by itself.
func literal(c rune) string {
	if c < unicode.MaxASCII && (unicode.IsLetter(c) || unicode.IsDigit(c)) {
		return string(c)
	}
	return fmt.Sprintf(`\u{%x}`, c)
}
