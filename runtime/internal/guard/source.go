package guard

import (
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/nesting"
	"github.com/srcnexus/extrun/runtime/internal/arrowargs"
	"github.com/srcnexus/extrun/runtime/internal/bigshift"
	"github.com/srcnexus/extrun/runtime/internal/templates"
)

// hiddenConstructors give functions whose constructors have no global name.
var hiddenConstructors = map[Literals]func() *goja.Program{
	AsyncFunctions: sync.OnceValue(func() *goja.Program { return goja.MustCompile("", "async () => {}", true) }),
	Generators:     sync.OnceValue(func() *goja.Program { return goja.MustCompile("", "(function* () {})", true) }),
}

// installHidden guards the constructor of functions that literals make.
func (g *guard) installHidden(literals Literals) {
	function, err := g.vm.RunProgram(hiddenConstructors[literals]())
	g.must(err)
	proto := function.(*goja.Object).Prototype()
	guarded := g.functions(proto.Get("constructor").(*goja.Object))
	g.must(proto.DefineDataProperty("constructor", guarded, goja.FLAG_NOT_SET, goja.FLAG_NOT_SET, goja.FLAG_NOT_SET))
}

// evaluation guards eval.
func (g *guard) evaluation(original *goja.Object) *goja.Object {
	evaluate, _ := goja.AssertFunction(original)
	return judged(func(g *guard, original native, call goja.FunctionCall) goja.Value {
		if code, ok := call.Argument(0).(goja.String); ok {
			return g.eval(evaluate, code)
		}
		return original(call)
	})(g, original)
}

// noteSyntaxErrors notes what SyntaxErrors are known by.
func (g *guard) noteSyntaxErrors(original *goja.Object) *goja.Object {
	g.syntaxErrors = original.Get("prototype").(*goja.Object)
	return original
}

// functions guards a constructor of functions.
func (g *guard) functions(original *goja.Object) *goja.Object {
	create, _ := goja.AssertConstructor(original)
	return g.build(original, func(newTarget *goja.Object, args []goja.Value) *goja.Object {
		values := g.functionSource(args)
		f, err := create(newTarget, values...)
		if fault := g.syntaxFault(err); fault != nil {
			last := len(values) - 1
			if lowered, ok := g.lowered(values[last].String()); ok {
				values[last] = g.vm.ToValue(mendedBody("", lowered))
				if f, err := create(newTarget, values...); err == nil {
					return f
				}
			}
			panic(g.namedOnce(fault))
		}
		g.must(err)
		return f
	})
}

// eval also stands in the place of a direct eval, which it turns into an
// indirect one: goja knows eval by its identity.
func (g *guard) eval(evaluate goja.Callable, code goja.String) goja.Value {
	text := code.String()
	g.source(text)
	if other := mended(g.adapted(text)); other != text {
		code, text = g.vm.ToValue(other).(goja.String), other
	}
	value, err := evaluate(goja.Undefined(), code)
	if fault := g.syntaxFault(err); fault != nil && !isReadable(text) { // or else it comes from what ran
		lowered, ok := g.lowered(text)
		if !ok || !isReadable(lowered) {
			panic(g.namedOnce(fault))
		}
		value, err = evaluate(goja.Undefined(), g.vm.ToValue(mended(lowered)))
	}
	g.must(err)
	return value
}

func isReadable(code string) bool {
	_, err := goja.Compile("", code, false)
	return err == nil
}

func (g *guard) lowered(code string) (string, bool) {
	if g.limits.Lower == nil {
		return "", false
	}
	return g.limits.Lower(code)
}

// faultBegin begins the messages of goja's own SyntaxErrors.
const faultBegin = "SyntaxError: "

// syntaxFault is a SyntaxError as goja makes it; nil for every other error.
func (g *guard) syntaxFault(err error) *goja.Exception {
	fault, ok := err.(*goja.Exception)
	if !ok {
		return nil
	}
	object, ok := fault.Value().(*goja.Object)
	if !ok || !is(object, "Error") {
		return nil
	}
	if g.syntaxErrors == nil {
		g.object("SyntaxError")
	}
	if object.Prototype() != g.syntaxErrors {
		return nil
	}
	message, ok := object.Get("message").(goja.String)
	if !ok {
		return nil
	}
	if !strings.HasPrefix(message.String(), faultBegin) {
		return nil
	}
	return fault
}

// namedOnce is a fault whose message doesn't begin with its name.
func (g *guard) namedOnce(fault *goja.Exception) *goja.Exception {
	object := fault.Value().(*goja.Object)
	text := strings.TrimPrefix(object.Get("message").String(), faultBegin)
	g.must(object.DefineDataProperty("message", g.vm.ToValue(text), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE))
	return fault
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
		parameters := strings.Join(texts[:last], ",")
		if other := mendedBody(parameters, g.adapted(texts[last])); other != texts[last] {
			values[last] = g.vm.ToValue(other)
		}
		if other := templates.Parameters(parameters); other != parameters {
			values = []goja.Value{g.vm.ToValue(other), values[last]}
		}
	}
	return values
}

// mended is a script that does what the given one was meant to, in steps that an
// interrupt can come between.
func mended(code string) string { return templates.Script(arrowargs.Script(code)) }

// mendedBody is mended for the body of a function that has parameters.
func mendedBody(parameters, code string) string {
	return templates.Script(arrowargs.Body(parameters, code))
}

// adapted is what is to run in the place of code.
func (g *guard) adapted(code string) string {
	if g.limits.Source == nil {
		return code
	}
	return g.limits.Source(code)
}

// source judges code that is about to run, and may have any literals.
func (g *guard) source(src string) {
	g.meet(AllLiterals)
	if err := nesting.Check(src, g.limits.SourceDepth); err != nil {
		g.refuse("%s", err.Error())
	}
	if bigshift.Names(src) {
		g.allowBigints()
	}
	if g.hasBigints() && bigshift.Hides(src) {
		g.refuse("code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file")
	}
}
