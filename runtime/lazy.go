package runtime

import "github.com/dop251/goja"

// A lazyTable makes the properties of an object when they are first read. It is
// the prototype of its object: what it makes becomes the object's own, so each
// is made once, and what nobody touches costs nothing.
type lazyTable struct {
	owner  *goja.Object
	recipe map[string]func(*Extension) goja.Value
	ext    *Extension
}

// setLazy puts a table of properties behind an object.
func (e *Extension) setLazy(owner *goja.Object, recipe map[string]func(*Extension) goja.Value) error {
	table := e.vm.js.NewDynamicObject(&lazyTable{owner, recipe, e})
	if err := table.SetPrototype(owner.Prototype()); err != nil {
		return err
	}
	return owner.SetPrototype(table)
}

// Get implements goja.DynamicObject.
func (t *lazyTable) Get(name string) goja.Value {
	prepare, ok := t.recipe[name]
	if !ok {
		return nil
	}
	value := prepare(t.ext)
	t.owner.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return value
}

// Set implements goja.DynamicObject. It is asked for every property that the
// owner doesn't have, ours or not.
func (t *lazyTable) Set(name string, value goja.Value) bool {
	_, ours := t.recipe[name]
	return t.owner.DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.ToFlag(!ours)) == nil
}

// Has implements goja.DynamicObject.
func (t *lazyTable) Has(name string) bool {
	_, ok := t.recipe[name]
	return ok
}

// Delete implements goja.DynamicObject.
func (t *lazyTable) Delete(string) bool { return true }

// Keys implements goja.DynamicObject: the properties are not enumerable.
func (t *lazyTable) Keys() []string { return nil }
