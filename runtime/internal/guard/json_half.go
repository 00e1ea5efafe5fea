package guard

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
)

// A halfKeeper keeps the surrogates without a partner in a JSON text, which goja
// would replace: it has it read a mark and digits in the place of each.
type halfKeeper struct {
	*guard
	mark rune // which the text doesn't have
}

// mayHaveHalves reports whether there may be such surrogates in a text.
func mayHaveHalves(text string) bool {
	return strings.Contains(text, `\ud`) || strings.Contains(text, `\uD`) || strings.Contains(text, "\uFFFD")
}

// keeper returns a keeper for a text; ok is false if that has all marks.
func (g *guard) keeper(text string) (keeper halfKeeper, ok bool) {
	lower := strings.ToLower(text)
	for mark := rune(0xfdd0); mark <= 0xfdef; mark++ {
		if !strings.ContainsRune(lower, mark) && !strings.Contains(lower, fmt.Sprintf(`\u%x`, mark)) {
			return halfKeeper{g, mark}, true
		}
	}
	return halfKeeper{}, false
}

// parse has the original read a text, and puts the surrogates back.
func (k halfKeeper) parse(original native, this goja.Value, text goja.String) (value goja.Value, tooLarge bool) {
	marked, found := k.marked(text)
	if !found {
		return k.read(original, goja.FunctionCall{This: this, Arguments: []goja.Value{text}})
	}
	value, tooLarge = k.read(original, goja.FunctionCall{This: this, Arguments: []goja.Value{k.vm.ToValue(marked)}})
	if tooLarge {
		return nil, true
	}
	return k.restored(value), false
}

// marked writes the text with marks, and reports whether there are any.
func (k halfKeeper) marked(text goja.String) (marked string, found bool) {
	var out strings.Builder
	for i := 0; i < text.Length(); {
		unit, size := unitAt(text, i)
		if size == 2 { // another escape, of which the next unit is a part
			out.WriteByte('\\')
			i++
			unit, size = text.CharAt(i), 1
		}
		next, nextSize := unitAt(text, i+size)
		switch pair := utf16.DecodeRune(rune(unit), rune(next)); {
		case !utf16.IsSurrogate(rune(unit)):
			writeUnit(&out, text, i, size)
		case pair != '\uFFFD':
			out.WriteRune(pair)
			found = found || size != nextSize // goja reads only half of it as an escape
			size += nextSize
		default:
			fmt.Fprintf(&out, "%c%04x", k.mark, unit)
			found = true
		}
		i += size
	}
	return out.String(), found
}

// unitAt is the unit that a text has at i or, by six characters, stands for
// there. A size of 2 is that of any other escape.
func unitAt(text goja.String, i int) (unit uint16, size int) {
	if i >= text.Length() {
		return 0, 1
	}
	unit = text.CharAt(i)
	if unit != '\\' || i+1 >= text.Length() {
		return unit, 1
	}
	if text.CharAt(i+1) == 'u' && i+6 <= text.Length() {
		if value, err := strconv.ParseUint(text.Substring(i+2, i+6).String(), 16, 16); err == nil {
			return uint16(value), 6
		}
	}
	return unit, 2
}

// writeUnit copies a unit, or the escape that it is written as.
func writeUnit(out *strings.Builder, text goja.String, at, size int) {
	for i := at; i < at+size; i++ {
		out.WriteRune(rune(text.CharAt(i)))
	}
}

// restored is a value with its surrogates. JSON nests only as deep as it may.
func (k halfKeeper) restored(v goja.Value) goja.Value {
	if text, ok := v.(goja.String); ok {
		if number, ok := k.infinite(text.String()); ok {
			return number
		}
		return k.restoredText(text)
	}
	o, ok := v.(*goja.Object)
	if !ok {
		return v
	}
	if isArray(o) {
		for key := range k.properties(o) {
			k.define(o, key, k.restored(o.Get(key)))
		}
		return o
	}
	return k.restoredObject(o)
}

// restoredObject is o with its surrogates, and another object if there are any
// in its keys: those become U+FFFD, because goja takes no others.
func (k halfKeeper) restoredObject(o *goja.Object) *goja.Object {
	keys := o.Keys()
	to := o
	if slices.ContainsFunc(keys, func(key string) bool { return strings.ContainsRune(key, k.mark) }) {
		to = k.vm.NewObject()
	}
	for _, key := range keys {
		value := k.restored(o.Get(key))
		if to != o {
			key = k.restoredText(k.vm.ToValue(key).(goja.String)).String()
		}
		k.define(to, key, value)
	}
	return to
}

func (k halfKeeper) restoredText(text goja.String) goja.String {
	all := text.String()
	if !strings.ContainsRune(all, k.mark) {
		return text
	}
	var units []uint16
	for before, rest, found := strings.Cut(all, string(k.mark)); ; before, rest, found = strings.Cut(rest, string(k.mark)) {
		units = append(units, utf16.Encode([]rune(before))...)
		if !found {
			return goja.StringFromUTF16(units)
		}
		unit, _ := strconv.ParseUint(rest[:4], 16, 16)
		units, rest = append(units, uint16(unit)), rest[4:]
	}
}
