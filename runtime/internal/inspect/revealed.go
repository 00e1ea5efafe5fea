package inspect

import (
	"slices"

	"github.com/dop251/goja"
)

// Revealed is what is in an object that keeps its state to itself.
type Revealed struct {
	// Fields are shown as properties are.
	Fields []Field
	// Pairs are shown as those of a Map are.
	Pairs [][2]goja.Value
}

// A Field has a name that needs no quotes.
type Field struct {
	Name  string
	Value goja.Value
}

// revealed asks about objects of a class; all others have nothing to reveal.
func (p *printer) revealed(o *goja.Object, s *shape) (revealed Revealed, ok bool) {
	if p.reveal == nil || s.ctor == "Object" || s.ctor == "" {
		return Revealed{}, false
	}
	p.try(func() { revealed, ok = p.reveal(o) })
	return revealed, ok
}

// revealedShape shows what was revealed, and the properties that hold a value.
func (p *printer) revealedShape(o *goja.Object, s *shape, revealed Revealed) {
	s.keys = slices.DeleteFunc(p.keys(o, false), func(key goja.Value) bool {
		prop, ok := p.own(o, key)
		return ok && prop.value == nil
	})
	s.open = s.prefix("Object", "") + "{"
	if len(s.keys)+len(revealed.Fields)+len(revealed.Pairs) == 0 {
		s.done(s.open + "}")
		return
	}
	s.items = func(level int) []string {
		if len(revealed.Pairs) > 0 {
			shown := revealed.Pairs[:min(len(revealed.Pairs), p.items)]
			return p.collected(shown, len(revealed.Pairs), true, level)
		}
		return p.fields(revealed.Fields, level)
	}
}

func (p *printer) fields(fields []Field, level int) []string {
	var out []string
	for _, field := range fields {
		if p.spend(1) {
			break
		}
		out = append(out, field.Name+": "+p.indented(2, func() string { return p.value(field.Value, level) }))
	}
	return out
}
