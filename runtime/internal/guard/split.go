package guard

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// split does itself what goja would do wrong: in texts that aren't ASCII, and
// with patterns that were rewritten, it takes empty matches too often. It also
// makes new regular expressions by a constructor that isn't guarded, and doesn't
// bound what a script's own exec returns.
func (d *dialect) split(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
	o, ok := this.(*goja.Object)
	if !ok || !is(o, "RegExp") {
		panic(d.vm.NewTypeError("%s called on what is no regular expression", nameOf(target)))
	}
	text := d.text(append(slices.Clone(args), goja.Undefined())[0])
	_, rewritten := d.written(o)
	if !rewritten && o.Prototype() == d.proto && len(o.Symbols()) == 0 && d.usual(o) && !flag(o, "unicode") && isShortASCII(text, d.limits.Elements) {
		args = append([]goja.Value{text}, args[min(1, len(args)):]...)
		return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
	}
	limit := int64(1<<32 - 1)
	if len(args) > 1 && !goja.IsUndefined(args[1]) {
		limit = toUint32(args[1])
	}
	return d.vm.NewArray(d.pieces(o, text, limit)...)
}

// isShortASCII reports whether a text is ASCII and can't have too many parts.
func isShortASCII(text goja.String, limit int64) bool {
	return int64(text.Length()) <= limit && len(text.String()) == text.Length()
}

// pieces are the parts of a text between the matches of o, and its groups.
func (d *dialect) pieces(o *goja.Object, text goja.String, limit int64) (pieces []any) {
	if limit == 0 {
		return nil
	}
	find := d.finder(o)
	size, from := text.Length(), 0 // from is where the next piece begins
	for at := 0; at <= size; {
		d.look()
		match, start, end := find(text, at)
		if match == nil || start >= size && size > 0 || start < from || end < start || end > size {
			break
		}
		if size == 0 {
			return nil
		}
		if end == from {
			at = d.behind(o, text, start)
			continue
		}
		pieces = append(pieces, text.Substring(from, start))
		for _, group := range groups(match) {
			pieces = append(pieces, group)
		}
		if d.elements("split", int64(len(pieces))); int64(len(pieces)) >= limit {
			return pieces[:limit]
		}
		from, at = end, end
	}
	return append(pieces, text.Substring(from, size))
}

// finder returns a function that finds the first match from a place on.
func (d *dialect) finder(o *goja.Object) func(text goja.String, at int) (match *goja.Object, start, end int) {
	flags := strings.NewReplacer("y", "", "g", "").Replace(d.text(defined(o.Get("flags"))).String()) + "g"
	copied := d.plain(d.pattern([]goja.Value{o.Get("source"), d.vm.ToValue(flags)}))
	exec, _ := goja.AssertFunction(d.exec)
	return func(text goja.String, at int) (*goja.Object, int, int) {
		d.must(copied.Set("lastIndex", at))
		found, err := exec(copied, text)
		d.must(err)
		match, ok := found.(*goja.Object)
		if !ok {
			return nil, 0, 0
		}
		return match, int(defined(match.Get("index")).ToInteger()), int(defined(copied.Get("lastIndex")).ToInteger())
	}
}

// behind is the place of the next character.
func (d *dialect) behind(o *goja.Object, text goja.String, at int) int {
	if flag(o, "unicode") && at+1 < text.Length() && text.CharAt(at)&0xfc00 == 0xd800 && text.CharAt(at+1)&0xfc00 == 0xdc00 {
		return at + 2
	}
	return at + 1
}

// groups are what a match has found, but for the whole.
func groups(match *goja.Object) []goja.Value {
	groups := make([]goja.Value, 0, 4)
	for i := int64(1); i < lengthOf(match); i++ {
		groups = append(groups, defined(match.Get(strconv.FormatInt(i, 10))))
	}
	return groups
}

// toUint32 is ToUint32 of the language.
func toUint32(v goja.Value) int64 {
	number := v.ToNumber().ToFloat()
	if math.IsInf(number, 0) || math.IsNaN(number) {
		return 0
	}
	return int64(uint32(int64(math.Mod(math.Trunc(number), 1<<32))))
}

// splitText judges how many parts a string has that is split by another.
func (g *guard) splitText(original native, call goja.FunctionCall) goja.Value {
	if len(call.Arguments) == 0 || goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		return original(call)
	}
	if _, isObject := call.Arguments[0].(*goja.Object); isObject || goja.IsUndefined(call.Arguments[0]) {
		return original(call)
	}
	text := g.text(call.This)
	call.This = text
	if int64(text.Length()) <= g.limits.Elements {
		return original(call)
	}
	call.Arguments = slices.Clone(call.Arguments)
	by := g.text(call.Arguments[0])
	call.Arguments[0] = by
	parts := int64(text.Length())
	if by.Length() > 0 {
		parts = int64(strings.Count(text.String(), by.String()))
	}
	if limit := call.Argument(1); !goja.IsUndefined(limit) {
		bound := toUint32(limit)
		call.Arguments[1] = g.vm.ToValue(bound)
		parts = min(parts, bound)
	}
	g.elements("split", parts)
	return original(call)
}
