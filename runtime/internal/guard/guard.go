package guard

import (
	"fmt"
	"reflect"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/nesting"
)

// Limits are what a script may ask of the built-in functions. They are chosen
// so that ordinary code never meets them. Zero means the default.
type Limits struct {
	// JSONDepth is how deep JSON may nest. Default 5,000.
	JSONDepth int
	// SourceDepth is how deep a source given to eval or Function may nest.
	// Default 2,000.
	SourceDepth int
	// ArrayDepth is how deep arrays may nest that flat, join and toString
	// follow. Default 1,000.
	ArrayDepth int
	// Calls is how deep calls of built-in functions may nest. Default 10,000, which
	// is more than JavaScript does that makes a thousand calls.
	Calls int
	// Elements is the length up to which native functions walk through an
	// array. Default 4,194,304, at 16 bytes each.
	Elements int64
	// Bytes is the size of a string or buffer that one call makes. Default
	// 256 MiB.
	Bytes int64
	// Source sees the code that eval is given, and the body that Function is,
	// and returns what is to run instead. Default: the same.
	Source func(code string) string
	// Bigints is asked before a function makes a bigint, and before code is run
	// that has one, and returns why not. Default: there may be any.
	Bigints func() error
	// Ended is asked whenever a guarded function is called, or any by another, and
	// reports whether the runtime is interrupted, or about to be: native code may
	// call native functions for long. Default: it never is.
	Ended func() bool
	// Lower returns code that does the same as one that goja can't read, and
	// reports false if it can't. Default: it never can.
	Lower func(code string) (string, bool)
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
	set(&l.Calls, 10_000)
	if l.Elements <= 0 {
		l.Elements = 1 << 22
	}
	if l.Bytes <= 0 {
		l.Bytes = 256 << 20
	}
	return l
}

var regexpOnce sync.Once

// BoundRegExps limits how long one match of a backtracking regular expression
// may take; one that takes longer has no match. It holds for the whole process,
// and for regular expressions that are compiled later: scripts with literals
// compile theirs when they are compiled themselves. Only the first call counts.
// Any goroutine may call it.
func BoundRegExps(limit time.Duration) {
	regexpOnce.Do(func() { regexp2.DefaultMatchTimeout = limit })
}

// A guard stands in front of the built-in functions of one runtime.
type guard struct {
	vm     *goja.Runtime
	limits Limits
	inside int            // calls of built-in functions that have not returned
	levels int            // of JSON that is being written or revived, in all calls
	depth  int            // arrays that join and toLocaleString are in
	joined []*goja.Object // those of them that join is in

	syntaxErrors *goja.Object // the prototype of SyntaxErrors; nil while there has been none

	drawn    map[string]reflect.Value      // of [drawings]
	standIns map[*goja.Object]*goja.Object // what was put in the place of objects that are entered
	parsed   *goja.Object                  // the prototype of what JSON.parse makes; nil while that is nothing
	written  []byte                        // what [jsonWriter] writes into, while nothing is written
	patterns *dialect                      // nil while there is no regular expression
	buffered bool                          // there is an ArrayBuffer
	met      Literals

	walked map[*goja.Object]struct{} // what counts its calls, apart from what has a template

	steps  uint64        // of built-in iterators
	paused goja.Callable // does nothing; nil until it is needed
}

// Install guards the built-in functions of vm. It must be called once, before
// anything else is done with it. meet must be told of the literals that a script
// has, before the script runs, and of values of those kinds that the host hands
// over: they lead to objects that nobody has named.
func Install(vm *goja.Runtime, limits Limits) (meet func(Literals)) {
	g := &guard{vm: vm, limits: limits.withDefaults(), drawn: drawings()}
	g.install()
	return g.meet
}

func (g *guard) install() {
	g.standIns, g.walked = make(map[*goja.Object]*goja.Object), make(map[*goja.Object]struct{})
	guards.add(g)
	for name, object := range rootsOf(g.vm) {
		g.cover(name, object)
	}
	if g.drawn != nil {
		g.countRoots()
	}
	g.installPromises()
}

func (g *guard) now() time.Time { return time.Now() }

// A native is a built-in function.
type native = func(goja.FunctionCall) goja.Value

// A judge stands in front of a built-in function: it refuses the call, or makes
// it, as it is or changed.
type judge func(original native, call goja.FunctionCall) goja.Value

// judged guards a function by a judge of each call.
func judged(judge func(g *guard, original native, call goja.FunctionCall) goja.Value) guarding {
	return trapped(func(g *guard, target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
		return judge(g, target.Export().(native), goja.FunctionCall{This: this, Arguments: args})
	})
}

// trapped guards a function by a trap for calls only: everything else about it,
// such as its name, is as it was. A Proxy costs a fraction of what a new native
// function with a name and a length does.
func trapped(apply func(g *guard, target *goja.Object, this goja.Value, args []goja.Value) goja.Value) guarding {
	return func(g *guard, f *goja.Object) *goja.Object {
		return g.vm.ToValue(g.vm.NewProxy(f, g.trap(func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
			return apply(g, target, this, args)
		}))).(*goja.Object)
	}
}

// entered guards an object to which more than one way leads, the first time that
// one is taken.
func entered(guarded guarding) guarding {
	return func(g *guard, original *goja.Object) *goja.Object {
		standIn := g.standIns[original]
		if standIn == nil {
			standIn = guarded(g, original)
			g.standIns[original] = standIn
		}
		return standIn
	}
}

// within guards properties of an object.
func within(c cover) guarding {
	return entered(func(g *guard, o *goja.Object) *goja.Object {
		for name, guarded := range c {
			if f, ok := o.Get(name).(*goja.Object); ok {
				g.must(o.Set(name, guarded(g, f)))
			}
		}
		return o
	})
}

// function puts a function in the place of the one called name of o that has
// judge decide about each call.
func (g *guard) function(o *goja.Object, name string, judge judge) {
	guarded := judged(func(_ *guard, original native, call goja.FunctionCall) goja.Value { return judge(original, call) })
	if f, ok := o.Get(name).(*goja.Object); ok {
		g.must(o.Set(name, guarded(g, f)))
	}
}

func (g *guard) trap(apply func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value) *goja.ProxyTrapConfig {
	return &goja.ProxyTrapConfig{Apply: func(target *goja.Object, this goja.Value, args []goja.Value) goja.Value {
		g.heed()
		g.enter()
		defer g.leave()
		return apply(target, this, args)
	}}
}

// object is a global object.
func (g *guard) object(name string) *goja.Object {
	return g.vm.Get(name).(*goja.Object)
}

// must passes an error on to the script.
func (g *guard) must(err error) {
	if err != nil {
		panic(err)
	}
}

// refuse throws a RangeError.
func (g *guard) refuse(format string, args ...any) {
	panic(NewRangeError(g.vm, fmt.Sprintf(format, args...)))
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
