// Package units looks into goja's strings, and goes from UTF-8 to UTF-16 and back.
// It has no state, and belongs to whichever goroutine owns the strings.
package units

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
)

// mark stands before the first unit of goja's strings.
const mark = 0xFEFF

// Of returns the UTF-16 units of a string that goja has as such, which is one
// that a script has made and that is not ASCII. They are the string's own and
// must not be changed. For any other string it reports false: that is a Go
// string inside, and String costs nothing.
func Of(text goja.String) ([]uint16, bool) {
	form := reflect.ValueOf(text)
	if form.Kind() != reflect.Slice || form.Type().Elem().Kind() != reflect.Uint16 {
		return nil, false
	}
	return unsafe.Slice((*uint16)(form.UnsafePointer()), form.Len())[1:], true
}
