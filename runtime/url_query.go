package runtime

import (
	"strings"

	"github.com/dop251/goja"
)

// parseQuery reads application/x-www-form-urlencoded: names and values by turns.
func (e *Extension) parseQuery(call goja.FunctionCall) goja.Value {
	query := textOf(call.Argument(0))
	if n := strings.Count(query, "&"); n > maxSource/2 {
		e.refuseSize("a query", float64(n), "parameters", maxSource/2)
	}
	var words []any
	for field := range strings.SplitSeq(query, "&") {
		if field != "" {
			name, value, _ := strings.Cut(field, "=")
			words = append(words, decodeField(name), decodeField(value))
		}
	}
	return e.vm.js.NewArray(words...)
}

func decodeField(text string) string {
	if strings.IndexByte(text, '+') < 0 && strings.IndexByte(text, '%') < 0 {
		return text
	}
	bytes := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == '+':
			bytes = append(bytes, ' ')
		case c == '%' && i+2 < len(text) && hexDigit(text[i+1]) >= 0 && hexDigit(text[i+2]) >= 0:
			bytes = append(bytes, byte(hexDigit(text[i+1])<<4|hexDigit(text[i+2])))
			i += 2
		default:
			bytes = append(bytes, c)
		}
	}
	return decodeUTF8(bytes)
}

// hexDigit is -1 for what is none.
func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// encodeQuery writes a name or value as application/x-www-form-urlencoded.
func (e *Extension) encodeQuery(call goja.FunctionCall) goja.Value {
	text := textOf(call.Argument(0))
	if e.boundText(3 * len(text)); strings.IndexFunc(text, isEscaped) < 0 {
		return e.vm.js.ToValue(text)
	}
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c == ' ':
			b.WriteByte('+')
		case isEscaped(rune(c)):
			const digits = "0123456789ABCDEF"
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return e.vm.js.ToValue(b.String())
}

// isEscaped reports whether a byte doesn't stand for itself in a form.
func isEscaped(c rune) bool {
	return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && !strings.ContainsRune("*-._", c)
}
