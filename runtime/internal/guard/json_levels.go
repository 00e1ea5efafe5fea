package guard

import (
	"strconv"
	"unicode/utf16"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// stringify has a [jsonWriter] write an object, if nothing else is asked for. Else
// it counts levels, and what is written, in a replacer: that sees every value, also
// what toJSON and the script's own replacer make of one.
func (g *guard) stringify(original native, call goja.FunctionCall) goja.Value {
	value, second := call.Argument(0), call.Argument(1)
	_, isObject := value.(*goja.Object)
	_, isReplaced := second.(*goja.Object)
	if !isObject && !isReplaced && !goja.IsBigInt(value) { // which may have a toJSON
		if s, ok := value.(goja.String); ok {
			g.bytes("JSON", jsonSize(s))
		}
		return original(call)
	}
	if isObject && !isReplaced && goja.IsUndefined(call.Argument(2)) {
		return g.writeJSON(value.(*goja.Object))
	}
	levels := &levels{g: g}
	if list, ok := second.(*goja.Object); ok {
		if levels.replacer, ok = goja.AssertFunction(list); !ok && isArray(list) {
			levels.names = g.namesOf(list)
		}
	}
	if !goja.IsUndefined(call.Argument(2)) {
		levels.indent = maxIndent
	}
	return original(goja.FunctionCall{
		This:      call.This,
		Arguments: []goja.Value{value, g.vm.ToValue(levels.replace), call.Argument(2)},
	})
}

// levels are the objects that stringify is in.
type levels struct {
	g        *guard
	replacer goja.Callable // of the script, or nil
	names    []string      // of the properties to show, nil for all
	path     []level
	indent   int     // what is written before a value for each level
	size     float64 // of what is written so far
	looked   float64 // the size when there was a look for an interrupt
}

// A level is an object that stringify is in.
type level struct {
	object *goja.Object
	list   bool // and so writes no keys
}

func (l *levels) replace(call goja.FunctionCall) goja.Value {
	holder, _ := call.This.(*goja.Object)
	for len(l.path) > 0 && l.path[len(l.path)-1].object != holder {
		l.path = l.path[:len(l.path)-1]
	}
	key, value := call.Argument(0), call.Argument(1)
	if l.replacer != nil {
		var err error
		value, err = l.replacer(holder, key, value)
		l.g.must(err)
	}
	l.count(key, value)
	if o, ok := value.(*goja.Object); ok {
		l.g.elements("JSON", indexed(o))
		if l.names != nil {
			o = l.named(o)
			value = o
		}
		if l.path = append(l.path, level{o, isArray(o)}); len(l.path) > l.g.limits.JSONDepth {
			l.g.refuse("JSON nested more than %d levels deep is refused", l.g.limits.JSONDepth)
		}
	}
	return value
}

// count adds what is written of a value to the size, refuses too much, and now and
// then looks for an interrupt.
func (l *levels) count(key, value goja.Value) {
	depth := len(l.path)
	l.size += float64(1 + depth*l.indent)
	if s, ok := value.(goja.String); ok {
		l.size += jsonSize(s)
	}
	if s, ok := key.(goja.String); ok && depth > 0 && !l.path[depth-1].list {
		l.size += jsonSize(s)
	}
	l.g.bytes("JSON", l.size)
	if l.size-l.looked >= longText {
		l.looked = l.size
		l.g.look()
	}
}

const (
	maxIndent = 10      // of the language, for each level
	longText  = 1 << 16 // that a look for an interrupt is worth
)

// jsonSize is how long a string is as JSON. Short ones are not read for that:
// between two of them there are looks for an interrupt.
func jsonSize(s goja.String) float64 {
	size := s.Length() + len(`"",`)
	if size < longText {
		return float64(size)
	}
	return float64(size + escapesIn(s)*(len(`\u0000`)-1))
}

// escapesIn is how many units of a text may have to be written as escapes.
func escapesIn(s goja.String) (n int) {
	if all, ok := units.Of(s); ok {
		for _, u := range all {
			if u < ' ' || utf16.IsSurrogate(rune(u)) {
				n++
			}
		}
		return n
	}
	text := s.String()
	for i := range len(text) {
		if text[i] < ' ' {
			n++
		}
	}
	return n
}

// named returns an object with the properties of o to show, or o if it is
// written otherwise than by its properties.
func (l *levels) named(o *goja.Object) *goja.Object {
	if _, callable := goja.AssertFunction(o); callable || isArray(o) || is(o, "String") || is(o, "Number") || is(o, "Boolean") || is(o, "BigInt") {
		return o
	}
	shown := l.g.vm.NewObject()
	for _, name := range l.names {
		if v := o.Get(name); v != nil {
			l.g.define(shown, name, v)
		}
	}
	return shown
}

// namesOf are the strings and numbers of a list, each once. It is never nil.
func (g *guard) namesOf(list *goja.Object) []string {
	n := lengthOf(list)
	g.elements("a list of names", n)
	names, seen := make([]string, 0, 8), make(map[string]bool)
	for i := range n {
		v := list.Get(strconv.FormatInt(i, 10))
		o, ok := v.(*goja.Object)
		if !goja.IsString(v) && !goja.IsNumber(v) && !(ok && (is(o, "String") || is(o, "Number"))) {
			continue
		}
		if name := v.String(); !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
