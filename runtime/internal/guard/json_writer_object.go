package guard

import (
	"math/big"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// What goja exports values as tells them apart at once.
var (
	boolType   = reflect.TypeFor[bool]()
	objectType = reflect.TypeFor[map[string]any]()
	listType   = reflect.TypeFor[[]any]()
	bigintType = reflect.TypeFor[*big.Int]()
)

// object is value for an object, of which toJSON has been asked.
func (w *jsonWriter) object(o *goja.Object) (is bool) {
	class := o.ClassName()
	switch class {
	case "Number":
		return w.primitive(o.ToNumber())
	case "String":
		return w.primitive(w.g.text(o))
	case "Boolean":
		return w.primitive(w.g.vm.ToValue(o.Export()))
	case "RawJSON":
		w.text = append(w.text, o.Get("rawJSON").String()...)
		w.bound()
		return true
	}
	switch kind := o.ExportType(); kind {
	case objectType, listType: // a Set is exported as a list too
		w.within(o, kind == listType && class == "Array")
		return true
	case bigintType:
		return w.primitive(w.g.vm.ToValue(o.Export()))
	}
	if _, isFunction := goja.AssertFunction(o); isFunction {
		return false
	}
	w.g.elements("JSON", indexed(o))
	w.within(o, isArray(o))
	return true
}

// within writes what is in an object.
func (w *jsonWriter) within(o *goja.Object, list bool) {
	if slices.Contains(w.path, o) {
		panic(w.g.vm.NewTypeError("Converting circular structure to JSON"))
	}
	w.path = append(w.path, o)
	w.g.deeper()
	w.g.heed() // nothing may have to be written of much that an object has
	if list {
		w.list(o)
	} else {
		w.fields(o)
	}
	w.path = w.path[:len(w.path)-1]
	w.g.levels--
	w.bound()
}

func (w *jsonWriter) list(o *goja.Object) {
	w.text = append(w.text, '[')
	begin := len(w.text)
	for i := range lengthOf(o) {
		w.separate(begin)
		index := strconv.FormatInt(i, 10)
		if !w.value(o, index, nil, o.Get(index)) {
			w.text = append(w.text, "null"...)
			w.bound()
		}
	}
	w.end(begin, ']')
}

func (w *jsonWriter) fields(o *goja.Object) {
	w.text = append(w.text, '{')
	begin := len(w.text)
	names := w.names
	if names == nil {
		names = o.Keys()
	}
	if w.names == nil && slices.ContainsFunc(names, isLossy) {
		w.exactFields(begin, o)
	} else {
		for _, name := range names {
			mark := w.separate(begin)
			w.quoteUTF8(name)
			w.colon()
			if !w.value(o, name, nil, o.Get(name)) {
				w.text = w.text[:mark]
			}
		}
	}
	w.end(begin, '}')
}

// separate begins what follows what there is since begin in a list or an object, and
// returns where that stood.
func (w *jsonWriter) separate(begin int) (mark int) {
	mark = len(w.text)
	if mark > begin {
		w.text = append(w.text, ',')
	}
	w.newLine(len(w.path))
	return mark
}

func (w *jsonWriter) colon() {
	w.text = append(w.text, ':')
	if w.gap != "" {
		w.text = append(w.text, ' ')
	}
}

// end closes a list or an object that has what there is since begin.
func (w *jsonWriter) end(begin int, bracket byte) {
	if len(w.text) > begin {
		w.newLine(len(w.path) - 1)
	}
	w.text = append(w.text, bracket)
}

func (w *jsonWriter) newLine(level int) {
	if w.gap == "" {
		return
	}
	w.text = append(w.text, '\n')
	for range level {
		w.text = append(w.text, w.gap...)
	}
}

// isLossy reports whether a name may have had half of a pair of surrogates, which goja
// replaces when it gives a name away.
func isLossy(name string) bool { return strings.ContainsRune(name, utf8.RuneError) }

// eachField calls a function with each name and value of an object.
var eachField = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("", "(o, each) => { const all = {__proto__: null, ...o}; for (const name in all) each(name, all[name]) }", true)
})

// exactFields writes the properties of an object that has such names. Its getters are
// called before any of it is written.
func (w *jsonWriter) exactFields(begin int, o *goja.Object) {
	value, err := w.g.vm.RunProgram(eachField())
	w.g.must(err)
	each, _ := goja.AssertFunction(value)
	_, err = each(goja.Undefined(), o, w.g.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		mark := w.separate(begin)
		w.quote(call.Argument(0).(goja.String))
		w.colon()
		if !w.value(o, "", call.Argument(0), call.Argument(1)) {
			w.text = w.text[:mark]
		}
		return goja.Undefined()
	}))
	w.g.must(err)
}
