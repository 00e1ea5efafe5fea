package guard

import (
	"errors"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// A reader makes JavaScript values of a JSON text in one pass. goja's own goes
// through tokens of encoding/json, which takes twice as long, loses surrogates
// without a partner and refuses numbers that should become infinite.
type reader[U byte | uint16] struct {
	vm    *goja.Runtime
	proto *goja.Object // of objects
	text  []U          // UTF-8 or UTF-16
	at    int
	depth int // levels that may still be nested
	units []uint16
}

// The reasons why a text is not read.
var (
	errSyntax = errors.New("not JSON")
	errDepth  = errors.New("nested too deep")
)

// readText reads a whole text, in whichever form goja has it.
func (g *guard) readText(text goja.String) (goja.Value, error) {
	if all, ok := units.Of(text); ok {
		return readJSON(g, all)
	}
	s := text.String()
	return readJSON(g, unsafe.Slice(unsafe.StringData(s), len(s))) // which only reads
}

// readJSON reads a whole text.
func readJSON[U byte | uint16](g *guard, text []U) (goja.Value, error) {
	if g.parsed == nil {
		g.parsed = g.vm.NewObject().Prototype()
	}
	r := reader[U]{vm: g.vm, proto: g.parsed, text: text, depth: g.limits.JSONDepth}
	value, err := r.value()
	if err == nil && r.next() != 0 {
		return nil, errSyntax
	}
	if err == nil && r.at < len(r.text) { // a NUL
		return nil, errSyntax
	}
	return value, err
}

// next is the unit behind white space, 0 at the end.
func (r *reader[U]) next() U {
	for r.at < len(r.text) {
		switch u := r.text[r.at]; u {
		case ' ', '\t', '\n', '\r':
			r.at++
		default:
			return u
		}
	}
	return 0
}

func (r *reader[U]) value() (goja.Value, error) {
	switch u := r.next(); {
	case u == '{' || u == '[':
		return r.nested(u)
	case u == '"':
		return r.string()
	case u == '-' || u >= '0' && u <= '9':
		return r.number()
	case u == 't':
		return r.literal("true", r.vm.ToValue(true))
	case u == 'f':
		return r.literal("false", r.vm.ToValue(false))
	case u == 'n':
		return r.literal("null", goja.Null())
	}
	return nil, errSyntax
}

func (r *reader[U]) literal(word string, value goja.Value) (goja.Value, error) {
	for i := range len(word) {
		if r.at >= len(r.text) || r.text[r.at] != U(word[i]) {
			return nil, errSyntax
		}
		r.at++
	}
	return value, nil
}

// nested reads what begins with a bracket, one level further down.
func (r *reader[U]) nested(bracket U) (value goja.Value, err error) {
	if r.depth == 0 {
		return nil, errDepth
	}
	r.depth--
	r.at++
	if bracket == '{' {
		value, err = r.object()
	} else {
		value, err = r.array()
	}
	r.depth++
	return value, err
}

func (r *reader[U]) array() (goja.Value, error) {
	var items []any
	for first := true; ; first = false {
		if done, err := r.separated(']', first); done || err != nil {
			return r.vm.NewArray(items...), err
		}
		item, err := r.value()
		if err != nil {
			return nil, err
		}
		items = append(items, item)
	}
}

// object reads an object, which gets its prototype only when it is whole: until
// then, to set a property is to define it, which takes longer.
func (r *reader[U]) object() (goja.Value, error) {
	object := r.vm.CreateObject(nil)
	for first := true; ; first = false {
		done, err := r.separated('}', first)
		if err != nil {
			return nil, err
		}
		if done {
			return object, object.SetPrototype(r.proto)
		}
		if err := r.property(object); err != nil {
			return nil, err
		}
	}
}

// separated goes to the next member, past the comma before it, and reports
// whether there is none.
func (r *reader[U]) separated(end U, first bool) (done bool, err error) {
	switch u := r.next(); {
	case u == end:
		r.at++
		return true, nil
	case first:
		return false, nil
	case u != ',':
		return false, errSyntax
	}
	r.at++
	if r.next() == end {
		return false, errSyntax
	}
	return false, nil
}

// property reads a member of an object. A later one of the same name counts.
func (r *reader[U]) property(object *goja.Object) error {
	if r.next() != '"' {
		return errSyntax
	}
	name, err := r.name()
	if err != nil {
		return err
	}
	if r.next() != ':' {
		return errSyntax
	}
	r.at++
	value, err := r.value()
	if err != nil {
		return err
	}
	return object.Set(name, value)
}
