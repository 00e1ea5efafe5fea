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
	symbolType = reflect.TypeFor[string]()
	bigintType = reflect.TypeFor[*big.Int]()
)

// object is value for an object, of which toJSON has been asked.
func (w *jsonWriter) object(o *goja.Object) (is bool) {
	switch class := o.ClassName(); {
	case class == "Number":
		return w.primitive(o.ToNumber())
	case class == "String":
		return w.primitive(w.g.text(o))
	case class == "Boolean":
		return w.primitive(w.g.vm.ToValue(o.Export()))
	case class == "RawJSON":
		w.text = append(w.text, o.Get("rawJSON").String()...)
		w.bound()
		return true
	}
	switch kind := o.ExportType(); kind {
	case objectType, listType:
		w.within(o, kind == listType)
		return true
	case symbolType:
		return false
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
	if w.path = append(w.path, o); len(w.path) > w.g.limits.JSONDepth {
		w.g.refuse("JSON nested more than %d levels deep is refused", w.g.limits.JSONDepth)
	}
	if list {
		w.list(o)
	} else {
		w.fields(o)
	}
	w.path = w.path[:len(w.path)-1]
	w.bound()
}

func (w *jsonWriter) list(o *goja.Object) {
	w.text = append(w.text, '[')
	for i := range lengthOf(o) {
		if i > 0 {
			w.text = append(w.text, ',')
		}
		index := strconv.FormatInt(i, 10)
		if !w.value(index, nil, o.Get(index)) {
			w.text = append(w.text, "null"...)
			w.bound()
		}
	}
	w.text = append(w.text, ']')
}

func (w *jsonWriter) fields(o *goja.Object) {
	w.text = append(w.text, '{')
	begin := len(w.text)
	names := o.Keys()
	if slices.ContainsFunc(names, isLossy) {
		w.exactFields(begin, o)
	} else {
		for _, name := range names {
			mark := w.comma(begin)
			w.quoteUTF8(name)
			w.text = append(w.text, ':')
			if !w.value(name, nil, o.Get(name)) {
				w.text = w.text[:mark]
			}
		}
	}
	w.text = append(w.text, '}')
}

// comma separates what follows from what there is since begin, and returns where it
// stands.
func (w *jsonWriter) comma(begin int) (mark int) {
	mark = len(w.text)
	if mark > begin {
		w.text = append(w.text, ',')
	}
	return mark
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
		mark := w.comma(begin)
		w.quote(call.Argument(0).(goja.String))
		w.text = append(w.text, ':')
		if !w.value("", call.Argument(0), call.Argument(1)) {
			w.text = w.text[:mark]
		}
		return goja.Undefined()
	}))
	w.g.must(err)
}
