package runtime

import (
	"sync"

	"github.com/dop251/goja"
)

// iteratorProgram gives the prototype of all iterators.
var iteratorProgram = sync.OnceValue(func() *compiled {
	return compileOwn("extrun!iterator", `[].values().__proto__.__proto__`)
})

// prepareIterators has the methods of iterators installed when the first of
// them is asked for.
func (e *Extension) prepareIterators() {
	proto := e.mustRun(iteratorProgram()).(*goja.Object)
	table := &iteratorTable{ext: e, proto: proto, behind: proto.Prototype()}
	object := e.vm.js.NewDynamicObject(table)
	if object.SetPrototype(table.behind) == nil {
		proto.SetPrototype(object)
	}
}

// An iteratorTable stands behind the prototype of iterators until one of their
// methods is asked for.
type iteratorTable struct {
	ext    *Extension
	proto  *goja.Object
	behind *goja.Object // what was behind the prototype
}

// iteratorNames are the methods.
var iteratorNames = map[string]bool{
	"map": true, "filter": true, "take": true, "drop": true, "flatMap": true, "reduce": true, "toArray": true,
	"forEach": true, "some": true, "every": true, "find": true,
}

// Get implements goja.DynamicObject.
func (t *iteratorTable) Get(name string) goja.Value {
	if !iteratorNames[name] {
		return nil
	}
	t.proto.SetPrototype(t.behind)
	t.ext.fromLanguage("iterator_methods", "iterator")
	return t.proto.Get(name)
}

// Set implements goja.DynamicObject: nothing is ever set in the table.
func (t *iteratorTable) Set(string, goja.Value) bool { return false }

// Has implements goja.DynamicObject.
func (t *iteratorTable) Has(name string) bool { return iteratorNames[name] }

// Delete implements goja.DynamicObject.
func (t *iteratorTable) Delete(string) bool { return true }

// Keys implements goja.DynamicObject: the properties are not enumerable.
func (t *iteratorTable) Keys() []string { return nil }
