package guard

import (
	"math/big"

	"github.com/dop251/goja"
)

// rootsOf are the built-in objects that a script has without naming one.
// Everything else that is guarded is reached through them, or through literals.
func rootsOf(vm *goja.Runtime) map[string]*goja.Object {
	return map[string]*goja.Object{
		"global":             vm.GlobalObject(),
		"Object.prototype":   vm.GlobalObject().Prototype(),
		"Function.prototype": vm.Get("Promise").(*goja.Object).Prototype(),
		"Array.prototype":    vm.NewArray().Prototype(),
		"String.prototype":   vm.ToValue("").ToObject(vm).Prototype(),
		"BigInt.prototype":   vm.ToValue(new(big.Int)).ToObject(vm).Prototype(),
	}
}

// covers are the covers of the roots, and of Object.
func covers() map[string]cover {
	return map[string]cover{
		"global":             globals(),
		"Object":             objectStatics(),
		"Object.prototype":   {"constructor": entered((*guard).objects), "__proto__": judged((*guard).chainedThis)},
		"Function.prototype": {"constructor": entered((*guard).functions), "apply": arguments(1)},
		"Array.prototype":    arrays(),
		"String.prototype":   texts(),
		"BigInt.prototype":   {"constructor": bigints()},
	}
}

// globals is the cover of the global object. Those that are there under another
// name too, by way of their prototypes, are guarded in the same way there.
func globals() cover {
	c := buffers()
	c["Array"] = arrays()["constructor"]
	c["BigInt"] = bigints()
	c["DataView"] = entered((*guard).views)
	c["Function"] = entered((*guard).functions)
	c["JSON"] = within(cover{"parse": judged((*guard).parse), "stringify": judged((*guard).stringify)})
	c["Object"] = entered((*guard).objects)
	c["Proxy"] = entered((*guard).proxyConstructor)
	c["Reflect"] = within(cover{
		"apply": arguments(2), "construct": arguments(1), "setPrototypeOf": judged((*guard).chained), "ownKeys": judged((*guard).listed),
	})
	c["RegExp"] = entered((*guard).regexps)
	c["String"] = texts()["constructor"]
	c["SyntaxError"] = entered((*guard).noteSyntaxErrors)
	c["eval"] = entered((*guard).evaluation)
	return c
}

// objects guards Object, whose functions are made when they are first read.
func (g *guard) objects(original *goja.Object) *goja.Object {
	g.cover("Object", original)
	return original
}
