// Package units looks into goja's strings. It has no state, and belongs to
// whichever goroutine owns the strings.
package units

import (
	"reflect"

	"github.com/dop251/goja"
)

// Of returns the UTF-16 units of a string that goja has as such, which is one
// that a script has made and that is not ASCII. They are the string's own and
// must not be changed. For any other string it reports false: that is a Go
// string inside, and String costs nothing.
func Of(text goja.String) ([]uint16, bool) {
	form := reflect.ValueOf(text)
	if form.Kind() != reflect.Slice || !form.CanConvert(reflect.TypeFor[[]uint16]()) {
		return nil, false
	}
	// Before the first unit there is a mark.
	return form.Convert(reflect.TypeFor[[]uint16]()).Interface().([]uint16)[1:], true
}
