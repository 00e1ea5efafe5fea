package guard

import (
	"sync"

	"github.com/dop251/goja"
)

// stride is how many steps of built-in iterators are taken between two looks for
// an interrupt. A step to the next match of a regular expression can take long.
const (
	stride      = 1024
	matchStride = 1
)

// pause is a function by which goja looks for an interrupt.
var pause = sync.OnceValue(func() *goja.Program { return goja.MustCompile("", "() => {}", true) })

// iterating guards a method that makes built-in iterators, for which it is
// called once on a sample. Native code that takes all they have could otherwise
// not be interrupted: the length of an array-like object may be 2**53-1.
func iterating(sample func(vm *goja.Runtime) goja.Value) guarding {
	return func(g *guard, original *goja.Object) *goja.Object {
		g.interruptible(original.Export().(native)(goja.FunctionCall{This: sample(g.vm)}), stride)
		return original
	}
}

// interruptible guards the prototype of a built-in iterator, and so all of its
// kind.
func (g *guard) interruptible(iterator goja.Value, stride uint64) {
	guarded := entered(func(g *guard, proto *goja.Object) *goja.Object { return g.stepping(proto, stride) })
	guarded(g, iterator.(*goja.Object).Prototype())
}

// stepping puts a function that counts the steps in the place of next, and not a
// Proxy: each element that a loop takes comes by here.
func (g *guard) stepping(proto *goja.Object, stride uint64) *goja.Object {
	original := proto.Get("next").(*goja.Object).Export().(native)
	next := g.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		if g.steps++; g.steps%stride == 0 {
			g.look()
		}
		return original(call)
	}).(*goja.Object)
	g.countCalls(next)
	g.must(next.DefineDataProperty("name", g.vm.ToValue("next"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	g.must(proto.DefineDataProperty("next", next, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return proto
}

// heed is look where that is known to be of use.
func (g *guard) heed() {
	if g.limits.Ended != nil && g.limits.Ended() {
		g.look()
	}
}

// look ends the call if goja was interrupted.
func (g *guard) look() {
	if g.paused == nil {
		function, err := g.vm.RunProgram(pause())
		g.must(err)
		g.paused, _ = goja.AssertFunction(function)
	}
	_, err := g.paused(goja.Undefined())
	g.must(err)
}

// emptyArray and emptyText are samples.
func emptyArray(vm *goja.Runtime) goja.Value { return vm.NewArray() }
func emptyText(vm *goja.Runtime) goja.Value  { return vm.ToValue("") }
