package guard

import (
	"github.com/dop251/goja"
)

func (g *guard) installJSON() {
	json := g.object("JSON")
	g.function(json, "parse", g.parse)
	g.function(json, "stringify", g.stringify)
}

func (g *guard) parse(original native, call goja.FunctionCall) goja.Value {
	text := call.Argument(0).ToString()
	if s, ok := text.(goja.String); ok && s.Length() > g.limits.JSONDepth && tooDeep(s.String(), g.limits.JSONDepth) {
		g.refuse("JSON nested more than %d levels deep is refused", g.limits.JSONDepth)
	}
	if len(call.Arguments) > 0 && text != call.Arguments[0] {
		call.Arguments = append([]goja.Value{text}, call.Arguments[1:]...)
	}
	return original(call)
}

// tooDeep reports whether brackets of a JSON text nest more than limit levels
// deep. It doesn't judge whether the text is valid.
func tooDeep(text string, limit int) bool {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			if depth++; depth > limit {
				return true
			}
		case ']', '}':
			depth--
		case '"':
			i = stringEnd(text, i)
		}
	}
	return false
}

// stringEnd is the index of the quote that ends the string beginning at i.
func stringEnd(text string, i int) int {
	for i++; i < len(text) && text[i] != '"'; i++ {
		if text[i] == '\\' {
			i++
		}
	}
	return i
}

// stringify counts levels in a replacer: that sees every value, also what
// toJSON and the script's own replacer make of one.
func (g *guard) stringify(original native, call goja.FunctionCall) goja.Value {
	value, ok := call.Argument(0).(*goja.Object)
	if !ok {
		return original(call)
	}
	levels := &levels{g: g}
	if list, ok := call.Argument(1).(*goja.Object); ok {
		if levels.replacer, ok = goja.AssertFunction(list); !ok && isArray(list) {
			// A list of names and a replacer can't be had together, so
			// that the levels are counted in a run of its own.
			levels.names = namesOf(list)
			original(goja.FunctionCall{This: call.This, Arguments: []goja.Value{value, g.vm.ToValue(levels.replace)}})
			return original(call)
		}
	}
	return original(goja.FunctionCall{
		This:      call.This,
		Arguments: []goja.Value{value, g.vm.ToValue(levels.replace), call.Argument(2)},
	})
}

// levels are the objects that stringify is in.
type levels struct {
	g        *guard
	replacer goja.Callable   // of the script, or nil
	names    map[string]bool // of the properties to show, nil for all
	path     []*goja.Object
}

func (l *levels) replace(call goja.FunctionCall) goja.Value {
	holder, _ := call.This.(*goja.Object)
	for len(l.path) > 0 && l.path[len(l.path)-1] != holder {
		l.path = l.path[:len(l.path)-1]
	}
	key, value := call.Argument(0), call.Argument(1)
	if l.names != nil && len(l.path) > 0 && !l.names[key.String()] && !isArray(holder) {
		return goja.Undefined()
	}
	if l.replacer != nil {
		var err error
		value, err = l.replacer(holder, key, value)
		l.g.must(err)
	}
	if o, ok := value.(*goja.Object); ok {
		if l.path = append(l.path, o); len(l.path) > l.g.limits.JSONDepth {
			l.g.refuse("JSON nested more than %d levels deep is refused", l.g.limits.JSONDepth)
		}
	}
	return value
}

// namesOf are the strings and numbers of a list.
func namesOf(list *goja.Object) map[string]bool {
	names := make(map[string]bool)
	for _, key := range list.Keys() {
		if v := list.Get(key); goja.IsString(v) || goja.IsNumber(v) {
			names[v.String()] = true
		}
	}
	return names
}
