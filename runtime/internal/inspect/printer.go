package inspect

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

// The bounds of one call. Items and texts are cut where Node.js cuts them; the
// others are never met by what a person wants to read.
const (
	maxItems   = 100      // of an array, Map, Set or typed array
	maxText    = 10_000   // UTF-16 units of a string inside something
	maxOutput  = 1 << 20  // bytes
	maxWork    = 200_000  // properties looked at
	maxDepth   = 200      // levels, also when all are asked for
	maxChain   = 1_000    // prototypes
	maxStack   = 64 << 10 // units of an error's stack
	maxName    = 500      // units of the name of a class, function or tag
	breakWidth = 80       // columns
	maxNested  = 3        // levels that share a line
	maxColumns = 15       // of a grouped array
)

// A printer shows one value.
type printer struct {
	vm       *goja.Runtime
	hidden   bool          // show properties that aren't enumerable
	depth    int           // the last level that is shown
	items    int           // of a list that are shown
	width    int           // columns
	describe goja.Callable // Object.getOwnPropertyDescriptor, nil before first use
	reveal   func(*goja.Object) (Revealed, bool)

	seen     []*goja.Object       // what is being shown, outermost first
	circular map[*goja.Object]int // the number of each object that refers to itself
	indent   int
	deepest  int // of the value shown last
	work     int // left
	output   int // bytes left
}

func newPrinter(vm *goja.Runtime, opts Options) *printer {
	depth := min(opts.Depth, maxDepth)
	switch {
	case depth == 0:
		depth = 2
	case depth < 0:
		depth = 0
	}
	return &printer{
		vm: vm, hidden: opts.ShowHidden, reveal: opts.Reveal, depth: depth, items: maxItems, width: breakWidth,
		work: maxWork, output: maxOutput,
	}
}

// outermost shows v, and says so if that goes wrong: goja may panic with more
// than JavaScript exceptions when a script has bent its built-ins.
func (p *printer) outermost(v goja.Value) (text string) {
	ok := p.try(func() { text = p.value(v, 0) })
	if !ok {
		return "[value that can't be shown]"
	}
	return cut(text, maxOutput)
}

// try runs f, and reports whether it ended without a panic of any kind.
func (p *printer) try(f func()) (ok bool) {
	depth, indent := len(p.seen), p.indent
	defer func() {
		if recover() != nil {
			ok = false
		}
		if !ok {
			p.seen, p.indent = p.seen[:depth], indent
		}
	}()
	return p.vm.Try(f) == nil
}

// value shows v, which is level levels below the outermost.
func (p *printer) value(v goja.Value, level int) string {
	o, ok := v.(*goja.Object)
	if !ok {
		s := p.nestedPrimitive(v)
		p.output -= len(s)
		return s
	}
	if p.spend(1) {
		return "..."
	}
	if o = p.behindProxy(o); o == nil {
		return "<Revoked Proxy>"
	}
	if slices.Contains(p.seen, o) {
		return fmt.Sprintf("[Circular *%d]", p.reference(o))
	}
	return p.object(o, level)
}

// spend takes n from the work that is left, and reports whether there is none.
func (p *printer) spend(n int) bool {
	p.work -= n
	return p.work < 0 || p.output < 0
}

// reference is the number by which a circular reference names o.
func (p *printer) reference(o *goja.Object) int {
	if p.circular == nil {
		p.circular = make(map[*goja.Object]int)
	}
	n, ok := p.circular[o]
	if !ok {
		n = len(p.circular) + 1
		p.circular[o] = n
	}
	return n
}

// behindProxy is the object at the end of a row of proxies, nil if one of them
// has been revoked. No trap runs.
func (p *printer) behindProxy(o *goja.Object) *goja.Object {
	for range maxChain {
		if o.ExportType() != proxyType {
			return o
		}
		proxy, _ := o.Export().(goja.Proxy)
		if o = proxy.Target(); o == nil || proxy.Handler() == nil {
			return nil
		}
	}
	return nil
}

// indented runs f with the lines of what it shows set in by n columns more.
func (p *printer) indented(n int, f func() string) string {
	p.indent += n
	s := f()
	p.indent -= n
	return s
}

// object shows o, which is not a proxy and not being shown already.
func (p *printer) object(o *goja.Object, level int) string {
	k := p.classify(o)
	s := p.shapeOf(o, k)
	if s.complete {
		return s.base
	}
	if level > p.depth {
		return s.folded()
	}
	p.seen = append(p.seen, o)
	p.deepest = level
	out := s.items(level + 1)
	for _, key := range s.keys {
		if p.spend(1) {
			out = append(out, "...")
			break
		}
		out = append(out, p.entry(o, key, level+1))
	}
	p.seen = p.seen[:len(p.seen)-1]
	if n, ok := p.circular[o]; ok {
		s.refer("<ref *" + strconv.Itoa(n) + ">")
	}
	text := p.layout(s, out, level)
	p.output -= len(text) / 8 // each level copies what is below it
	return text
}
