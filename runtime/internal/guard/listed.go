package guard

import "github.com/dop251/goja"

// The functions of Object that make a list of all properties of what they are
// given, for which a byte of a buffer takes a hundred, or more. Those that freeze
// do nothing with what is no object.
var (
	listers  = []string{"assign", "defineProperties", "entries", "getOwnPropertyDescriptors", "getOwnPropertyNames", "keys", "values"}
	freezers = []string{"freeze", "isFrozen", "isSealed", "seal"}
)

// objectStatics is the cover of Object.
func objectStatics() cover {
	c := cover{"setPrototypeOf": judged((*guard).chained)}
	for _, name := range listers {
		c[name] = judged((*guard).listed)
	}
	for _, name := range freezers {
		c[name] = judged((*guard).frozen)
	}
	return c
}

// listed is the judge of listers.
func (g *guard) listed(original native, call goja.FunctionCall) goja.Value {
	for _, arg := range call.Arguments {
		if s, ok := arg.(goja.String); ok {
			g.elements("a list of properties", int64(s.Length()))
		}
	}
	return g.frozen(original, call)
}

// frozen is the judge of freezers.
func (g *guard) frozen(original native, call goja.FunctionCall) goja.Value {
	for _, arg := range call.Arguments {
		if o, ok := arg.(*goja.Object); ok {
			g.elements("a list of properties", indexed(o))
		}
	}
	return original(call)
}

// indexed is how many elements a typed array has, a string that is an object, or
// what is behind Proxies; 0 for what pays for each property that it has.
func indexed(o *goja.Object) int64 {
	for o != nil && isProxy(o) {
		proxy, _ := o.Export().(goja.Proxy)
		o = proxy.Target()
	}
	switch {
	case o == nil: // of a Proxy that was revoked
		return 0
	case elements[o.ExportType()] > 0:
		return int64(count(o))
	case o.ClassName() == "String":
		return lengthOf(o)
	}
	return 0
}
