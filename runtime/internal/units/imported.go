package units

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
)

// An Imported string is one that goja was given by Go. It stays UTF-8 until a
// script looks at it, by its length for example; then goja makes its units, rune by
// rune. It has no other way to be told them, so its fields are set. Where they
// aren't there, which the zero value says, goja's way is what happens.
type Imported struct {
	text    string
	units   *[]uint16
	scanned *bool // units are there, or it is ASCII
}

// ImportedOf finds the fields of a string.
func ImportedOf(text goja.Value) Imported {
	form := reflect.ValueOf(text)
	if form.Kind() != reflect.Pointer || form.Elem().Kind() != reflect.Struct {
		return Imported{}
	}
	u, scanned := form.Elem().FieldByName("u"), form.Elem().FieldByName("scanned")
	if scanned.Kind() != reflect.Bool || u.Kind() != reflect.Slice || u.Type().Elem().Kind() != reflect.Uint16 {
		return Imported{}
	}
	return Imported{text.String(), (*[]uint16)(u.Addr().UnsafePointer()), (*bool)(scanned.Addr().UnsafePointer())}
}

// Scanned is set once a script has looked at the string; nil if nobody knows.
func (i Imported) Scanned() *bool { return i.scanned }

// Scan does what the first look would do, in a fraction of the time. It leaves
// what is not UTF-8 to goja.
func (i Imported) Scan() {
	if i.scanned == nil || *i.scanned {
		return
	}
	text := unsafe.Slice(unsafe.StringData(i.text), len(i.text))
	if !isASCII(text) {
		if *i.units = fromUTF8(text); *i.units == nil {
			return
		}
	}
	*i.scanned = true
}
