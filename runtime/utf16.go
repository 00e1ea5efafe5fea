package runtime

import (
	"weak"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// utf8Of is a JavaScript string in UTF-8; a surrogate without a partner becomes
// U+FFFD, as goja has it. goja's own conversion goes through a slice of runes,
// which takes ten times as long and eight times the memory.
func utf8Of(text goja.String) string {
	if points, ok := units.Of(text); ok {
		return units.ToUTF8(points)
	}
	return text.String() // no copy
}

// longText is from how many bytes on a text is long enough for its scan to be
// worth a thought.
const longText = 4 << 10

// longTexts gives long texts to scripts. One that a script only passes on, or
// parses, is never converted. Once a script has looked at one, the next ones are
// converted as they come, which is several times as fast as when goja does it.
type longTexts struct {
	last   weak.Pointer[bool] // of the last one: whether it was looked at
	looked bool
}

// value makes a JavaScript string of a text.
func (l *longTexts) value(js *goja.Runtime, text string) goja.Value {
	value := js.ToValue(text)
	if len(text) < longText {
		return value
	}
	imported := units.ImportedOf(value)
	if last := l.last.Value(); last != nil && *last {
		l.looked = true
	}
	if l.looked {
		imported.Scan()
	} else {
		l.last = weak.Make(imported.Scanned())
	}
	return value
}
