package inspect

import (
	"strconv"

	"github.com/dop251/goja"
)

// A property is what Object.getOwnPropertyDescriptor says of one.
type property struct {
	value          goja.Value // nil for an accessor
	getter, setter bool
	hidden         bool // not enumerable
}

// own is the property of o itself that is called key.
func (p *printer) own(o *goja.Object, key goja.Value) (property, bool) {
	p.work--
	if p.describe == nil {
		p.describe = p.builtin("Object", "getOwnPropertyDescriptor")
	}
	v, err := p.describe(goja.Undefined(), o, key)
	if err != nil {
		return property{}, false
	}
	d, ok := v.(*goja.Object)
	if !ok {
		return property{}, false
	}
	prop := property{hidden: !truthy(d.Get("enumerable"))}
	if prop.value = d.Get("value"); prop.value == nil {
		prop.getter = isObject(d.Get("get"))
		prop.setter = isObject(d.Get("set"))
	}
	return prop, true
}

func isObject(v goja.Value) bool {
	_, ok := v.(*goja.Object)
	return ok
}

// builtin is a function of a global object. What the script has put in its
// place serves it right; if that is no function, nothing is found by it.
func (p *printer) builtin(object, name string) goja.Callable {
	if o, ok := p.vm.Get(object).(*goja.Object); ok {
		if f, ok := goja.AssertFunction(o.Get(name)); ok {
			return f
		}
	}
	return func(goja.Value, ...goja.Value) (goja.Value, error) { return goja.Undefined(), nil }
}

// method is a function of the prototype of a global constructor.
func (p *printer) method(constructor, name string) goja.Callable {
	if o, ok := p.vm.Get(constructor).(*goja.Object); ok {
		if proto, ok := o.Get("prototype").(*goja.Object); ok {
			if f, ok := goja.AssertFunction(proto.Get(name)); ok {
				return f
			}
		}
	}
	return func(goja.Value, ...goja.Value) (goja.Value, error) { return goja.Undefined(), nil }
}

// data is the value of o's property, own or inherited; nil if there is none or
// if only a getter knows it.
func (p *printer) data(o *goja.Object, key goja.Value) goja.Value {
	for range maxChain {
		if o == nil || o.ExportType() == proxyType || p.work < 0 {
			return nil
		}
		if prop, ok := p.own(o, key); ok {
			return prop.value
		}
		o = o.Prototype()
	}
	return nil
}

// dataText is such a value if it is a string, cut to max units.
func (p *printer) dataText(o *goja.Object, name string, limit int) (string, bool) {
	s, ok := p.data(o, p.vm.ToValue(name)).(goja.String)
	if !ok {
		return "", false
	}
	return textOf(s, limit), true
}

// keys are the names and symbols of the properties of o to show. With
// list, those that are indexes are left out.
func (p *printer) keys(o *goja.Object, list bool) []goja.Value {
	names := o.Keys
	if p.hidden {
		names = o.GetOwnPropertyNames
	}
	var keys []goja.Value
	var all []string
	p.try(func() { all = names() }) // an error makes its stack now, and asks for its message
	p.spend(len(all) / 4)
	for _, name := range all {
		if list && isIndex(name) {
			continue
		}
		keys = append(keys, p.vm.ToValue(name))
	}
	for _, sym := range o.Symbols() {
		if prop, ok := p.own(o, sym); ok && (!prop.hidden || p.hidden) {
			keys = append(keys, sym)
		}
	}
	return keys
}

func isIndex(name string) bool {
	n, err := strconv.ParseUint(name, 10, 32)
	return err == nil && n != 1<<32-1 && strconv.FormatUint(n, 10) == name
}

// entry shows one property with its name.
func (p *printer) entry(o *goja.Object, key goja.Value, level int) string {
	prop, ok := p.own(o, key)
	if !ok {
		prop.value = goja.Undefined()
	}
	return p.keyName(key, prop) + ": " + p.propertyValue(prop, level)
}

func (p *printer) propertyValue(prop property, level int) string {
	switch {
	case prop.value != nil:
		return p.indented(2, func() string { return p.value(prop.value, level) })
	case prop.getter && prop.setter:
		return "[Getter/Setter]"
	case prop.getter:
		return "[Getter]"
	case prop.setter:
		return "[Setter]"
	}
	return "undefined"
}

func (p *printer) keyName(key goja.Value, prop property) string {
	if sym, ok := key.(*goja.Symbol); ok {
		return "[" + primitive(sym) + "]"
	}
	name := key.(goja.String)
	text := textOf(name, maxText)
	p.output -= len(text)
	switch {
	case text == "__proto__":
		return "['__proto__']"
	case prop.hidden:
		return "[" + text + "]"
	case isIdentifier(text):
		return text
	}
	return quoted(name)
}

func isIdentifier(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return s != ""
}
