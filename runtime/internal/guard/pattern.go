package guard

import (
	"strings"

	"github.com/dop251/goja"
)

// maxPattern is the length of a regular expression, in UTF-16 units. The parser
// recurses into its groups, and doesn't survive some 10,000,000.
const maxPattern = 1 << 20

// installPatterns returns a function that makes literals show what was written.
func (g *guard) installPatterns() (show func()) {
	original := g.object("RegExp")
	create, _ := goja.AssertConstructor(original)
	proto := g.prototype("RegExp")
	dialect := &dialect{guard: g, construct: create, proto: proto}
	var guarded *goja.Object
	guarded = g.build(original, func(newTarget *goja.Object, args []goja.Value) *goja.Object {
		return dialect.create(g.pattern(args), newTarget, newTarget == nil || newTarget == guarded)
	})
	g.place("RegExp", original, guarded)
	g.function(proto, "compile", func(original native, call goja.FunctionCall) goja.Value {
		return dialect.compile(original, call.This, g.pattern(call.Arguments))
	})
	dialect.installReplacements()
	matchAll := proto.GetSymbol(goja.SymMatchAll).(*goja.Object)
	g.must(proto.SetSymbol(goja.SymMatchAll, g.vm.NewProxy(matchAll, g.receiver(proto, dialect))))
	dialect.installSplit()
	text := g.prototype("String")
	g.function(text, "match", g.matcher(goja.SymMatch))
	g.function(text, "matchAll", g.matcher(goja.SymMatchAll))
	g.function(text, "search", g.matcher(goja.SymSearch))
	return dialect.show
}

// pattern judges the arguments of RegExp. It makes strings of them: what is
// converted again may have become something else.
func (g *guard) pattern(args []goja.Value) []goja.Value {
	if len(args) == 0 {
		return args
	}
	source, flags := args[0], goja.Undefined()
	if len(args) > 1 {
		flags = args[1]
	}
	if o, ok := source.(*goja.Object); ok && isRegExp(o) {
		source = defined(o.Get("source"))
		if goja.IsUndefined(flags) {
			flags = defined(o.Get("flags"))
		}
	}
	if !goja.IsUndefined(source) {
		s := g.text(source)
		if s.Length() > maxPattern {
			g.refuse("a regular expression of %d characters is refused: at most %d", s.Length(), maxPattern)
		}
		source = s
	}
	if !goja.IsUndefined(flags) {
		flags = g.text(flags)
	}
	return []goja.Value{source, flags}
}

// isRegExp is IsRegExp of the language.
func isRegExp(o *goja.Object) bool {
	if v := o.GetSymbol(goja.SymMatch); v != nil && !goja.IsUndefined(v) {
		return v.ToBoolean()
	}
	return is(o, "RegExp")
}

// receiver are traps of a method of regular expressions that makes a new one of
// the one that it is called on, by a constructor that isn't guarded.
func (g *guard) receiver(proto *goja.Object, dialect *dialect) *goja.ProxyTrapConfig {
	return g.trap(func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
		o, ok := this.(*goja.Object)
		if !ok || !is(o, "RegExp") {
			panic(g.vm.NewTypeError("%s called on what is no regular expression", nameOf(target)))
		}
		if _, rewritten := dialect.written(o); rewritten || o.Prototype() != proto || len(o.Symbols()) > 0 {
			plain := dialect.plain(g.pattern([]goja.Value{o}))
			g.must(plain.Set("lastIndex", o.Get("lastIndex")))
			this = plain
		}
		return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
	})
}

// matcher judges methods of strings that take a regular expression, or make one
// of what else they get.
func (g *guard) matcher(symbol *goja.Symbol) judge {
	return func(original native, call goja.FunctionCall) goja.Value {
		if len(call.Arguments) == 0 || goja.IsUndefined(call.This) || goja.IsNull(call.This) {
			return original(call)
		}
		if o, ok := call.Arguments[0].(*goja.Object); ok {
			if symbol == goja.SymMatchAll && isRegExp(o) && !strings.Contains(g.text(defined(o.Get("flags"))).String(), "g") {
				panic(g.vm.NewTypeError("RegExp doesn't have global flag set"))
			}
			if method := o.GetSymbol(symbol); method != nil && !goja.IsUndefined(method) && !goja.IsNull(method) {
				return g.invoke(method, o, call.This)
			}
		}
		call.Arguments = g.pattern(call.Arguments[:1])[:1]
		return original(call)
	}
}

func (g *guard) invoke(method goja.Value, this *goja.Object, arg goja.Value) goja.Value {
	f, ok := goja.AssertFunction(method)
	if !ok {
		panic(g.vm.NewTypeError("%s is not a function", method.String()))
	}
	v, err := f(this, arg)
	g.must(err)
	return v
}

func defined(v goja.Value) goja.Value {
	if v == nil {
		return goja.Undefined()
	}
	return v
}
