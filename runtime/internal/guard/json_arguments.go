package guard

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// stringify is JSON.stringify.
func (g *guard) stringify(_ native, call goja.FunctionCall) goja.Value {
	w := jsonWriter{g: g}
	if list, ok := call.Argument(1).(*goja.Object); ok {
		if w.replacer, ok = goja.AssertFunction(list); !ok && isArray(list) {
			w.names = g.namesOf(list)
		}
	}
	w.gap = g.gapOf(call.Argument(2))
	return w.write(call.Argument(0))
}

// maxIndent is the most, for each level, that the language has.
const maxIndent = 10

// gapOf is what the third argument of JSON.stringify asks for.
func (g *guard) gapOf(space goja.Value) string {
	if o, ok := space.(*goja.Object); ok {
		switch {
		case is(o, "Number"):
			space = o.ToNumber()
		case is(o, "String"):
			space = g.text(o)
		}
	}
	if text, ok := space.(goja.String); ok {
		return text.Substring(0, min(text.Length(), maxIndent)).String()
	}
	if n := space; goja.IsNumber(n) && n.ToFloat() >= 1 {
		return strings.Repeat(" ", int(min(n.ToFloat(), maxIndent)))
	}
	return ""
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
