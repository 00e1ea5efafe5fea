package guard

import (
	"reflect"
	"sync"
)

// field is a field of a struct that isn't exported, to be written.
func field(of reflect.Value, name string, kind reflect.Kind) (f reflect.Value, ok bool) {
	if of.Kind() != reflect.Struct {
		return f, false
	}
	index := fieldIndexes.of(of.Type(), name)
	if index == nil {
		return f, false
	}
	f = of.FieldByIndex(index)
	if f.Kind() != kind || !f.CanAddr() {
		return f, false
	}
	return reflect.NewAt(f.Type(), f.Addr().UnsafePointer()).Elem(), true
}

// indexes are where structs have their fields: looking for one that is embedded
// costs more than everything else that is done with it. Any goroutine may use them.
type indexes struct {
	mu    sync.RWMutex
	known map[fieldKey][]int
}

type fieldKey struct {
	of   reflect.Type
	name string
}

var fieldIndexes = indexes{known: make(map[fieldKey][]int)}

// of is nil where a struct has no such field.
func (i *indexes) of(structure reflect.Type, name string) []int {
	key := fieldKey{structure, name}
	i.mu.RLock()
	index, ok := i.known[key]
	i.mu.RUnlock()
	if ok {
		return index
	}
	if found, ok := structure.FieldByName(name); ok {
		index = found.Index
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.known[key] = index
	return index
}
