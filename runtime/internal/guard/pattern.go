package guard

import (
	"strings"

	"github.com/dop251/goja"
)

// maxPattern is the length of a regular expression, in UTF-16 units. The parser
// recurses into its groups, and doesn't survive some 10,000,000.
const maxPattern = 1 << 20

// regexps guards RegExp and RegExp.prototype.
func (g *guard) regexps(original *goja.Object) *goja.Object {
	create, _ := goja.AssertConstructor(original)
	proto := original.Get("prototype").(*goja.Object)
	d := &dialect{guard: g, construct: create, proto: proto, exec: proto.Get("exec")}
	g.patterns = d
	var guarded *goja.Object
	guarded = g.build(original, func(newTarget *goja.Object, args []goja.Value) *goja.Object {
		return d.create(g.pattern(args), newTarget, newTarget == nil || newTarget == guarded)
	})
	g.must(proto.Set("constructor", guarded))
	g.function(proto, "compile", func(original native, call goja.FunctionCall) goja.Value {
		return d.compile(original, call.This, g.pattern(call.Arguments))
	})
	d.method(goja.SymReplace, d.replace)
	d.method(goja.SymMatchAll, d.matchAll)
	d.method(goja.SymSplit, d.split)
	// What is a regular expression stays one: its pattern has been judged.
	match := d.vm.ToValue(d.vm.NewProxy(proto.GetSymbol(goja.SymMatch).(*goja.Object), d.trap(d.match)))
	g.must(proto.DefineDataPropertySymbol(goja.SymMatch, match, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return guarded
}

// method puts a trap around a method that has a symbol as its name.
func (d *dialect) method(name *goja.Symbol, trap func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value) {
	original := d.proto.GetSymbol(name).(*goja.Object)
	d.must(d.proto.SetSymbol(name, d.vm.NewProxy(original, d.trap(trap))))
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

// matchAll makes a new regular expression of the one that it is called on, by a
// constructor that isn't guarded.
func (d *dialect) matchAll(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
	o, ok := this.(*goja.Object)
	if !ok || !is(o, "RegExp") {
		panic(d.vm.NewTypeError("%s called on what is no regular expression", nameOf(target)))
	}
	if _, rewritten := d.written(o); rewritten || o.Prototype() != d.proto || len(o.Symbols()) > 0 {
		plain := d.plain(d.guard.pattern([]goja.Value{o}))
		d.must(plain.Set("lastIndex", o.Get("lastIndex")))
		this = plain
	}
	matches := target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
	d.interruptible(matches, matchStride)
	return matches
}

// matcher guards a method of strings that takes a regular expression, or makes
// one of what else it gets.
func matcher(symbol *goja.Symbol) guarding {
	guarded := judged(func(g *guard, original native, call goja.FunctionCall) goja.Value {
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
	})
	return func(g *guard, original *goja.Object) *goja.Object {
		g.meet(Patterns)
		return guarded(g, original)
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
