package runtime

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/lazyregexp"
	"github.com/srcnexus/extrun/runtime/internal/guard"
	"github.com/srcnexus/extrun/sdk"
)

// languagePrograms are the scripts of sdk.Language, compiled when they are needed.
var languagePrograms = map[string]func() *compiled{
	"buffer":            languageProgram("buffer"),
	"disposable_stack":  languageProgram("disposable_stack"),
	"disposal":          languageProgram("disposal"),
	"error":             languageProgram("error"),
	"from_async":        languageProgram("from_async"),
	"group":             languageProgram("group"),
	"iterator_methods":  languageProgram("iterator_methods"),
	"number":            languageProgram("number"),
	"promise":           languageProgram("promise"),
	"symbol_properties": languageProgram("symbol_properties"),
	"text":              languageProgram("text"),
	"weak":              languageProgram("weak"),
}

func languageProgram(module string) func() *compiled {
	return sync.OnceValue(func() *compiled { return compileOwn(sdk.Language(module)) })
}

// A language is what an extension has got of what goja lacks.
type language struct {
	has     featureSet
	named   featureSet              // by all of its code, with hints
	scripts map[string]*goja.Object // the values of the scripts of sdk.Language
	native  *goja.Object            // what they get of the host
	kept    []*goja.Object          // what weak references have given away in this turn
	iterate []goja.Callable         // what makes objects iterable by for await, and has not been called
}

// provide installs the features that come of what a code names, and other code
// has named before. It must be called before the code runs.
func (e *Extension) provide(named featureSet) {
	e.language.named |= named
	missing := used(e.language.named) &^ e.language.has
	if missing == 0 {
		return
	}
	for bit, feature := range features {
		if missing&(1<<bit) == 0 {
			continue
		}
		switch {
		case feature.module != "":
			e.fromLanguage(feature.module, feature.name)
		case feature.name == "iterator":
			e.prepareIterators()
		case feature.name == "patterns":
			e.vm.meet(guard.Corrected)
		case feature.name == "shifts":
			e.installShiftFunction()
		}
		e.language.has |= 1 << bit
	}
	e.makeIterable()
}

// whenIterable has a function called once a script names the symbol of for await,
// which costs an extension more than the object that it would be on.
func (e *Extension) whenIterable(function goja.Value) {
	if call, ok := goja.AssertFunction(function); ok {
		e.language.iterate = append(e.language.iterate, call)
		e.makeIterable()
	}
}

func (e *Extension) makeIterable() {
	if e.language.has&featureNamed("asyncIterator") == 0 {
		return
	}
	waiting := e.language.iterate
	e.language.iterate = nil
	for _, call := range waiting {
		if err := e.vm.call(call); err != nil {
			panic(err)
		}
	}
}

// languageGlobal is the recipe of a global that goja lacks.
func languageGlobal(module, name string) func(*Extension) goja.Value {
	return func(e *Extension) goja.Value { return e.fromLanguage(module, name) }
}

// fromLanguage calls what a script of sdk.Language gives by a name.
func (e *Extension) fromLanguage(module, name string) goja.Value {
	script := e.language.scripts[module]
	if script == nil {
		if e.language.scripts == nil {
			e.language.scripts = make(map[string]*goja.Object)
		}
		script = e.mustRun(languagePrograms[module]()).(*goja.Object)
		e.language.scripts[module] = script
	}
	run, _ := goja.AssertFunction(script.Get(name))
	value, err := run(goja.Undefined(), e.languageNative())
	if err != nil {
		panic(err)
	}
	return value
}

// languageNative is what the scripts need of the host.
func (e *Extension) languageNative() *goja.Object {
	if e.language.native == nil {
		e.language.native = e.vm.js.NewObject()
		e.setLazy(e.language.native, languageNatives)
	}
	return e.language.native
}

// languageNatives are its functions (Native in sdk/src/lang/native.ts).
var languageNatives = map[string]func(*Extension) goja.Value{
	"detach":     webNative("detach", (*Extension).detachBuffer),
	"isDetached": webNative("isDetached", (*Extension).isDetached),
	"weak":       webNative("weak", (*Extension).makeWeak),
	"watch":      webNative("watch", (*Extension).watch),
	"wellFormed": webNative("wellFormed", (*Extension).wellFormed),
}

// maxLowered is the length of the longest code from eval that is rewritten.
const maxLowered = 1 << 20

// misread matches what goja reads wrongly without a word, or panics on.
var misread = lazyregexp.New(`\\[pP]\{|\\u\{0*10[fF]{4}\}`)

// adapt makes ready for code that eval or Function is given, and returns the
// code, without what goja would read wrongly.
func (e *Extension) adapt(code string) string {
	e.provide(namedFeatures(code) &^ shifts)
	if misread().MatchString(code) {
		if lowered, ok := lower(code); ok {
			code = lowered
		}
	}
	return guard.CorrectLiterals(code)
}

// lower rewrites code from eval for goja to read.
func lower(code string) (string, bool) {
	if len(code) > maxLowered {
		return "", false
	}
	return sdk.Lower(code)
}
