package guard

import (
	"math"
	"strconv"
	"unsafe"

	"github.com/dop251/goja"
)

// A jsonWriter writes JSON as goja's JSON.stringify does without a replacer and
// without indentation, in the same order of what a script can notice. goja's own
// goes through readers of runes and, to be bounded, through a replacer that sees
// each value, which takes four times as long.
type jsonWriter struct {
	g      *guard
	text   []byte
	path   []*goja.Object // the objects that it is in
	looked int            // the size when there was a look for an interrupt
}

// keptText is how large a buffer may be that is kept for the next time.
const keptText = 16 << 10

// writeJSON is what JSON.stringify returns for an object.
func (g *guard) writeJSON(value *goja.Object) goja.Value {
	w := jsonWriter{g: g, text: g.written[:0]}
	g.written = nil // a toJSON may call it again
	if !w.value("", nil, value) {
		return goja.Undefined()
	}
	if cap(w.text) > keptText {
		return g.vm.ToValue(unsafe.String(unsafe.SliceData(w.text), len(w.text))) // nobody else has it
	}
	g.written = w.text
	return g.vm.ToValue(string(w.text))
}

// value writes the value of a property, and reports whether it is one that JSON has.
// exact is the property's name where a Go string can't say it, else nil.
func (w *jsonWriter) value(name string, exact, value goja.Value) (is bool) {
	object, isObject := value.(*goja.Object)
	if !isObject && value != nil && goja.IsBigInt(value) {
		object = value.ToObject(w.g.vm)
	}
	if object != nil {
		if toJSON, ok := goja.AssertFunction(defined(object.Get("toJSON"))); ok {
			if exact == nil {
				exact = w.g.vm.ToValue(name)
			}
			plain, err := toJSON(value, exact)
			w.g.must(err)
			value = plain
			object, isObject = value.(*goja.Object)
		}
	}
	if isObject {
		return w.object(object)
	}
	return w.primitive(value)
}

// primitive is value for what is no object.
func (w *jsonWriter) primitive(value goja.Value) (is bool) {
	if text, ok := value.(goja.String); ok {
		w.quote(text)
		return true
	}
	switch {
	case value == nil || goja.IsUndefined(value):
		return false
	case goja.IsNumber(value):
		w.number(value)
	case goja.IsNull(value):
		w.text = append(w.text, "null"...)
	case value.ExportType() == boolType:
		w.text = strconv.AppendBool(w.text, value.ToBoolean())
	case goja.IsBigInt(value):
		panic(w.g.vm.NewTypeError("Do not know how to serialize a BigInt"))
	default: // a symbol
		return false
	}
	w.bound()
	return true
}

// number writes a number, those that JSON hasn't as null. Go writes the same digits
// as JavaScript, but others around an exponent.
func (w *jsonWriter) number(value goja.Value) {
	n := value.ToFloat()
	switch size := math.Abs(n); {
	case math.IsNaN(n) || math.IsInf(n, 0):
		w.text = append(w.text, "null"...)
	case n == math.Trunc(n) && size < 1<<53:
		w.text = strconv.AppendInt(w.text, int64(n), 10)
	case size >= 1e-6 && size < 1e21:
		w.text = strconv.AppendFloat(w.text, n, 'f', -1, 64)
	default:
		w.text = append(w.text, value.String()...)
	}
}

// bound refuses too much, and now and then looks for an interrupt.
func (w *jsonWriter) bound() {
	w.g.bytes("JSON", float64(len(w.text)))
	if len(w.text)-w.looked >= longText {
		w.looked = len(w.text)
		w.g.look()
	}
}
