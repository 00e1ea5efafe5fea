package inspect

import (
	"fmt"
	"strings"

	"github.com/dop251/goja"
)

func (p *printer) collectionShape(o *goja.Object, s *shape) {
	name := "Set"
	if s.kind == mapKind {
		name = "Map"
	}
	entries, size, ok := p.entries(o, name)
	if !ok {
		p.plainShape(o, s) // a Go value that goja shows as such
		return
	}
	s.keys = p.keys(o, false)
	s.open = s.prefix(name, fmt.Sprintf("(%d)", size)) + "{"
	if size == 0 && len(s.keys) == 0 {
		s.done(s.open + "}")
		return
	}
	s.items = func(level int) []string { return p.collected(entries, size, name == "Map", level) }
}

// entries are the first entries of a Map or Set, those of a Set with
// everything twice, and how many there are.
func (p *printer) entries(o *goja.Object, constructor string) (entries [][2]goja.Value, size int, ok bool) {
	it, err := p.method(constructor, "entries")(o)
	if err != nil || !isObject(it) {
		return nil, 0, false
	}
	if v := o.Get("size"); v != nil {
		size = int(v.ToInteger())
	}
	return p.drain(it.(*goja.Object), p.items), size, true
}

// drain takes at most limit pairs from an iterator.
func (p *printer) drain(it *goja.Object, limit int) [][2]goja.Value {
	next, ok := goja.AssertFunction(it.Get("next"))
	var entries [][2]goja.Value
	for ok && len(entries) < limit {
		step, err := next(it)
		result, isResult := step.(*goja.Object)
		if err != nil || !isResult || truthy(result.Get("done")) {
			break
		}
		pair, isPair := result.Get("value").(*goja.Object)
		if !isPair {
			break
		}
		entries = append(entries, [2]goja.Value{pair.Get("0"), pair.Get("1")})
	}
	return entries
}

func (p *printer) collected(entries [][2]goja.Value, size int, pairs bool, level int) []string {
	var out []string
	for _, entry := range entries {
		if p.spend(1) {
			break
		}
		out = append(out, p.indented(2, func() string {
			if pairs {
				return p.value(entry[0], level) + " => " + p.value(entry[1], level)
			}
			return p.value(entry[0], level)
		}))
	}
	if n := size - len(out); n > 0 {
		out = append(out, more(n, "item"))
	}
	return out
}

// iteratorShape shows that something is an iterator; what is left in it can't be
// seen without taking it.
func (p *printer) iteratorShape(o *goja.Object, s *shape) {
	s.keys = p.keys(o, false)
	s.open = "[" + s.tag + "] {"
	s.items = func(int) []string { return []string{"<items unknown>"} }
}

func (p *printer) promiseShape(o *goja.Object, s *shape) {
	p.named(o, s, "Promise")
	state, ok := o.Export().(*goja.Promise)
	if !ok {
		return
	}
	s.items = func(level int) []string {
		if state.State() == goja.PromiseStatePending {
			return []string{"<pending>"}
		}
		result := p.indented(2, func() string { return p.value(state.Result(), level) })
		if state.State() == goja.PromiseStateRejected {
			result = "<rejected> " + result
		}
		return []string{result}
	}
}

func (p *printer) bufferShape(o *goja.Object, s *shape) {
	p.named(o, s, "ArrayBuffer")
	b, ok := o.Export().(goja.ArrayBuffer)
	if !ok {
		return
	}
	s.items = func(int) []string {
		if b.Detached() {
			return []string{"(detached)", "byteLength: 0"}
		}
		bytes := b.Bytes()
		contents := strings.TrimSpace(fmt.Sprintf("% x", bytes[:min(len(bytes), p.items)]))
		if n := len(bytes) - p.items; n > 0 {
			contents += " " + more(n, "byte")
		}
		return []string{"[Uint8Contents]: <" + contents + ">", fmt.Sprintf("byteLength: %d", len(bytes))}
	}
}

func (p *printer) dataViewShape(o *goja.Object, s *shape) {
	p.named(o, s, "DataView")
	s.items = func(level int) []string {
		var out []string
		for _, name := range []string{"byteLength", "byteOffset", "buffer"} {
			p.try(func() {
				v := p.indented(2, func() string { return p.value(o.Get(name), level) })
				out = append(out, name+": "+v)
			})
		}
		return out
	}
}
