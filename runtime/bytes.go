package runtime

import (
	"errors"
	"math/big"
	"reflect"
	"slices"

	"github.com/dop251/goja"
)

var (
	reflectBigInt = reflect.TypeFor[*big.Int]()
	reflectBuffer = reflect.TypeFor[goja.ArrayBuffer]()
)

var errDetached = errors.New("bytes of a detached ArrayBuffer")

// exportBytes copies the bytes of an ArrayBuffer, typed array or DataView. It
// reports false for every other object.
func (v *vm) exportBytes(object *goja.Object) (bytes []byte, ok bool, err error) {
	kind := object.ExportType()
	switch {
	case kind == reflectBuffer:
		buffer := object.Export().(goja.ArrayBuffer)
		if buffer.Detached() {
			return nil, true, errDetached
		}
		return slices.Clone(buffer.Bytes()), true, nil
	case isNumbers(kind), isDataView(object):
		bytes, err := v.viewBytes(object)
		return bytes, true, err
	}
	return nil, false, nil
}

// isNumbers tells the type that goja exports a typed array as.
func isNumbers(kind reflect.Type) bool {
	if kind.Kind() != reflect.Slice {
		return false
	}
	elem := kind.Elem().Kind()
	return elem >= reflect.Int8 && elem <= reflect.Float64 || kind.Elem() == reflectBigInt
}

// isDataView tells a DataView by its tag, since goja exports it like any other
// object. Only objects without properties of their own are looked at.
func isDataView(object *goja.Object) bool {
	if object.ClassName() != "Object" || len(object.GetOwnPropertyNames()) > 0 {
		return false
	}
	tag := object.GetSymbol(goja.SymToStringTag)
	return tag != nil && tag.String() == "DataView"
}

// hasNoElements reports whether a typed array has no elements; scripts can't make it
// lie about that. goja must not export one: at the end of its buffer, it would
// point at memory that isn't the buffer's, and the collector ends the process
// where that is nobody's.
func hasNoElements(view *goja.Object) bool {
	return isNumbers(view.ExportType()) && view.Get("0") == nil
}

// viewBytes copies what a view looks at. goja slices the buffer of a detached
// one out of its range, which is the panic that is caught here, should the view
// lie about its buffer.
func (v *vm) viewBytes(view *goja.Object) (bytes []byte, err error) {
	defer func() {
		if recover() != nil {
			err = errDetached
		}
	}()
	if buffer, ok := bufferOf(view.Get("buffer")); ok && buffer.Detached() {
		return nil, errDetached
	}
	if hasNoElements(view) {
		return []byte{}, nil
	}
	var alias []byte
	if err := v.js.ExportTo(view, &alias); err != nil {
		return nil, err
	}
	return slices.Clone(alias), nil
}
