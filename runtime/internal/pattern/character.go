package pattern

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// controls are the escapes that stand for one control character.
var controls = map[rune]rune{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// identities are the characters that a \ in a class makes ordinary ones.
const identities = `^$\.*+?()[]{}|/` + "&-!#%,:;<=>@`~"

// character reads what follows a \ in a class and stands for one character.
func (p *parser) character() rune {
	c := p.next()
	if control, ok := controls[c]; ok {
		return control
	}
	switch {
	case c == 'x':
		return p.hex(2)
	case c == 'u':
		return p.codePoint()
	case c == 'c':
		if letter := p.next(); 'a' <= letter && letter <= 'z' || 'A' <= letter && letter <= 'Z' {
			return letter % 32
		}
	case c == '0' && !unicode.IsDigit(p.peek(0)):
		return 0
	case c != end && strings.ContainsRune(identities, c):
		return c
	}
	panic(p.fault("invalid escape"))
}

// codePoint reads what follows \u.
func (p *parser) codePoint() rune {
	if !p.take("{") {
		return p.unit()
	}
	value, digits := rune(0), 0
	for !p.take("}") {
		value = value<<4 | p.digit()
		if digits++; value > unicode.MaxRune {
			panic(p.fault("invalid Unicode escape"))
		}
	}
	if digits == 0 {
		panic(p.fault("invalid Unicode escape"))
	}
	return value
}

// unit reads four digits, and another escape if both together are one code point.
func (p *parser) unit() rune {
	high, back := p.hex(4), p.at
	if high < 0xd800 || high > 0xdbff || p.peek(2) == '{' || !p.take(`\u`) {
		return high
	}
	if c := utf16.DecodeRune(high, p.hex(4)); c != unicode.ReplacementChar {
		return c
	}
	p.at = back
	return high
}

func (p *parser) hex(digits int) (value rune) {
	for range digits {
		value = value<<4 | p.digit()
	}
	return value
}

func (p *parser) digit() rune {
	switch c := p.next(); {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10
	}
	panic(p.fault("invalid escape"))
}
