package guard

import (
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/nesting"
)

// hiddenConstructors gives functions whose constructors have no global name.
var hiddenConstructors = sync.OnceValue(func() *goja.Program {
	return goja.MustCompile("", "[async () => {}, function* () {}]", true)
})

func (g *guard) installSources() {
	g.constructor("Function", g.functionSource)
	functions, err := g.vm.RunProgram(hiddenConstructors())
	g.must(err)
	for _, index := range []string{"0", "1"} {
		proto := functions.(*goja.Object).Get(index).(*goja.Object).Prototype()
		guarded := g.construct(proto.Get("constructor").(*goja.Object), g.functionSource)
		g.must(proto.DefineDataProperty("constructor", guarded, goja.FLAG_NOT_SET, goja.FLAG_NOT_SET, goja.FLAG_NOT_SET))
	}
	g.function(g.vm.GlobalObject(), "eval", g.eval)
}

// eval also stands in the place of a direct eval, which it turns into an
// indirect one: goja knows eval by its identity.
func (g *guard) eval(original native, call goja.FunctionCall) goja.Value {
	if s, ok := call.Argument(0).(goja.String); ok {
		code := s.String()
		g.source(code)
		if other := g.adapted(code); other != code {
			call.Arguments = []goja.Value{g.vm.ToValue(other)}
		}
	}
	return original(call)
}

// functionSource judges the parameters and the body of a function as the one
// source that they become. It converts objects, so that this happens only once.
func (g *guard) functionSource(args []goja.Value) []goja.Value {
	texts, values := make([]string, len(args)), make([]goja.Value, len(args))
	for i, arg := range args {
		values[i] = arg.ToString()
		texts[i] = values[i].String()
	}
	g.source(strings.Join(texts, ","))
	if last := len(args) - 1; last >= 0 {
		if other := g.adapted(texts[last]); other != texts[last] {
			values[last] = g.vm.ToValue(other)
		}
	}
	return values
}

// adapted is what is to run in the place of code.
func (g *guard) adapted(code string) string {
	if g.limits.Source == nil {
		return code
	}
	return g.limits.Source(code)
}

func (g *guard) source(src string) {
	if err := nesting.Check(src, g.limits.SourceDepth); err != nil {
		g.refuse("%s", err.Error())
	}
}
