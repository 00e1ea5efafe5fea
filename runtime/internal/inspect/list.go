package inspect

import (
	"fmt"
	"strconv"

	"github.com/dop251/goja"
)

// maxExtras is the length of a list up to which it is searched for properties
// that are no elements.
const maxExtras = 10_000

// lengthOf is the length of an array, 0 of what has none.
func (p *printer) lengthOf(o *goja.Object) int {
	v := p.data(o, p.vm.ToValue("length"))
	if v == nil || !goja.IsNumber(v) {
		return 0
	}
	return int(v.ToInteger())
}

func (p *printer) arrayShape(o *goja.Object, s *shape) {
	n := p.lengthOf(o)
	s.list = true
	s.open, s.end = "[", "]"
	if s.ctor != "Array" || s.tag != "" {
		s.open = s.prefix("Array", fmt.Sprintf("(%d)", n)) + "["
	}
	if n <= maxExtras {
		s.keys = p.keys(o, true)
	}
	if n == 0 && len(s.keys) == 0 {
		s.done(s.open + "]")
		return
	}
	s.items = func(level int) []string { return p.elements(o, s, n, level) }
}

// elements shows those of an array, and the holes between them.
func (p *printer) elements(o *goja.Object, s *shape, length, level int) []string {
	var out []string
	i := 0
	s.numeric = true
	for i < length && len(out) < p.items {
		prop, ok := p.own(o, p.vm.ToValue(strconv.Itoa(i)))
		if p.spend(1) {
			break
		}
		if ok {
			s.numeric = s.numeric && prop.value != nil && numeric(prop.value)
			out = append(out, p.propertyValue(prop, level))
			i++
			continue
		}
		end := p.holeEnd(o, i+1, length)
		out = append(out, holes(end-i))
		s.numeric = false
		i = end
	}
	if i < length {
		out = append(out, more(length-i, "item"))
		s.cut = true
	}
	return out
}

// nextElement finds the first element of an array from an index on. A loop that
// ends early spares listing the millions of names that an array may have.
const nextElement = `(function (o, i) { for (const k in o) if (k >= i) return +k; return -1; })`

// holeEnd is the index of the first element of o from i on.
func (p *printer) holeEnd(o *goja.Object, i, length int) int {
	for end := min(i+16, length); i < end; i++ {
		if _, ok := p.own(o, p.vm.ToValue(strconv.Itoa(i))); ok {
			return i
		}
	}
	if i == length || !ordinary(o) {
		return length
	}
	find, err := p.vm.RunScript(ownSource+"inspect", nextElement)
	if err != nil {
		return length
	}
	call, _ := goja.AssertFunction(find)
	next, err := call(goja.Undefined(), o, p.vm.ToValue(i))
	if err != nil || next.ToInteger() < int64(i) {
		return length
	}
	return int(next.ToInteger())
}

// ordinary reports whether no Proxy is among o's prototypes.
func ordinary(o *goja.Object) bool {
	for range maxChain {
		if o = o.Prototype(); o == nil {
			return true
		}
		if o.ExportType() == proxyType {
			return false
		}
	}
	return false
}

func holes(n int) string {
	if n == 1 {
		return "<1 empty item>"
	}
	return fmt.Sprintf("<%d empty items>", n)
}

func (p *printer) typedShape(o *goja.Object, s *shape) {
	n := 0
	if v := o.Get("length"); v != nil {
		n = int(v.ToInteger())
	}
	s.list, s.numeric = true, true
	s.open, s.end = s.prefix(elementNames[o.ExportType()], fmt.Sprintf("(%d)", n))+"[", "]"
	if n <= maxExtras {
		s.keys = p.keys(o, true)
	}
	if n == 0 && len(s.keys) == 0 {
		s.done(s.open + "]")
		return
	}
	s.items = func(int) []string {
		var out []string
		for i := range min(n, p.items) {
			out = append(out, primitive(o.Get(strconv.Itoa(i))))
		}
		if s.cut = n > p.items; s.cut {
			out = append(out, more(n-p.items, "item"))
		}
		return out
	}
}
