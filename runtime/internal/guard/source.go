package guard

import (
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/nesting"
)

// SourceDepth refuses a JavaScript source that nests brackets more than limit
// levels deep, which goja's parser and compiler might not survive. 0 means
// 5,000. The error is a *nesting.TooDeep. Any goroutine may call it.
func SourceDepth(src string, limit int) error {
	return nesting.Check(src, limit)
}

func (g *guard) installSources() {
	g.construct("Function", g.source)
	if g.limits.DirectEval {
		return
	}
	g.replace(g.vm.GlobalObject(), "eval", func(original native) native {
		return func(call goja.FunctionCall) goja.Value {
			g.source(call.Arguments)
			return original(call)
		}
	})
}

func (g *guard) source(args []goja.Value) {
	for _, arg := range args {
		s, ok := arg.(goja.String)
		if !ok || s.Length() <= g.limits.SourceDepth {
			continue
		}
		if err := SourceDepth(s.String(), g.limits.SourceDepth); err != nil {
			g.refuse("%s", err.Error())
		}
	}
}
