package inspect

import (
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/dop251/goja"
)

// functionBase is what a function is without its properties.
func (p *printer) functionBase(o *goja.Object, s *shape) string {
	name := ""
	if prop, ok := p.own(o, p.vm.ToValue("name")); ok {
		if text, ok := prop.value.(goja.String); ok {
			name = textOf(text, maxName)
		}
	}
	if s.kind == class {
		return p.classBase(o, s, name)
	}
	sort := "Function"
	if strings.HasSuffix(s.tag, "Function") { // AsyncFunction and the like
		sort = s.tag
	}
	base := "[" + sort
	if s.ctor == "" {
		base += " (null prototype)"
	}
	if name == "" {
		base += " (anonymous)]"
	} else {
		base += ": " + name + "]"
	}
	if s.ctor != sort && s.ctor != "" {
		base += " " + s.ctor
	}
	if s.tag != "" && s.tag != s.ctor {
		base += " [" + s.tag + "]"
	}
	return base
}

func (p *printer) classBase(o *goja.Object, s *shape, name string) string {
	if name == "" {
		name = "(anonymous)"
	}
	base := "[class " + name
	if s.ctor != "Function" && s.ctor != "" {
		base += " [" + s.ctor + "]"
	}
	if s.tag != "" && s.tag != s.ctor {
		base += " [" + s.tag + "]"
	}
	if s.ctor == "" {
		return base + " extends null]"
	}
	if parent := o.Prototype(); parent != nil && parent.ExportType() != proxyType {
		if super, ok := p.dataText(parent, "name", maxName); ok && super != "" {
			base += " extends " + super
		}
	}
	return base + "]"
}

// wrapperShape shows what stands for a single value.
func (p *printer) wrapperShape(o *goja.Object, s *shape) {
	class := o.ClassName()
	if class != "String" || p.lengthOf(o) <= maxExtras {
		s.keys = p.keys(o, class == "String")
	}
	switch s.kind {
	case regexp:
		s.unlessKeys(classed(s, "RegExp", p.regexpText(o)))
	case date:
		s.unlessKeys(classed(s, "Date", dateText(o)))
	default:
		s.unlessKeys(p.boxedText(o, s, class))
	}
}

// classed puts the class in front of text, if it isn't the usual one.
func classed(s *shape, usual, text string) string {
	if prefix := s.prefix(usual, ""); prefix != usual+" " {
		return prefix + text
	}
	return text
}

func (p *printer) regexpText(o *goja.Object) string {
	var source, flags string
	p.try(func() {
		if v, ok := o.Get("source").(goja.String); ok {
			source = textOf(v, maxText)
		}
		if v, ok := o.Get("flags").(goja.String); ok {
			flags = textOf(v, maxName)
		}
	})
	return "/" + source + "/" + flags
}

func dateText(o *goja.Object) string {
	t, ok := o.Export().(time.Time)
	if !ok {
		return "Invalid Date"
	}
	t = t.UTC()
	if year := t.Year(); year < 0 || year > 9999 {
		sign := "+"
		if year < 0 {
			sign, t = "-", t.AddDate(-2*year, 0, 0)
		}
		return fmt.Sprintf("%s%06d", sign, t.Year()) + t.Format("-01-02T15:04:05.000Z")
	}
	return t.Format("2006-01-02T15:04:05.000Z")
}

func (p *printer) boxedText(o *goja.Object, s *shape, class string) string {
	var inner string
	switch v := o.Export().(type) {
	case *big.Int:
		class, inner = "BigInt", bigintText(p.vm.ToValue(v))
	case string:
		class = "Symbol"
		inner = "Symbol(" + cut(v, maxText) + ")"
	default:
		inner = p.boxedPrimitive(o, class)
	}
	text := "[" + class
	if s.ctor == "" {
		text += " (null prototype)"
	} else if s.ctor != class {
		text += " (" + s.ctor + ")"
	}
	text += ": " + inner + "]"
	if s.tag != "" && s.tag != s.ctor {
		text += " [" + s.tag + "]"
	}
	return text
}

// boxedPrimitive asks the built-in valueOf of a Number, String or Boolean.
func (p *printer) boxedPrimitive(o *goja.Object, class string) string {
	v, err := p.method(class, "valueOf")(o)
	if err != nil || isObject(v) {
		return "?"
	}
	return p.nestedPrimitive(v)
}
