package guard

import (
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// name reads a property's name. Of surrogates without a partner it has U+FFFD:
// goja takes no others.
func (r *reader[U]) name() (string, error) {
	span, plain, err := r.span()
	if err != nil {
		return "", err
	}
	if bytes, ok := any(span).([]byte); ok && plain {
		return string(bytes), nil
	}
	value, err := r.text16(span)
	if err != nil {
		return "", err
	}
	return value.String(), nil
}

func (r *reader[U]) string() (goja.Value, error) {
	span, plain, err := r.span()
	if err != nil {
		return nil, err
	}
	if bytes, ok := any(span).([]byte); ok && plain {
		return r.vm.ToValue(string(bytes)), nil
	}
	return r.text16(span)
}

// span takes a string in quotes and returns what is between them, and whether
// that is plain: without escapes.
func (r *reader[U]) span() (span []U, plain bool, err error) {
	r.at++
	begin := r.at
	plain = true
	for ; r.at < len(r.text); r.at++ {
		switch u := r.text[r.at]; {
		case u == '"':
			r.at++
			return r.text[begin : r.at-1], plain, nil
		case u == '\\':
			plain = false
			r.at++
		case u < ' ':
			return nil, false, errSyntax
		}
	}
	return nil, false, errSyntax
}

// text16 is the string that a span stands for.
func (r *reader[U]) text16(span []U) (goja.String, error) {
	r.units = r.units[:0]
	for i := 0; i < len(span); {
		if span[i] != '\\' {
			i += r.plain(span[i:])
			continue
		}
		unit, size := escaped(span[i+1:])
		if size == 0 {
			return nil, errSyntax
		}
		r.units = append(r.units, unit)
		i += 1 + size
	}
	return goja.StringFromUTF16(r.units), nil
}

// plain copies the first character of a span and returns its size.
func (r *reader[U]) plain(span []U) (size int) {
	bytes, ok := any(span).([]byte)
	if !ok || span[0] < utf8.RuneSelf {
		r.units = append(r.units, uint16(span[0]))
		return 1
	}
	char, size := utf8.DecodeRune(bytes)
	r.units = utf16.AppendRune(r.units, char)
	return size
}

// escaped is the unit that an escape stands for, and how long it is behind the
// backslash: 0 if there is no such escape.
func escaped[U byte | uint16](span []U) (unit uint16, size int) {
	switch span[0] {
	case '"', '\\', '/':
		return uint16(span[0]), 1
	case 'b':
		return '\b', 1
	case 'f':
		return '\f', 1
	case 'n':
		return '\n', 1
	case 'r':
		return '\r', 1
	case 't':
		return '\t', 1
	case 'u':
		return hexadecimal(span[1:])
	}
	return 0, 0
}

func hexadecimal[U byte | uint16](digits []U) (unit uint16, size int) {
	if len(digits) < 4 {
		return 0, 0
	}
	for _, d := range digits[:4] {
		switch {
		case d >= '0' && d <= '9':
			unit = unit<<4 | uint16(d-'0')
		case d|0x20 >= 'a' && d|0x20 <= 'f':
			unit = unit<<4 | uint16(d|0x20-'a'+10)
		default:
			return 0, 0
		}
	}
	return unit, 5
}
