package runtime

import (
	"unicode/utf8"

	"github.com/dop251/goja"
)

// maxTextBytes is the largest text that is converted at once.
const maxTextBytes = 256 << 20

func (e *Extension) boundText(n int) {
	if n > maxTextBytes {
		e.refuseSize("a text", float64(n), "bytes", maxTextBytes)
	}
}

// encodeText makes an ArrayBuffer of a string, in UTF-8.
func (e *Extension) encodeText(call goja.FunctionCall) goja.Value {
	text := textOf(call.Argument(0))
	e.boundText(len(text))
	return e.vm.arrayBuffer([]byte(text))
}

// encodeTextInto writes as many whole characters as there is room for, and says
// how many units it has read and how many bytes it has written.
func (e *Extension) encodeTextInto(call goja.FunctionCall) goja.Value {
	text := textOf(call.Argument(0))
	target, _ := e.viewed(call.Argument(1))
	read, written := 0, 0
	for _, char := range text {
		if written+utf8.RuneLen(char) > len(target) {
			break
		}
		written += utf8.EncodeRune(target[written:], char)
		read++
		if char > 0xffff {
			read++
		}
	}
	return e.vm.js.NewArray(read, written)
}
