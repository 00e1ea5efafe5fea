package pattern

import (
	"fmt"
	"strings"
)

// Rewritten is a pattern with flags that goja reads as the author meant another.
type Rewritten struct{ Source, Flags string }

// A SyntaxError says what is wrong with a pattern, or what of it can't be had.
type SyntaxError struct{ Reason string }

func (e *SyntaxError) Error() string { return e.Reason }

// always leads a pattern to the engine that backtracks, and changes nothing else.
const always = "(?=)"

// Rewrite judges a pattern, in which surrogates without a partner are written as
// escapes, and its flags. It reports false where goja reads them right, or finds
// the fault itself. The error is a [*SyntaxError].
func Rewrite(source, flags string) (Rewritten, bool, error) {
	sets, unicode := strings.Contains(flags, "v"), strings.Contains(flags, "u")
	switch {
	case strings.Count(flags, "u") > 1 || strings.Count(flags, "v") > 1:
		return Rewritten{}, false, &SyntaxError{"a flag stands there twice"}
	case sets && unicode:
		return Rewritten{}, false, &SyntaxError{"flags u and v exclude each other"}
	case sets:
		rewritten, err := rewriteSets(source, strings.Contains(flags, "i"))
		return Rewritten{always + rewritten, strings.Replace(flags, "v", "u", 1)}, err == nil, err
	}
	rewritten, marked := distinct(source, unicode)
	switch {
	case marked:
		return Rewritten{always + anywhere + rewritten, flags}, true, nil
	case unicode && misread(source):
		return Rewritten{always + source, flags}, true, nil
	}
	return Rewritten{}, false, nil
}

// misread reports whether a pattern with flag u has what only the engine that
// backtracks reads right. Where it says so wrongly, the pattern means the same.
func misread(source string) bool {
	return strings.Contains(source, `\p`) || strings.Contains(source, `\P`) || strings.Contains(source, "(?<")
}

// rewriteSets turns a pattern with flag v into one with flag u.
func rewriteSets(source string, ignoreCase bool) (out string, err error) {
	p := &parser{source: []rune(source), ignoreCase: ignoreCase}
	defer func() {
		if fault, ok := recover().(*SyntaxError); ok {
			err = fault
		}
	}()
	return p.pattern(), nil
}

// A parser reads a pattern with flag v. It panics with a *SyntaxError.
type parser struct {
	source     []rune
	at         int
	depth      int // the classes that at is in
	ignoreCase bool
}

// end is what peek returns behind the last character.
const end = rune(-1)

// pattern rewrites the classes, and copies everything else.
func (p *parser) pattern() string {
	var out strings.Builder
	for {
		switch c := p.next(); c {
		case end:
			return out.String()
		case '[':
			out.WriteString(p.class().fragment())
		case '\\':
			out.WriteString(p.escape())
		case '{':
			out.WriteString(p.count())
		case ']', '}':
			panic(p.fault("lone quantifier brackets"))
		default:
			out.WriteRune(c)
		}
	}
}

// escape rewrites an escape outside of classes.
func (p *parser) escape() string {
	switch c := p.next(); c {
	case end:
		panic(p.fault(`\ at end of pattern`))
	case 'p', 'P':
		return p.property(c).fragment()
	case 'u':
		if p.take("{") {
			p.at--
			return fmt.Sprintf(`\u{%x}`, p.codePoint())
		}
		return `\u`
	default:
		if !strings.ContainsRune(escapes, c) {
			panic(p.fault("invalid escape"))
		}
		return `\` + string(c)
	}
}

// escapes are what may follow a \ outside of classes.
const escapes = "bBcdDfknrsStvwWx0123456789" + `^$\.*+?()[]{}|/`

// count copies the rest of a quantifier in braces.
func (p *parser) count() string {
	start, digits := p.at, 0
	for commas := 0; ; {
		switch c := p.next(); {
		case '0' <= c && c <= '9':
			digits++
		case c == ',' && digits > 0 && commas == 0:
			commas++
		case c == '}' && digits > 0:
			return "{" + string(p.source[start:p.at])
		default:
			panic(p.fault("incomplete quantifier"))
		}
	}
}

func (p *parser) peek(ahead int) rune {
	if p.at+ahead < len(p.source) {
		return p.source[p.at+ahead]
	}
	return end
}

func (p *parser) next() rune {
	c := p.peek(0)
	if c != end {
		p.at++
	}
	return c
}

// take goes over text, if that is what comes.
func (p *parser) take(text string) bool {
	for i, c := range []rune(text) {
		if p.peek(i) != c {
			return false
		}
	}
	p.at += len([]rune(text))
	return true
}

func (p *parser) fault(format string, args ...any) *SyntaxError {
	return &SyntaxError{fmt.Sprintf(format, args...)}
}
