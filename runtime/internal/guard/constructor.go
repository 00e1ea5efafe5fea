package guard

import "github.com/dop251/goja"

// construct puts a constructor in the place of the global one called name that
// has check judge its arguments first. It makes the same objects, shares the
// prototype with the original and has its static properties. (A Proxy would be
// simpler, but goja refuses it behind instanceof.) Without new it does the same:
// goja doesn't tell.
func (g *guard) construct(name string, check func(args []goja.Value)) {
	original, ok := g.vm.Get(name).(*goja.Object)
	if !ok {
		return // goja hasn't this constructor
	}
	create, _ := goja.AssertConstructor(original)
	guarded := g.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		check(call.Arguments)
		o, err := create(call.NewTarget, call.Arguments...)
		g.must(err)
		return o
	}).(*goja.Object)
	g.must(guarded.SetPrototype(original.Prototype()))
	for _, property := range original.GetOwnPropertyNames() {
		g.copyStatic(guarded, original, property)
	}
	if original.GetSymbol(goja.SymSpecies) != nil && name == "ArrayBuffer" {
		species := g.vm.ToValue(func(call goja.FunctionCall) goja.Value { return call.This })
		g.must(guarded.DefineAccessorPropertySymbol(goja.SymSpecies, species, nil, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	g.define(g.vm.GlobalObject(), name, guarded)
	if proto, ok := original.Get("prototype").(*goja.Object); ok {
		g.define(proto, "constructor", guarded)
	}
}

// copyStatic gives to a property of to that of from, as the language defines it.
func (g *guard) copyStatic(to, from *goja.Object, name string) {
	writable, configurable := goja.FLAG_FALSE, goja.FLAG_FALSE
	switch name {
	case "name", "length":
		configurable = goja.FLAG_TRUE
	case "prototype", "BYTES_PER_ELEMENT":
	default: // a method
		writable, configurable = goja.FLAG_TRUE, goja.FLAG_TRUE
	}
	g.must(to.DefineDataProperty(name, from.Get(name), writable, configurable, goja.FLAG_FALSE))
}
