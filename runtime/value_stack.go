package runtime

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
)

// stackSlots is how many values a kept stack has room for: enough for the calls
// that most handlers make, at 16 bytes each.
const stackSlots = 64

// A valueStack keeps room for the values of a turn. goja lets go of its own
// after each call from outside and grows the next from nothing, in several
// steps; that is up to half of what a small handler allocates. It has no way to
// be told, so its field is set. Where there is no such field, goja's way is what
// happens.
type valueStack struct {
	field *[]goja.Value // where the runtime has its stack
	kept  []goja.Value
}

// newValueStack finds the field, in a runtime that has run nothing so far.
func newValueStack(js *goja.Runtime) valueStack {
	inner := reflect.ValueOf(js).Elem().FieldByName("vm")
	if inner.Kind() != reflect.Pointer || inner.Type().Elem().Kind() != reflect.Struct {
		return valueStack{}
	}
	field := inner.Elem().FieldByName("stack")
	if !field.IsValid() || !field.CanAddr() || !field.Type().ConvertibleTo(reflect.TypeFor[[]goja.Value]()) {
		return valueStack{}
	}
	return valueStack{field: (*[]goja.Value)(unsafe.Pointer(field.UnsafeAddr()))}
}

// lend gives the runtime the room for a call from outside, if it has none.
func (s *valueStack) lend() {
	if s.field == nil || *s.field != nil {
		return
	}
	if s.kept == nil {
		s.kept = make([]goja.Value, stackSlots)
	}
	*s.field = s.kept[:0]
}

// reclaim forgets the values, once the runtime has let go of the room.
func (s *valueStack) reclaim() {
	if s.field == nil || *s.field != nil || s.kept == nil {
		return
	}
	clear(s.kept)
}
