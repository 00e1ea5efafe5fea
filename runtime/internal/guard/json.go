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
	defer g.keepLevels()()
	return g.revive(reviver, root, "")
}

// deeper begins a level of JSON in native code.
func (g *guard) deeper() {
	if g.levels++; g.levels > g.limits.JSONDepth {
		g.refuse("JSON nested more than %d levels deep is refused", g.limits.JSONDepth)
	}
}

// keepLevels returns what puts the count of levels back, also behind a panic.
func (g *guard) keepLevels() (restore func()) {
	before := g.levels
	return func() { g.levels = before }
}

// read makes a value of a text. What is wrong with one that is no JSON, the
// original says.
func (g *guard) read(original native, this goja.Value, text goja.String) goja.Value {
	value, err := g.readText(text)
	if err == errSyntax && !tooDeep(text.String(), g.limits.JSONDepth) {
		original(goja.FunctionCall{This: this, Arguments: []goja.Value{text}})
		original(goja.FunctionCall{This: this, Arguments: []goja.Value{g.vm.ToValue("")}}) // it took that, but takes no other
	}
	if err != nil {
		g.refuse("JSON nested more than %d levels deep is refused", g.limits.JSONDepth)
	}
	return value
}

// revive has the reviver see a property of holder, after all that is in it. The
// reviver may put there what was never in a text, of any depth.
func (g *guard) revive(reviver goja.Callable, holder *goja.Object, key string) goja.Value {
	value := holder.Get(key)
	if value == nil {
		value = goja.Undefined()
	}
	if o, ok := value.(*goja.Object); ok {
		g.deeper()
		for inner := range g.properties(o) {
			if v := g.revive(reviver, o, inner); goja.IsUndefined(v) {
				g.must(o.Delete(inner))
			} else {
				g.define(o, inner, v)
			}
		}
		g.levels--
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
