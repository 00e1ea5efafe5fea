package inspect

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"
)

// A shape is how an object is shown, but for its items.
type shape struct {
	kind kind
	ctor string // the name of its class; empty without one
	tag  string // Symbol.toStringTag, if it says more than ctor
	base string // what stands before the braces
	open string
	end  string
	keys []goja.Value

	complete bool // base is all there is
	list     bool // the items have no names
	numeric  bool // of a list: all elements are numbers
	cut      bool // of a list: the last item says how many more there are
	items    func(level int) []string
}

// folded is shown of what lies too deep.
func (s *shape) folded() string {
	name := strings.TrimSuffix(s.prefix("Object", ""), " ")
	if s.ctor == "" && strings.HasPrefix(name, "[") {
		return name
	}
	return "[" + name + "]"
}

// refer marks the object as one that its own parts refer to.
func (s *shape) refer(mark string) {
	if s.base == "" {
		s.base = mark
	} else {
		s.base = mark + " " + s.base
	}
}

// prefix names the class of the object: what stands before its brace. fallback
// names it if it has no prototype.
func (s *shape) prefix(fallback, size string) string {
	if s.ctor == "" {
		if s.tag != "" && s.tag != fallback {
			return fmt.Sprintf("[%s%s: null prototype] [%s] ", fallback, size, s.tag)
		}
		return fmt.Sprintf("[%s%s: null prototype] ", fallback, size)
	}
	if s.tag != "" && s.tag != s.ctor {
		return fmt.Sprintf("%s%s [%s] ", s.ctor, size, s.tag)
	}
	return s.ctor + size + " "
}

// done makes base all that is shown.
func (s *shape) done(base string) {
	s.base, s.complete = base, true
}

// unlessKeys makes base all that is shown, unless there are properties too.
func (s *shape) unlessKeys(base string) {
	s.base, s.complete = base, len(s.keys) == 0
}

func (p *printer) shapeOf(o *goja.Object, k kind) *shape {
	s := &shape{kind: k, open: "{", end: "}", items: func(int) []string { return nil }}
	s.ctor, s.tag = p.className(o), p.tagOf(o)
	if s.kind == plain {
		s.kind = tagKinds[s.tag]
	}
	switch s.kind {
	case array:
		p.arrayShape(o, s)
	case arguments:
		s.keys = p.keys(o, false)
		s.open = "[Arguments] {"
		if len(s.keys) == 0 {
			s.done(s.open + "}")
		}
	case typedArray:
		p.typedShape(o, s)
	case mapKind, setKind:
		p.collectionShape(o, s)
	case iterator:
		p.iteratorShape(o, s)
	case function, class:
		s.keys = p.keys(o, false)
		s.unlessKeys(p.functionBase(o, s))
	case regexp, date, boxed:
		p.wrapperShape(o, s)
	case failure:
		p.errorShape(o, s)
	case buffer:
		p.bufferShape(o, s)
	case dataView:
		p.dataViewShape(o, s)
	case promise:
		p.promiseShape(o, s)
	case weak:
		p.named(o, s, s.tag)
		s.items = func(int) []string { return []string{"<items unknown>"} }
	default:
		if revealed, ok := p.revealed(o, s); ok {
			p.revealedShape(o, s, revealed)
		} else {
			p.plainShape(o, s)
		}
	}
	return s
}

// named is the shape of an object with its class before the brace.
func (p *printer) named(o *goja.Object, s *shape, fallback string) {
	s.keys = p.keys(o, false)
	s.open = s.prefix(fallback, "") + "{"
}

func (p *printer) plainShape(o *goja.Object, s *shape) {
	s.keys = p.keys(o, false)
	if s.ctor != "Object" || s.tag != "" {
		s.open = s.prefix("Object", "") + "{"
	}
	if len(s.keys) == 0 {
		s.done(s.open + "}")
	}
}

// className is the name of the nearest constructor of which o is an instance,
// empty if there is none.
func (p *printer) className(o *goja.Object) string {
	var chain []*goja.Object
	key := p.vm.ToValue("constructor")
	for at := o; at != nil && len(chain) < maxChain && at.ExportType() != proxyType; at = at.Prototype() {
		chain = append(chain, at)
	}
	for _, at := range chain {
		if p.work < 0 {
			break
		}
		prop, _ := p.own(at, key)
		ctor, ok := prop.value.(*goja.Object)
		if !ok || ctor.ExportType() == proxyType {
			continue
		}
		proto, _ := p.own(ctor, p.vm.ToValue("prototype"))
		if name, ok := p.dataText(ctor, "name", maxName); ok && name != "" && p.above(chain, proto.value) {
			return name
		}
	}
	return ""
}

// above reports whether proto is among the prototypes of the first of chain.
func (p *printer) above(chain []*goja.Object, proto goja.Value) bool {
	for _, at := range chain[1:] {
		if v, ok := proto.(*goja.Object); ok && at == v {
			return true
		}
	}
	return false
}

// tagOf is the inherited Symbol.toStringTag of o; its own one, if enumerable,
// shows among its properties.
func (p *printer) tagOf(o *goja.Object) string {
	tag, ok := p.data(o, goja.SymToStringTag).(goja.String)
	if !ok {
		return ""
	}
	if own, ok := p.own(o, goja.SymToStringTag); ok && !own.hidden {
		return ""
	}
	return textOf(tag, maxName)
}
