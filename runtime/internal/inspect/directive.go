package inspect

import (
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// directives writes format with its directives replaced by args, and returns
// the arguments that none of them took.
func directives(b *strings.Builder, vm *goja.Runtime, format string, args []goja.Value, opts Options) []goja.Value {
	for {
		i := strings.IndexByte(format, '%')
		if i < 0 || i+1 == len(format) || b.Len() > maxOutput {
			b.WriteString(format)
			return args
		}
		b.WriteString(format[:i])
		verb := format[i+1]
		format = format[i+2:]
		switch {
		case verb == '%':
			b.WriteByte('%')
		case len(args) > 0 && strings.IndexByte("sdifjoOc", verb) >= 0:
			b.WriteString(directive(vm, verb, args[0], opts))
			args = args[1:]
		default:
			b.WriteByte('%')
			format = string(verb) + format
		}
	}
}

func directive(vm *goja.Runtime, verb byte, v goja.Value, opts Options) string {
	p := newPrinter(vm, opts)
	switch verb {
	case 's':
		return p.asString(v)
	case 'd':
		return p.asNumber(v)
	case 'i', 'f':
		return p.parsed(v, verb)
	case 'j':
		return p.asJSON(v)
	case 'o':
		return Value(vm, v, Options{Depth: 4, ShowHidden: true, Reveal: opts.Reveal})
	case 'O':
		return Value(vm, v, opts)
	}
	return "" // %c takes a style, which has no meaning here
}

// asString is %s: an object that has a way of its own to become a string is
// asked for it, others are shown without what is in them.
func (p *printer) asString(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return primitive(v)
	}
	var text goja.Value
	p.try(func() {
		if _, callable := goja.AssertFunction(o); callable && o.ExportType() != proxyType {
			text, _ = p.method("Function", "toString")(o)
		} else if p.hasOwnString(o) {
			text = o.ToString()
		}
	})
	if s, ok := text.(goja.String); ok {
		return textOf(s, maxOutput)
	}
	return Value(p.vm, v, Options{Depth: Flat})
}

// builtins are the classes whose toString says less than this package does.
var builtins = []string{
	"Object", "Array", "Function", "Error", "Date", "RegExp", "Map", "Set", "Promise", "Boolean", "Number", "String",
	"Symbol", "BigInt", "TypeError", "RangeError", "SyntaxError", "ReferenceError", "EvalError", "URIError", "AggregateError",
}

// hasOwnString reports whether the script itself defines how o becomes a string.
func (p *printer) hasOwnString(o *goja.Object) bool {
	if o.ExportType() == proxyType {
		return false
	}
	if isObject(p.data(o, goja.SymToPrimitive)) {
		return p.classify(o) != date
	}
	key := p.vm.ToValue("toString")
	for at, n := o, 0; at != nil && n < maxChain && at.ExportType() != proxyType; at, n = at.Prototype(), n+1 {
		prop, ok := p.own(at, key)
		if !ok {
			continue
		}
		if at == o || !isObject(prop.value) {
			return isObject(prop.value)
		}
		ctor, _ := p.own(at, p.vm.ToValue("constructor"))
		class, ok := ctor.value.(*goja.Object)
		if !ok {
			return true
		}
		name, _ := p.dataText(class, "name", maxName)
		return !slices.Contains(builtins, name)
	}
	return false
}

// asNumber is %d.
func (p *printer) asNumber(v goja.Value) string {
	if goja.IsBigInt(v) {
		return primitive(v)
	}
	text := "NaN"
	if _, ok := v.(*goja.Symbol); !ok {
		p.try(func() { text = primitive(v.ToNumber()) })
	}
	return text
}

// parsed is %i and %f: what parseInt and parseFloat make of v.
func (p *printer) parsed(v goja.Value, verb byte) string {
	if _, ok := v.(*goja.Symbol); ok {
		return "NaN"
	}
	if n, ok := v.Export().(*big.Int); ok && verb == 'i' && goja.IsBigInt(v) {
		return primitive(p.vm.ToValue(n))
	}
	name := "parseFloat"
	if verb == 'i' {
		name = "parseInt"
	}
	f, ok := goja.AssertFunction(p.vm.Get(name))
	if !ok {
		return "NaN"
	}
	n, err := f(goja.Undefined(), v)
	if err != nil || isObject(n) || math.IsNaN(n.ToFloat()) {
		return "NaN"
	}
	return primitive(n)
}

// asJSON is %j.
func (p *printer) asJSON(v goja.Value) string {
	text, err := p.builtin("JSON", "stringify")(goja.Undefined(), v)
	if err != nil {
		return "[Circular]"
	}
	if s, ok := text.(goja.String); ok {
		return textOf(s, maxOutput)
	}
	return "undefined"
}
