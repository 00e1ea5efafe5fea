package runtime

import (
	"slices"

	"github.com/dop251/goja"
)

// A textDecoder is the state behind a TextDecoder.
type textDecoder struct {
	ext       *Extension
	decode    func(bytes []byte, more, fatal bool) (text goja.Value, rest []byte, ok bool)
	mark      []byte // how the encoding writes the mark that may come first
	fatal     bool
	ignoreBOM bool

	rest    []byte // of the calls before, incomplete
	started bool   // the mark has been looked for
}

// makeDecoder gives a function that decodes a piece of a text.
func (e *Extension) makeDecoder(call goja.FunctionCall) goja.Value {
	d := &textDecoder{ext: e, fatal: call.Argument(1).ToBoolean(), ignoreBOM: call.Argument(2).ToBoolean()}
	switch textOf(call.Argument(0)) {
	case "utf-8":
		d.decode, d.mark = decodePieceUTF8(e.vm.js), []byte{0xef, 0xbb, 0xbf}
	case "utf-16le":
		d.decode, d.mark = decodePieceUTF16(0), []byte{0xff, 0xfe}
	case "utf-16be":
		d.decode, d.mark = decodePieceUTF16(1), []byte{0xfe, 0xff}
	default:
		d.decode = decodeWindows1252(e.vm.js)
	}
	return e.native("decode", d.call)
}

// call takes bytes and whether more of them will follow. It returns null where
// the bytes are wrong and that is fatal.
func (d *textDecoder) call(call goja.FunctionCall) goja.Value {
	bytes := d.input(call.Argument(0))
	more := call.Argument(1).ToBoolean()
	d.ext.boundText(len(bytes) + len(d.rest))
	if len(d.rest) > 0 {
		bytes = append(d.rest, bytes...)
	}
	bytes, ready := d.skipMark(bytes, more)
	if !ready {
		d.rest = slices.Clone(bytes)
		return d.ext.vm.js.ToValue("")
	}
	text, rest, ok := d.decode(bytes, more, d.fatal)
	d.rest, d.started = slices.Clone(rest), more
	if !ok {
		d.rest, d.started = nil, false
		return goja.Null()
	}
	return text
}

func (d *textDecoder) input(value goja.Value) []byte {
	if goja.IsUndefined(value) {
		return nil
	}
	bytes, ok := d.ext.viewed(value)
	if object, isObject := value.(*goja.Object); !ok && (!isObject || !isBytes(object)) {
		panic(d.ext.vm.js.NewTypeError("decode needs an ArrayBuffer or a view of one"))
	}
	return bytes
}

func isBytes(object *goja.Object) bool {
	return object.ExportType() == reflectBuffer || isNumbers(object.ExportType()) || isDataView(object)
}

// skipMark cuts off the mark that a text may begin with. It isn't ready while
// what there is could become one.
func (d *textDecoder) skipMark(bytes []byte, more bool) (rest []byte, ready bool) {
	if d.started || d.ignoreBOM || len(d.mark) == 0 {
		return bytes, true
	}
	n := 0
	for n < len(bytes) && n < len(d.mark) && bytes[n] == d.mark[n] {
		n++
	}
	switch {
	case n == len(d.mark):
		return bytes[n:], true
	case n == len(bytes) && more:
		return bytes, false
	}
	return bytes, true
}
