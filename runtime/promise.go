package runtime

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// A promise is one that the host makes and settles.
type promise struct {
	*goja.Promise
	resolve, reject func(value any) error // nil for a copy
}

// A mould makes the promises of a vm. Four fifths of what goja's cost are the two
// functions that settle them, which a promise of the host needs only when
// something waits for it; and few who send a message do. So promises are copies
// of the first, which is taken before anybody has it, and settled by setting
// their fields. Where those are not the fields that this file knows, goja's way
// is what happens.
type mould struct {
	object  goja.Object
	promise goja.Promise
	taken   bool
}

// newPromise makes a promise that is fulfilled with what has no then.
func (v *vm) newPromise() promise {
	if v.mould.taken {
		return promise{Promise: v.mould.copy()}
	}
	return v.fullPromise()
}

// fullPromise makes one that may be fulfilled with another promise, and follows it
// then.
func (v *vm) fullPromise() promise {
	p, resolve, reject := v.js.NewPromise()
	if !v.mould.taken {
		v.mould.take(v.js.ToValue(p).(*goja.Object), p)
	}
	return promise{p, resolve, reject}
}

// take copies a promise that nobody has so far, without what is its own.
func (m *mould) take(object *goja.Object, p *goja.Promise) {
	if promisesAreKnown() && fieldsOf(object).self[1] == unsafe.Pointer(p) {
		m.object, m.promise, m.taken = *object, *p, true
		fieldsOf(&m.object).self[1] = nil
		inner := innerOf(&m.promise)
		inner.val, inner.values = nil, nil
	}
}

func (m *mould) copy() *goja.Promise {
	object, p := new(goja.Object), new(goja.Promise)
	*object, *p = m.object, m.promise
	fieldsOf(object).self[1] = unsafe.Pointer(p)
	inner := innerOf(p)
	inner.val, inner.values = object, make(map[unistring.String]goja.Value)
	return p
}

// unawaited reports whether certainly nothing waits for the promise, so that
// fulfilling it runs nothing.
func (p promise) unawaited() bool { return p.resolve == nil && !innerOf(p.Promise).handled }

// settle fulfils the promise, or rejects it.
func (p promise) settle(v *vm, state goja.PromiseState, result goja.Value) error {
	if p.resolve == nil {
		inner := innerOf(p.Promise)
		inner.state, inner.result = state, result
		if !inner.handled {
			if state == goja.PromiseStateRejected {
				v.trackRejection(p.Promise, goja.PromiseRejectionReject)
			}
			return nil
		}
		p = inner.handOver(v)
	}
	if state == goja.PromiseStateRejected {
		return p.reject(result)
	}
	return p.resolve(result)
}

// handOver gives what waits for the promise to one that has the functions.
func (i *promiseFields) handOver(v *vm) promise {
	p, resolve, reject := v.js.NewPromise()
	other := innerOf(p)
	other.fulfillReactions, other.rejectReactions, other.handled = i.fulfillReactions, i.rejectReactions, true
	i.fulfillReactions, i.rejectReactions = nil, nil
	return promise{p, resolve, reject}
}

// objectFields are those of a goja.Object.
type objectFields struct {
	self    [2]unsafe.Pointer // an interface, whose second word is what it holds
	runtime *goja.Runtime
}

// promiseFields are those of a goja.Promise.
type promiseFields struct {
	baseObject
	state                             goja.PromiseState
	result                            goja.Value
	fulfillReactions, rejectReactions []unsafe.Pointer
	handled                           bool // something waits for it, or has
}

type baseObject struct {
	class                           string
	val, prototype                  *goja.Object
	extensible                      bool
	values                          map[unistring.String]goja.Value
	propNames                       []unistring.String
	lastSortedPropLen, idxPropCount int
	symValues, privateElements      unsafe.Pointer
}

func fieldsOf(object *goja.Object) *objectFields { return (*objectFields)(unsafe.Pointer(object)) }

func innerOf(p *goja.Promise) *promiseFields { return (*promiseFields)(unsafe.Pointer(p)) }

// promisesAreKnown reports whether goja's types are laid out as those above.
var promisesAreKnown = sync.OnceValue(func() bool {
	return sameShape(reflect.TypeFor[goja.Object](), reflect.TypeFor[objectFields]()) &&
		sameShape(reflect.TypeFor[goja.Promise](), reflect.TypeFor[promiseFields]())
})

// sameShape reports whether a type of goja's is one of ours, where ours name
// what goja doesn't export by unsafe pointers.
func sameShape(theirs, ours reflect.Type) bool {
	switch ours.Kind() {
	case reflect.UnsafePointer:
		return theirs.Kind() == reflect.Pointer || theirs.Kind() == reflect.Map
	case reflect.Array:
		return theirs.Kind() == reflect.Interface
	case reflect.Slice:
		return theirs == ours || theirs.Kind() == reflect.Slice && sameShape(theirs.Elem(), ours.Elem())
	case reflect.Struct:
		return sameFields(theirs, ours)
	}
	return theirs == ours
}

func sameFields(theirs, ours reflect.Type) bool {
	if theirs.Kind() != reflect.Struct || theirs.NumField() != ours.NumField() || theirs.Size() != ours.Size() {
		return false
	}
	for i := range ours.NumField() {
		a, b := theirs.Field(i), ours.Field(i)
		if a.Name != b.Name || a.Offset != b.Offset || !sameShape(a.Type, b.Type) {
			return false
		}
	}
	return true
}
