package stackread

import (
	"reflect"

	"github.com/dop251/goja/ast"
)

// Walk visits every node below a program, parents before children, without
// recursion, since programs may nest deeper than a goroutine's stack.
func Walk(program *ast.Program, visit func(node any)) {
	w := walker{fields: make(map[reflect.Type][]int), open: []reflect.Value{reflect.ValueOf(program)}}
	for len(w.open) > 0 {
		v := w.open[len(w.open)-1]
		w.open = w.open[:len(w.open)-1]
		if v.Kind() == reflect.Pointer {
			visit(v.Interface())
			v = v.Elem()
		}
		w.enter(v)
	}
}

// A walker knows the nodes by their fields, so that there is no list of all
// kinds of nodes which could lack one.
type walker struct {
	open   []reflect.Value        // nodes that wait: pointers and structs
	fields map[reflect.Type][]int // of each kind of node, those that hold nodes
}

// enter puts the children of a node on the list.
func (w *walker) enter(node reflect.Value) {
	kind := node.Type()
	fields, known := w.fields[kind]
	if !known {
		fields = nodeFields(kind)
		w.fields[kind] = fields
	}
	for _, i := range fields {
		w.add(node.Field(i))
	}
}

func (w *walker) add(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer:
		if v.IsNil() {
			return
		}
		if v.Kind() == reflect.Interface {
			w.add(v.Elem())
			return
		}
		w.open = append(w.open, v)
	case reflect.Struct:
		w.open = append(w.open, v)
	case reflect.Slice:
		for i := range v.Len() {
			w.add(v.Index(i))
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
