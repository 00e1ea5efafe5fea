package guard

import (
	"iter"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

func (g *guard) parse(original native, call goja.FunctionCall) goja.Value {
	text, ok := call.Argument(0).ToString().(goja.String)
	if !ok { // it throws
		return original(call)
	}
	value := g.read(original, call.This, text)
	reviver, revived := goja.AssertFunction(call.Argument(1))
	if !revived {
		return value
	}
	root := g.vm.NewObject()
	g.define(root, "", value)
	return g.revive(reviver, root, "", 0)
}

// read makes a value of a text. What is wrong with one that is no JSON, the
// original says.
func (g *guard) read(original native, this goja.Value, text goja.String) goja.Value {
	value, err := readText(g.vm, text, g.limits.JSONDepth)
	if err == errSyntax && !tooDeep(text.String(), g.limits.JSONDepth) {
		original(goja.FunctionCall{This: this, Arguments: []goja.Value{text}})
		syntaxError, failed := g.vm.New(g.vm.Get("SyntaxError"), g.vm.ToValue("the text is not JSON"))
		g.must(failed)
		panic(syntaxError)
	}
	if err != nil {
		g.refuse("JSON nested more than %d levels deep is refused", g.limits.JSONDepth)
	}
	return value
}

// revive has the reviver see a property of holder, after all that is in it. The
// reviver may put there what was never in a text, of any depth.
func (g *guard) revive(reviver goja.Callable, holder *goja.Object, key string, depth int) goja.Value {
	value := holder.Get(key)
	if value == nil {
		value = goja.Undefined()
	}
	if o, ok := value.(*goja.Object); ok {
		if depth >= g.limits.JSONDepth {
			g.refuse("JSON nested more than %d levels deep is refused", g.limits.JSONDepth)
		}
		for inner := range g.properties(o) {
			if v := g.revive(reviver, o, inner, depth+1); goja.IsUndefined(v) {
				g.must(o.Delete(inner))
			} else {
				g.define(o, inner, v)
			}
		}
	}
	value, err := reviver(holder, g.vm.ToValue(key), value)
	g.must(err)
	return value
}

// properties are the indices of an array, or the keys of another object.
func (g *guard) properties(o *goja.Object) iter.Seq[string] {
	if !isArray(o) {
		return slices.Values(o.Keys())
	}
	n := lengthOf(o)
	g.elements("a revived array", n)
	return func(yield func(string) bool) {
		for i := range n {
			if !yield(strconv.FormatInt(i, 10)) {
				return
			}
		}
	}
}

func (g *guard) define(o *goja.Object, name string, v goja.Value) {
	g.must(o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE))
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
	value, second := call.Argument(0), call.Argument(1)
	_, isObject := value.(*goja.Object)
	_, isReplaced := second.(*goja.Object)
	if !isObject && !isReplaced && !goja.IsBigInt(value) { // which may have a toJSON
		return original(call)
	}
	levels := &levels{g: g}
	if list, ok := second.(*goja.Object); ok {
		if levels.replacer, ok = goja.AssertFunction(list); !ok && isArray(list) {
			levels.names = g.namesOf(list)
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
	replacer goja.Callable // of the script, or nil
	names    []string      // of the properties to show, nil for all
	path     []*goja.Object
	size     float64 // of the strings so far
}

func (l *levels) replace(call goja.FunctionCall) goja.Value {
	holder, _ := call.This.(*goja.Object)
	for len(l.path) > 0 && l.path[len(l.path)-1] != holder {
		l.path = l.path[:len(l.path)-1]
	}
	key, value := call.Argument(0), call.Argument(1)
	if l.replacer != nil {
		var err error
		value, err = l.replacer(holder, key, value)
		l.g.must(err)
	}
	if s, ok := value.(goja.String); ok {
		l.size += float64(s.Length())
		l.g.bytes("JSON", l.size)
	}
	if o, ok := value.(*goja.Object); ok {
		if l.names != nil {
			o = l.named(o)
			value = o
		}
		if l.path = append(l.path, o); len(l.path) > l.g.limits.JSONDepth {
			l.g.refuse("JSON nested more than %d levels deep is refused", l.g.limits.JSONDepth)
		}
	}
	return value
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
