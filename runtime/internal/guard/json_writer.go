package guard

import (
	"math"
	"slices"
	"strconv"
	"unsafe"

	"github.com/dop251/goja"
)

// A jsonWriter writes JSON as JSON.stringify does, in the same order of what a script
// can notice. goja's own goes through readers of runes and, to be bounded, through a
// replacer that sees each value, which takes four times as long; and it goes wrong
// about indentation behind what is empty.
type jsonWriter struct {
	g        *guard
	replacer goja.Callable // of the script, or nil
	names    []string      // of the properties to show, nil for all
	gap      string        // that a level is indented by
	text     []byte
	path     []*goja.Object // the objects that it is in
	looked   int            // the size when there was a look for an interrupt
	steps    int            // the values so far, also those that aren't written
}

const (
	longText = 1 << 16  // that a look for an interrupt is worth
	wideText = 1 << 20  // that isn't moved at once; what a piece of longText becomes is shorter
	keptText = 16 << 10 // how large a buffer may be that is kept for the next time
)

// write is what JSON.stringify returns for a value.
func (w *jsonWriter) write(value goja.Value) goja.Value {
	w.text = w.g.written[:0]
	w.g.written = nil // a toJSON may call it again
	defer w.g.keepLevels()()
	var holder *goja.Object
	if w.replacer != nil {
		holder = w.g.vm.NewObject()
		w.g.define(holder, "", value)
	}
	if !w.value(holder, "", nil, value) {
		return goja.Undefined()
	}
	if cap(w.text) <= keptText {
		w.g.written = w.text
	} else if len(w.text) >= cap(w.text)/2 {
		return w.g.vm.ToValue(unsafe.String(unsafe.SliceData(w.text), len(w.text))) // nobody else has it
	}
	return w.g.vm.ToValue(string(w.text))
}

// value writes the value of a property of holder, and reports whether it is one that
// JSON has. exact is the property's name where a Go string can't say it, else nil.
func (w *jsonWriter) value(holder *goja.Object, name string, exact, value goja.Value) (is bool) {
	if w.steps++; w.steps%stride == 0 {
		w.g.look()
	}
	if toJSON := w.toJSON(value); toJSON != nil {
		plain, err := toJSON(value, w.key(name, exact))
		w.g.must(err)
		value = plain
	}
	if w.replacer != nil {
		replaced, err := w.replacer(holder, w.key(name, exact), defined(value))
		w.g.must(err)
		value = replaced
	}
	if object, ok := value.(*goja.Object); ok {
		return w.object(object)
	}
	return w.primitive(value)
}

// toJSON is the method of that name, or nil.
func (w *jsonWriter) toJSON(value goja.Value) goja.Callable {
	object, isObject := value.(*goja.Object)
	if !isObject && value != nil && goja.IsBigInt(value) {
		object = value.ToObject(w.g.vm)
	}
	if object == nil {
		return nil
	}
	method, _ := goja.AssertFunction(defined(object.Get("toJSON")))
	return method
}

func (w *jsonWriter) key(name string, exact goja.Value) goja.Value {
	if exact != nil {
		return exact
	}
	return w.g.vm.ToValue(name)
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
	if cap(w.text) >= wideText && cap(w.text)-len(w.text) < wideText {
		w.widen()
	}
}

// widen makes room, as append would, but in pieces: while one is copied, the whole
// process may have to wait for it.
func (w *jsonWriter) widen() {
	wider := make([]byte, 0, cap(w.text)+cap(w.text)/4+wideText)
	for piece := range slices.Chunk(w.text, wideText) {
		wider = append(wider, piece...)
	}
	w.text = wider
}
