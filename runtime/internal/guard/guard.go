package guard

import (
	"fmt"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/nesting"
)

// RegExpTimeout is how long one match of a backtracking regular expression may
// take. One that takes longer has no match.
const RegExpTimeout = time.Second

// Limits are what a script may ask of the built-in functions. They are chosen
// so that ordinary code never meets them. Zero means the default.
type Limits struct {
	// JSONDepth is how deep JSON may nest. Default 5,000.
	JSONDepth int
	// SourceDepth is how deep a source given to eval or Function may nest.
	// Default 5,000.
	SourceDepth int
	// ArrayDepth is how deep arrays may nest that flat, join and toString
	// follow. Default 1,000.
	ArrayDepth int
	// Elements is the length up to which native functions walk through an
	// array. Default 16,777,216, at 16 bytes each.
	Elements int64
	// Bytes is the size of a string or buffer that one call makes. Default
	// 256 MiB.
	Bytes int64
	// DirectEval leaves eval alone, and so its access to the variables around
	// the call; a deeply nested source ends the process then. By default eval
	// sees global variables only.
	DirectEval bool
	// Names are the functions to guard besides JSON.parse and JSON.stringify,
	// as NamesIn finds them. Guarding all of them costs 0.15 ms and 130 KB a
	// runtime, guarding none 6 µs and 6 KB. Default all.
	Names Names
}

func (l Limits) withDefaults() Limits {
	set := func(p *int, n int) {
		if *p <= 0 {
			*p = n
		}
	}
	set(&l.JSONDepth, 5000)
	set(&l.SourceDepth, nesting.DefaultLimit)
	set(&l.ArrayDepth, 1000)
	if l.Elements <= 0 {
		l.Elements = 1 << 24
	}
	if l.Bytes <= 0 {
		l.Bytes = 256 << 20
	}
	return l
}

var regexpOnce sync.Once

// A guard stands in front of the built-in functions of one runtime.
type guard struct {
	vm     *goja.Runtime
	limits Limits
	depth  int // arrays that join and toLocaleString are in
}

// Install guards the built-in functions of vm. It must be called before any
// script runs in it, once, and before any regular expression is compiled in the
// process.
func Install(vm *goja.Runtime, limits Limits) {
	regexpOnce.Do(func() { regexp2.DefaultMatchTimeout = RegExpTimeout })
	g := &guard{vm: vm, limits: limits.withDefaults()}
	g.installJSON()
	g.installArrays()
	g.installStrings()
	g.installCalls()
	g.installBuffers()
	if g.limits.Names == nil {
		g.installSources()
	}
}

// A native is a built-in function.
type native = func(goja.FunctionCall) goja.Value

// replace puts what around makes of it in the place of the function name of o.
func (g *guard) replace(o *goja.Object, name string, around func(original native) native) {
	f, ok := o.Get(name).(*goja.Object)
	if !ok {
		return // goja hasn't this function
	}
	original, ok := f.Export().(native)
	if !ok {
		return
	}
	guarded := g.vm.ToValue(around(original)).(*goja.Object)
	for _, property := range []string{"name", "length"} {
		g.must(guarded.DefineDataProperty(property, f.Get(property), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	}
	g.must(o.DefineDataProperty(name, guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

func (g *guard) define(o *goja.Object, name string, v goja.Value) {
	g.must(o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// object is a global object, or its prototype.
func (g *guard) object(name string) *goja.Object {
	return g.vm.Get(name).(*goja.Object)
}

func (g *guard) prototype(name string) *goja.Object {
	return g.object(name).Get("prototype").(*goja.Object)
}

// must passes an error on to the script.
func (g *guard) must(err error) {
	if err != nil {
		panic(err)
	}
}

// refuse throws a RangeError.
func (g *guard) refuse(format string, args ...any) {
	message := g.vm.ToValue(fmt.Sprintf(format, args...))
	err, failed := g.vm.New(g.vm.Get("RangeError"), message)
	g.must(failed)
	panic(err)
}

// elements refuses an array that is too long for native code to walk through.
func (g *guard) elements(what string, n int64) {
	if n > g.limits.Elements {
		g.refuse("%s of %d elements is refused: at most %d", what, n, g.limits.Elements)
	}
}

// bytes refuses a string or buffer that is too large.
func (g *guard) bytes(what string, n float64) {
	if n > float64(g.limits.Bytes) {
		g.refuse("%s of %.0f bytes is refused: at most %d", what, n, g.limits.Bytes)
	}
}

// lengthOf is the length of an array or of what looks like one.
func lengthOf(v goja.Value) int64 {
	o, ok := v.(*goja.Object)
	if !ok {
		return 0
	}
	length := o.Get("length")
	if length == nil {
		return 0
	}
	return length.ToInteger()
}
