package guard

import (
	"slices"

	"github.com/dop251/goja"
)

// maxProxies is how many Proxies may stand behind one another. Whatever is
// asked of the first is asked of all, by native code that recurses.
const maxProxies = 1000

// proxyConstructor guards Proxy, which has no prototype that leads to it.
func (g *guard) proxyConstructor(original *goja.Object) *goja.Object {
	g.function(original, "revocable", func(revocable native, call goja.FunctionCall) goja.Value {
		g.proxies(call.Arguments)
		pair := revocable(call).(*goja.Object)
		g.must(pair.Set("proxy", g.apart(pair.Get("proxy").(*goja.Object))))
		return pair
	})
	create, _ := goja.AssertConstructor(original)
	return g.vm.ToValue(g.vm.NewProxy(original, &goja.ProxyTrapConfig{
		Construct: func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			g.proxies(args)
			o, err := create(newTarget, args...)
			g.must(err)
			return g.apart(o)
		},
	})).(*goja.Object)
}

// apart stands before a Proxy that can be called, and hands it lists of
// arguments of its own. Those that goja makes lie on its stack: what a trap kept
// of them would change.
func (g *guard) apart(proxy *goja.Object) *goja.Object {
	call, ok := goja.AssertFunction(proxy)
	if !ok {
		return proxy
	}
	traps := g.trap(func(_ *goja.Object, this goja.Value, args []goja.Value) goja.Value {
		result, err := call(this, slices.Clone(args)...)
		g.must(err)
		return result
	})
	if construct, ok := goja.AssertConstructor(proxy); ok {
		traps.Construct = func(_ *goja.Object, args []goja.Value, newTarget *goja.Object) *goja.Object {
			o, err := construct(newTarget, slices.Clone(args)...)
			g.must(err)
			return o
		}
	}
	return g.vm.ToValue(g.vm.NewProxy(proxy, traps)).(*goja.Object)
}

// proxies counts the Proxies that a new one would stand before, as a target or
// as a handler.
func (g *guard) proxies(args []goja.Value) {
	var open []*goja.Object
	seen := make(map[*goja.Object]bool)
	add := func(o *goja.Object) {
		if o != nil && isProxy(o) && !seen[o] {
			seen[o] = true
			open = append(open, o)
		}
	}
	for _, arg := range args[:min(len(args), 2)] {
		o, _ := arg.(*goja.Object)
		add(o)
	}
	for len(open) > 0 {
		if len(seen) > maxProxies {
			g.refuse("a Proxy of more than %d Proxies is refused", maxProxies)
		}
		proxy, _ := open[len(open)-1].Export().(goja.Proxy)
		open = open[:len(open)-1]
		add(proxy.Target())
		add(proxy.Handler())
	}
}
