package guard

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// replace has goja go step by step where it would, at one go, replace too much:
// of a regular expression with flag u it forgets that it isn't global, of one
// with flag y that it is. It doesn't bound what a script's own exec returns, nor
// what becomes of a text.
func (d *dialect) replace(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
	o, ok := this.(*goja.Object)
	if ok && len(args) > 0 {
		args = slices.Clone(args)
		text := d.text(args[0])
		args[0] = text
		if growth := d.growth(args); !d.readsRight(o) || !d.isSmall(o, text, growth) {
			this = d.steps(o, growth)
		}
	}
	return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
}

// match has goja go step by step where it misses matches, or there may be too many.
func (d *dialect) match(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
	o, ok := this.(*goja.Object)
	if ok && len(args) > 0 && is(o, "RegExp") {
		text := d.text(args[0])
		args = []goja.Value{text}
		if flag(o, "global") && (flag(o, "sticky") || int64(text.Length()) > d.limits.Elements) {
			this = d.steps(o, growth{})
		}
	}
	return target.Export().(native)(goja.FunctionCall{This: this, Arguments: args})
}

// readsRight reports whether goja replaces what it should at one go.
func (d *dialect) readsRight(o *goja.Object) bool {
	return d.usual(o) && !flag(o, "sticky") && (flag(o, "global") || !flag(o, "unicode"))
}

// isSmall reports whether there can't be too much of what is put into a text.
func (d *dialect) isSmall(o *goja.Object, text goja.String, growth growth) bool {
	n := float64(text.Length())
	most := (n+1)*growth.fixed + growth.parts*n + growth.rests*n*n
	if growth.parts > 0 && n*n > float64(d.limits.Bytes) && strings.Contains(d.text(defined(o.Get("source"))).String(), "(?") {
		most += growth.parts * n * n // groups in assertions may overlap
	}
	return most <= float64(d.limits.Bytes) && n <= float64(d.limits.Elements)
}

// usual reports whether goja itself says what an object finds.
func (d *dialect) usual(o *goja.Object) bool { return is(o, "RegExp") && o.Get("exec") == d.exec }

func flag(o *goja.Object, name string) bool {
	v := o.Get(name)
	return v != nil && v.ToBoolean()
}

// steps is o for goja to ask for one match after the other, and counts them.
func (d *dialect) steps(o *goja.Object, growth growth) goja.Value {
	counted, size := int64(0), 0.0
	exec := d.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		find, ok := goja.AssertFunction(defined(o.Get("exec")))
		if !ok {
			panic(d.vm.NewTypeError("exec is not a function"))
		}
		d.look()
		found, err := find(o, call.Arguments...)
		d.must(err)
		match, ok := found.(*goja.Object)
		if !ok {
			return found
		}
		if !d.usual(o) {
			match = d.plainMatch(match)
		}
		counted += lengthOf(match)
		d.elements("a list of matches", counted)
		size += growth.by(match, call.Argument(0))
		d.bytes("a string", size)
		return match
	})
	return d.vm.ToValue(d.vm.NewProxy(o, &goja.ProxyTrapConfig{
		Get: func(target *goja.Object, property string, _ goja.Value) goja.Value {
			switch property {
			case "exec":
				return exec
			case "flags":
				return d.vm.ToValue(nativeFlags(d.text(defined(target.Get(property))).String()))
			}
			return defined(target.Get(property))
		},
		Set: func(target *goja.Object, property string, value, _ goja.Value) bool {
			d.must(target.Set(property, value))
			return true
		},
	}))
}

// plainMatch is what a script's own exec has returned, as it is now.
func (d *dialect) plainMatch(found *goja.Object) *goja.Object {
	n := max(lengthOf(found), 1)
	d.elements("a match", n)
	values := make([]any, n)
	for i := range values {
		if v := defined(found.Get(strconv.Itoa(i))); i == 0 || !goja.IsUndefined(v) {
			values[i] = d.text(v)
		} else {
			values[i] = v
		}
	}
	match := d.vm.NewArray(values...)
	d.define(match, "index", d.vm.ToValue(defined(found.Get("index")).ToInteger()))
	d.define(match, "groups", defined(found.Get("groups")))
	return match
}

// A growth is what a text that is put in the place of a match can amount to.
type growth struct {
	fixed float64 // its own length
	parts float64 // the groups that it names
	rests float64 // how often it names what is before or behind the match
}

// growth reads the text, which it fixes. What a function returns isn't counted:
// it is the script that makes that.
func (g *guard) growth(args []goja.Value) growth {
	if len(args) < 2 {
		return growth{}
	}
	if _, callable := goja.AssertFunction(args[1]); callable {
		return growth{}
	}
	text := g.text(args[1])
	args[1] = text
	found := growth{fixed: float64(text.Length())}
	if all := text.String(); strings.Contains(all, "$") {
		found.rests = float64(strings.Count(all, "$`") + strings.Count(all, "$'"))
		found.parts = float64(strings.Count(all, "$")) - found.rests
	}
	return found
}

// by is what one match amounts to, at the most.
func (g growth) by(match *goja.Object, text goja.Value) float64 {
	if g.parts+g.rests == 0 {
		return g.fixed
	}
	longest := 0
	for i := range lengthOf(match) {
		if part, ok := match.Get(strconv.FormatInt(i, 10)).(goja.String); ok {
			longest = max(longest, part.Length())
		}
	}
	whole := 0
	if s, ok := text.(goja.String); ok {
		whole = s.Length()
	}
	return g.fixed + g.parts*float64(longest) + g.rests*float64(whole)
}

// replaceAllText is replaceText for all that is found, of which goja makes a list.
func (g *guard) replaceAllText(original native, call goja.FunctionCall) goja.Value {
	return g.replaceText(func(call goja.FunctionCall) goja.Value {
		text, isText := call.This.(goja.String)
		sought, isSought := call.Argument(0).(goja.String)
		if isText && isSought && int64(text.Length()) > g.limits.Elements {
			g.elements("a list of matches", int64(strings.Count(text.String(), sought.String())))
		}
		return original(call)
	}, call)
}

// replaceText judges replacements of what isn't a regular expression.
func (g *guard) replaceText(original native, call goja.FunctionCall) goja.Value {
	if len(call.Arguments) < 2 || goja.IsUndefined(call.This) || goja.IsNull(call.This) {
		return original(call)
	}
	if _, isObject := call.Arguments[0].(*goja.Object); isObject {
		return original(call)
	}
	call.Arguments = slices.Clone(call.Arguments)
	text, sought := g.text(call.This), g.text(call.Arguments[0])
	call.This, call.Arguments[0] = text, sought
	growth, n := g.growth(call.Arguments), float64(text.Length())
	if (n+1)*(growth.fixed+growth.rests*n) > float64(g.limits.Bytes) {
		times := float64(strings.Count(text.String(), sought.String()))
		g.bytes("a string", n+times*(growth.fixed+growth.rests*n))
	}
	return original(call)
}
