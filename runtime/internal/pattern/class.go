package pattern

import "strings"

// maxDepth is how deep classes may be nested in one another, and how many
// operators one may have: the pattern that comes of it is as deep.
const maxDepth = 100

// class reads what follows a bracket, with the bracket that closes it.
func (p *parser) class() set {
	if p.depth++; p.depth > maxDepth {
		panic(p.fault("more than %d character classes in one another", maxDepth))
	}
	negated := p.take("^")
	result := p.expression()
	p.depth--
	if !negated {
		return result
	}
	if result.hasStrings {
		panic(p.fault("a negated character class may not contain strings"))
	}
	return result.complement()
}

// expression reads a union, an intersection or a difference, and the bracket
// that closes it.
func (p *parser) expression() set {
	if p.take("]") {
		return set{}
	}
	first, char, single := p.operand()
	switch {
	case p.take("&&"):
		return p.chain(first, "&&", set.intersect)
	case p.take("--"):
		return p.chain(first, "--", set.subtract)
	}
	return p.union(first, char, single)
}

// chain reads the operands behind the first operator.
func (p *parser) chain(result set, operator string, combine func(a, b set, p *parser) set) set {
	for range maxDepth {
		if operator == "&&" && p.peek(0) == '&' {
			panic(p.fault("invalid character in character class"))
		}
		operand, _, _ := p.operand()
		result = combine(result, operand, p)
		if p.take("]") {
			return result
		}
		if !p.take(operator) {
			panic(p.fault("invalid set operation in character class"))
		}
	}
	panic(p.fault("more than %d operators in one character class", maxDepth))
}

// union reads operands and ranges, of which the first operand has been read.
func (p *parser) union(operand set, char rune, single bool) (result set) {
	var body strings.Builder
	for {
		if p.peek(0) == '-' {
			operand = p.until(char, single)
		}
		body.WriteString(operand.body)
		result.others = append(result.others, operand.others...)
		result.strings = append(result.strings, operand.strings...)
		result.hasStrings = result.hasStrings || operand.hasStrings
		if p.take("]") {
			result.body = body.String()
			return result
		}
		if p.peek(0) == '&' && p.peek(1) == '&' {
			panic(p.fault("invalid set operation in character class"))
		}
		operand, char, single = p.operand()
	}
}

// until reads the rest of a range.
func (p *parser) until(first rune, single bool) set {
	p.next()
	if !single || p.peek(0) == '-' {
		panic(p.fault("invalid set operation or range in character class"))
	}
	_, last, single := p.operand()
	if !single {
		panic(p.fault("invalid character class"))
	}
	if last < first {
		panic(p.fault("range out of order in character class"))
	}
	return set{body: literal(first) + "-" + literal(last)}
}

// operand reads one member of a class: a class, an escape that is one, strings,
// or, as it then reports, a single character.
func (p *parser) operand() (operand set, char rune, single bool) {
	switch c := p.next(); {
	case c == end:
		panic(p.fault("unterminated character class"))
	case c == '[':
		return p.class(), 0, false
	case c != '\\':
		p.mustBeCharacter(c)
		return set{body: literal(c)}, c, true
	}
	switch c := p.peek(0); c {
	case 'd', 'D', 's', 'S', 'w', 'W':
		p.next()
		return set{body: `\` + string(c)}, 0, false
	case 'p', 'P':
		p.next()
		return p.property(c), 0, false
	case 'q':
		p.next()
		return p.strings(), 0, false
	}
	char = p.character()
	return set{body: literal(char)}, char, true
}

// reserved can't stand twice in a class.
const reserved = "&!#$%*+,.:;<=>?@^`~"

func (p *parser) mustBeCharacter(c rune) {
	if strings.ContainsRune("()]{}/-|", c) || strings.ContainsRune(reserved, c) && p.peek(0) == c {
		panic(p.fault("invalid character in character class: %c needs a \\ before it", c))
	}
}

// strings reads the alternatives of \q.
func (p *parser) strings() (result set) {
	if !p.take("{") {
		panic(p.fault(`invalid escape: \q needs {…}`))
	}
	var body strings.Builder
	var text []rune
	for {
		switch c := p.next(); c {
		case end:
			panic(p.fault(`unterminated \q{`))
		case '|', '}':
			if len(text) == 1 {
				body.WriteString(literal(text[0]))
			} else {
				result.strings, result.hasStrings = append(result.strings, text), true
			}
			if text = nil; c == '}' {
				result.body = body.String()
				return result
			}
		case '\\':
			text = append(text, p.character())
		default:
			p.mustBeCharacter(c)
			text = append(text, c)
		}
	}
}

// property reads the name of a \p or \P.
func (p *parser) property(kind rune) set {
	if !p.take("{") {
		panic(p.fault("invalid property name"))
	}
	start := p.at
	for p.peek(0) != '}' {
		if p.next() == end {
			panic(p.fault("invalid property name"))
		}
	}
	name := string(p.source[start:p.at])
	p.next()
	if ofStrings[name] {
		panic(p.fault(`\p{%s} stands for strings, which is not supported: list them with \q{…}`, name))
	}
	result := set{body: `\p{` + name + `}`}
	if kind == 'p' {
		return result
	}
	if !p.ignoreCase {
		return set{body: `\P{` + name + `}`}
	}
	return result.complement() // of what the property has in either case
}

// ofStrings are the properties that don't stand for single code points.
var ofStrings = map[string]bool{
	"Basic_Emoji": true, "Emoji_Keycap_Sequence": true, "RGI_Emoji": true, "RGI_Emoji_Flag_Sequence": true,
	"RGI_Emoji_Modifier_Sequence": true, "RGI_Emoji_Tag_Sequence": true, "RGI_Emoji_ZWJ_Sequence": true,
	"RGI_Flag_Sequence": true, "RGI_Modifier_Sequence": true, "RGI_ZWJ_Sequence": true,
}
