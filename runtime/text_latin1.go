package runtime

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja"
)

// windows1252 are the characters of the bytes from 0x80 to 0x9f; all others are
// the bytes' own numbers.
var windows1252 = [32]uint16{
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
}

func decodeWindows1252(js *goja.Runtime) func([]byte, bool, bool) (goja.Value, []byte, bool) {
	return func(bytes []byte, _, _ bool) (goja.Value, []byte, bool) {
		return textOfBytes(js, bytes, func(c byte) uint16 {
			if c >= 0x80 && c <= 0x9f {
				return windows1252[c-0x80]
			}
			return uint16(c)
		}), nil, true
	}
}

// textOfBytes makes a string with a unit for each byte; ASCII stands for itself.
func textOfBytes(js *goja.Runtime, bytes []byte, unit func(byte) uint16) goja.Value {
	ascii := true
	for _, c := range bytes {
		ascii = ascii && c < 0x80
	}
	if ascii {
		return js.ToValue(string(bytes))
	}
	units := make([]uint16, len(bytes))
	for i, c := range bytes {
		units[i] = unit(c)
	}
	return goja.StringFromUTF16(units)
}

// decodeBase64 is the forgiving decoding of the web: blanks don't count, and the
// padding may be missing. It returns null for what isn't base64.
func (e *Extension) decodeBase64(call goja.FunctionCall) goja.Value {
	text := textOf(call.Argument(0))
	e.boundText(len(text))
	if strings.ContainsAny(text, "\t\n\f\r ") {
		text = strings.NewReplacer("\t", "", "\n", "", "\f", "", "\r", "", " ", "").Replace(text)
	}
	if len(text)%4 == 0 {
		text = strings.TrimSuffix(strings.TrimSuffix(text, "="), "=")
	}
	bytes, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return goja.Null()
	}
	return textOfBytes(e.vm.js, bytes, func(c byte) uint16 { return uint16(c) })
}

// encodeBase64 takes a string whose units stand for bytes, and returns null for
// every other.
func (e *Extension) encodeBase64(call goja.FunctionCall) goja.Value {
	text := textOf(call.Argument(0))
	e.boundText(len(text))
	bytes := make([]byte, 0, len(text))
	for _, char := range text {
		if char > 0xff {
			return goja.Null()
		}
		bytes = append(bytes, byte(char))
	}
	return e.vm.js.ToValue(base64.StdEncoding.EncodeToString(bytes))
}
