package guard

import "github.com/dop251/goja"

// maxChain is how many objects are followed from a new prototype.
const maxChain = 10_000

// The functions that set a prototype can put an object behind itself: by way of a
// Proxy goja doesn't see the circle, and whoever looks for a property runs in it
// until the stack is full. An object that is just being made can't close one.

// chained is the judge of setPrototypeOf.
func (g *guard) chained(original native, call goja.FunctionCall) goja.Value {
	g.judgeChain(call.Argument(0), call.Argument(1))
	return original(call)
}

// chainedThis is the judge of the setter of __proto__.
func (g *guard) chainedThis(original native, call goja.FunctionCall) goja.Value {
	g.judgeChain(call.This, call.Argument(0))
	return original(call)
}

// judgeChain refuses a prototype that leads back to its object through a Proxy.
// It runs no code of the script.
func (g *guard) judgeChain(object, prototype goja.Value) {
	o, isObject := object.(*goja.Object)
	next, hasNext := prototype.(*goja.Object)
	if !isObject || !hasNext {
		return
	}
	for seen := 0; next != nil && next != o; seen++ {
		if isProxy(next) {
			g.judgeProxies(o, next)
			return
		}
		if seen > maxChain {
			g.refuse("a chain of more than %d prototypes is refused", maxChain)
		}
		next = next.Prototype()
	}
}

// judgeProxies refuses an object to which anything behind a Proxy leads: targets,
// handlers, and their prototypes.
func (g *guard) judgeProxies(o, first *goja.Object) {
	open, seen := []*goja.Object{first}, make(map[*goja.Object]bool)
	for len(open) > 0 {
		next := open[len(open)-1]
		open = open[:len(open)-1]
		if next == nil || seen[next] {
			continue
		}
		if seen[next] = true; next == o || len(seen) > maxChain {
			g.refuse("a prototype is refused that leads back to its object through a Proxy, or through more than %d objects", maxChain)
		}
		if isProxy(next) {
			proxy, _ := next.Export().(goja.Proxy)
			open = append(open, proxy.Target(), proxy.Handler())
		} else {
			open = append(open, next.Prototype())
		}
	}
}
