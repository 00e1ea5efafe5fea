package guard

import "github.com/dop251/goja"

// A check judges the arguments of a constructor, and returns them, converted if
// need be.
type check func(args []goja.Value) []goja.Value

// construct returns a constructor that has check judge its arguments first, and
// stands in the place of original. It makes the same objects.
func (g *guard) construct(original *goja.Object, check check) *goja.Object {
	create, _ := goja.AssertConstructor(original)
	guarded := g.build(original, func(newTarget *goja.Object, args []goja.Value) *goja.Object {
		o, err := create(newTarget, check(args)...)
		g.must(err)
		return o
	})
	g.must(original.Get("prototype").(*goja.Object).Set("constructor", guarded))
	return guarded
}

// build returns a constructor that calls create. It shares the prototype with
// original and has its static properties. (A Proxy would be cheaper, but goja
// refuses it behind instanceof, and it has no name for the console.) Without new
// it does the same: goja doesn't tell.
func (g *guard) build(original *goja.Object, create func(newTarget *goja.Object, args []goja.Value) *goja.Object) *goja.Object {
	guarded := g.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		g.heed()
		g.enter()
		defer g.leave()
		return create(call.NewTarget, call.Arguments)
	}).(*goja.Object)
	g.must(guarded.SetPrototype(original.Prototype()))
	for _, property := range original.GetOwnPropertyNames() {
		g.copyStatic(guarded, original, property)
	}
	return guarded
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
