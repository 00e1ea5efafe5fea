package guard

import (
	"math"
	"strconv"

	"github.com/dop251/goja"
)

// number reads a number; one beyond all that there are is infinite.
func (r *reader[U]) number() (goja.Value, error) {
	begin := r.at
	whole, ok := r.digitsOf()
	if !ok {
		return nil, errSyntax
	}
	span := r.text[begin:r.at]
	if whole && len(span) <= 15 && span[0] != '-' {
		n := int64(0)
		for _, d := range span {
			n = n*10 + int64(d-'0')
		}
		return r.vm.ToValue(n), nil
	}
	digits := make([]byte, 0, 32)
	for _, d := range span {
		digits = append(digits, byte(d))
	}
	value, err := strconv.ParseFloat(string(digits), 64)
	if err != nil && !math.IsInf(value, 0) {
		return nil, errSyntax
	}
	return r.vm.ToValue(value), nil
}

// digitsOf goes past a number, and reports whether it is a whole one, written
// without an exponent, and whether it is one at all.
func (r *reader[U]) digitsOf() (whole, ok bool) {
	r.skip('-')
	if !r.skip('0') && !r.digits() {
		return false, false
	}
	whole = true
	if r.skip('.') {
		if whole = false; !r.digits() {
			return false, false
		}
	}
	if r.skip('e') || r.skip('E') {
		whole = false
		if !r.skip('+') {
			r.skip('-')
		}
		if !r.digits() {
			return false, false
		}
	}
	return whole, true
}

func (r *reader[U]) skip(u U) bool {
	if r.at < len(r.text) && r.text[r.at] == u {
		r.at++
		return true
	}
	return false
}

func (r *reader[U]) digits() (any bool) {
	for r.at < len(r.text) && r.text[r.at] >= '0' && r.text[r.at] <= '9' {
		r.at++
		any = true
	}
	return any
}
