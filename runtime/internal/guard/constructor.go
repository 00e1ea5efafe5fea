package guard

import "github.com/dop251/goja"

// construct puts a constructor in the place of original that has check judge
// its arguments first, with new or without. holder has it under name.
func (g *guard) construct(holder *goja.Object, name string, original *goja.Object, check func(target *goja.Object, args []goja.Value)) {
	guarded := g.vm.ToValue(g.vm.NewProxy(original, g.constructorTraps(check)))
	g.must(holder.Set(name, guarded))
	g.define(original.Get("prototype").(*goja.Object), "constructor", guarded)
}
