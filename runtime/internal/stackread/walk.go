package stackread

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// Walk visits every node below a program, parents before children, without
// recursion, since programs may nest deeper than a goroutine's stack.
func Walk(program *ast.Program, visit func(node any)) {
	WalkUnder(program, func(_ struct{}, node any) (none struct{}) { visit(node); return none })
}

// WalkUnder is [Walk] for whoever must know what a node stands under: what visit
// returns of a node is what it is called with for its children.
func WalkUnder[T any](program *ast.Program, visit func(above T, node any) T) {
	w := walker[T]{fields: make(map[reflect.Type][]int)}
	var none T
	w.add(none, reflect.ValueOf(program))
	for len(w.open) > 0 {
		next := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		if next.node.Kind() == reflect.Pointer {
			next.above = visit(next.above, next.node.Interface())
			next.node = next.node.Elem()
		}
		w.enter(next)
	}
}

// A walker knows the nodes by their fields, so that there is no list of all
// kinds of nodes which could lack one.
type walker[T any] struct {
	open   []waiting[T]
	fields map[reflect.Type][]int // of each kind of node, those that hold nodes
}

// A waiting node, a pointer or a struct, has not been visited.
type waiting[T any] struct {
	above T
	node  reflect.Value
}

// enter puts the children of a node on the list.
func (w *walker[T]) enter(parent waiting[T]) {
	kind := parent.node.Type()
	fields, known := w.fields[kind]
	if !known {
		fields = nodeFields(kind)
		w.fields[kind] = fields
	}
	for _, i := range fields {
		w.add(parent.above, parent.node.Field(i))
	}
}

func (w *walker[T]) add(above T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Interface {
			w.add(above, v.Elem())
			return
		}
		w.open = append(w.open, waiting[T]{above, v})
	case reflect.Struct:
		w.open = append(w.open, waiting[T]{above, v})
	case reflect.Slice:
		for i := range v.Len() {
			w.add(above, v.Index(i))
		}
	}
}

// nodeFields are the fields of a kind of node that lead to other nodes. The
// lists of declarations name again what stands in the bodies.
func nodeFields(kind reflect.Type) []int {
	var fields []int
	for i := range kind.NumField() {
		field := kind.Field(i)
		if field.IsExported() && field.Name != "DeclarationList" && holdsNodes(field.Type) {
			fields = append(fields, i)
		}
	}
	return fields
}

func holdsNodes(t reflect.Type) bool {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return (t.Kind() == reflect.Struct || t.Kind() == reflect.Interface) && t.PkgPath() == astPackage
}

var astPackage = reflect.TypeFor[ast.Program]().PkgPath()
