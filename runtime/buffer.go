package runtime

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/buffer"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// codecs are the encodings that goja_nodejs reads and writes as Node.js does.
var codecs = map[string]buffer.StringCodec{
	"hex":       buffer.StringCodecByName("hex"),
	"base64":    buffer.StringCodecByName("base64"),
	"base64url": buffer.StringCodecByName("base64Url"),
}

// arrayBuffer makes an ArrayBuffer over data, without a copy.
func (v *vm) arrayBuffer(data []byte) goja.Value {
	v.meet(guard.Buffers)
	return v.js.ToValue(v.js.NewArrayBuffer(data))
}

// bufferBytes makes an ArrayBuffer of a string in one of Buffer's encodings.
// What isn't of the encoding ends or is left out, as Node.js does it.
func (e *Extension) bufferBytes(call goja.FunctionCall) goja.Value {
	text, ok := call.Argument(0).(goja.String)
	if !ok {
		return goja.Undefined()
	}
	e.boundText(text.Length())
	return e.vm.arrayBuffer(bytesIn(text, textOf(call.Argument(1))))
}

func bytesIn(text goja.String, encoding string) []byte {
	switch encoding {
	case "latin1", "ascii":
		out := make([]byte, text.Length())
		for i := range out {
			out[i] = byte(text.CharAt(i))
		}
		return out
	case "utf16le":
		out := make([]byte, 0, 2*text.Length())
		for i := range text.Length() {
			unit := text.CharAt(i)
			out = append(out, byte(unit), byte(unit>>8))
		}
		return out
	}
	plain := text.String()
	if codec, ok := codecs[encoding]; ok {
		if encoding != "hex" {
			plain = onlyBase64(plain)
		}
		return codec.DecodeAppend(plain, nil)
	}
	return []byte(plain)
}

// onlyBase64 leaves out what Node.js skips, up to a padding.
func onlyBase64(text string) string {
	text, _, _ = strings.Cut(text, "=")
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("+/-_", c) {
			return c
		}
		return -1
	}, text)
}

// bufferText makes a string of bytes in one of Buffer's encodings.
func (e *Extension) bufferText(call goja.FunctionCall) goja.Value {
	view, _ := e.viewed(call.Argument(0))
	e.boundText(len(view))
	switch encoding := textOf(call.Argument(1)); encoding {
	case "hex", "base64", "base64url":
		e.boundText(2 * len(view))
		return e.vm.js.ToValue(codecs[encoding].Encode(view))
	case "latin1":
		return textOfBytes(e.vm.js, view, func(c byte) uint16 { return uint16(c) })
	case "ascii":
		return textOfBytes(e.vm.js, view, func(c byte) uint16 { return uint16(c & 0x7f) })
	case "utf16le":
		units := make([]uint16, len(view)/2)
		for i := range units {
			units[i] = uint16(view[2*i]) | uint16(view[2*i+1])<<8
		}
		return goja.StringFromUTF16(units)
	}
	return e.vm.js.ToValue(decodeUTF8(view))
}

// bufferSize is how many bytes a string has in UTF-8.
func (e *Extension) bufferSize(call goja.FunctionCall) goja.Value {
	return e.vm.js.ToValue(len(textOf(call.Argument(0))))
}

// bufferWhole is how many of the first bytes are whole characters of UTF-8.
func (e *Extension) bufferWhole(call goja.FunctionCall) goja.Value {
	view, _ := e.viewed(call.Argument(0))
	end := max(0, min(int(call.Argument(1).ToInteger()), len(view)))
	for end > 0 && end < len(view) && !utf8.RuneStart(view[end]) {
		end--
	}
	return e.vm.js.ToValue(end)
}

func (e *Extension) bufferCompare(call goja.FunctionCall) goja.Value {
	a, _ := e.viewed(call.Argument(0))
	b, _ := e.viewed(call.Argument(1))
	return e.vm.js.ToValue(bytes.Compare(a, b))
}

// bufferFind is the place of the first, or else of the last, of some bytes in
// others, or -1.
func (e *Extension) bufferFind(call goja.FunctionCall) goja.Value {
	view, _ := e.viewed(call.Argument(0))
	wanted, _ := e.viewed(call.Argument(1))
	if call.Argument(2).ToBoolean() {
		return e.vm.js.ToValue(bytes.LastIndex(view, wanted))
	}
	return e.vm.js.ToValue(bytes.Index(view, wanted))
}
