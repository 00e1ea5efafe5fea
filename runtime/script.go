package runtime

import (
	"fmt"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/internal/patience"
	"github.com/srcnexus/extrun/runtime/internal/arrowargs"
	"github.com/srcnexus/extrun/runtime/internal/bigshift"
	"github.com/srcnexus/extrun/runtime/internal/guard"
	"github.com/srcnexus/extrun/runtime/internal/stackread"
	"github.com/srcnexus/extrun/runtime/internal/templates"
	"github.com/srcnexus/extrun/sdk"
)

// A script is an extension's code, bundled and compiled.
type script struct {
	sources         // what file names in stacks stand for
	*compiled       // other extensions may run it too
	async     bool  // the completion value is a promise of the top-level code's end
	size      int64 // of all sources
}

// A compiled script can be run by any number of extensions at the same time.
type compiled struct {
	program  *goja.Program
	name     string     // the program's, as it stands in goja's stacks
	needs    featureSet // what it names that goja lacks
	literals guard.Literals
}

// runScript runs a script within a turn, once there is what it needs.
func (e *Extension) runScript(c *compiled) (goja.Value, error) {
	e.vm.meet(c.literals)
	if c.needs != 0 {
		e.provide(c.needs)
	}
	return e.vm.js.RunProgram(c.program)
}

// programName begins the names of what is not the author's code, so that its
// frames can be told from the author's in stacks. goja resolves the sources of
// a map against the name of the script, and gets it wrong where that looks like
// a URL or a path; hence no colon and no slash.
const programName = "extrun!"

// compile bundles and compiles an extension. It blocks, on the caller's
// goroutine, while files are read. Its error is a [*sdk.BuildError].
func (h *Host) compile(e entry) (*script, error) {
	bundled, err := sdk.Bundle(sdk.Input{Entry: e.File, Root: e.Root, CacheDir: h.options.CacheDir})
	if err != nil {
		return nil, err
	}
	h.reportCache(e.ID, bundled)
	h.reportWarnings(e.ID, bundled)
	sources := newSources(e)
	compiled, err := h.scripts.compile(bundled)
	if err != nil {
		return nil, sources.quote(err)
	}
	return &script{sources: sources, compiled: compiled, async: bundled.Async, size: bundled.Size}, nil
}

// maxCompileTime is how long the engine may take to compile a script.
const maxCompileTime = time.Minute

// compileBundle compiles a bundle to a program with a name. It waits no longer
// than limit: compiling can't be interrupted, and goes on by itself then.
func compileBundle(name string, bundled *sdk.Bundled, limit time.Duration) (*compiled, error) {
	done, err := patience.Wait(limit, func() (*compiled, error) {
		return compileSource(name, bundled.Code, bundled.Map)
	})
	if err == patience.ErrOver {
		text := fmt.Sprintf("compiling takes longer than %v, which is the most that it may take: split the largest sources", limit)
		return nil, &sdk.BuildError{Messages: []sdk.Message{{Text: text}}}
	}
	return done, err
}

// compileSource compiles a script of the author's, whose source map tells where
// it comes from. Its error is a [*sdk.BuildError].
func compileSource(name, code string, sourceMap []byte) (done *compiled, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			text := fmt.Sprintf("the JavaScript engine failed on this script: %v", reason)
			err = &sdk.BuildError{Messages: []sdk.Message{{Text: text}}}
		}
	}()
	// goja maps positions itself, given the map: errors and their stacks are
	// the author's from the start. The comment has to be the last line.
	parsed, err := goja.Parse(name, code+"\n//# sourceMappingURL=extension.js.map", parser.WithSourceMapLoader(func(string) ([]byte, error) {
		return forEngine(sourceMap), nil
	}))
	if err != nil {
		return nil, syntaxErrors(err)
	}
	if arrowargs.Concerns(code) {
		arrowargs.Rewrite(parsed)
	}
	if stackread.Concerns(code) {
		stackread.Rewrite(parsed, stackFunction)
	}
	if bigshift.Concerns(code) {
		bigshift.Rewrite(parsed, shiftFunction)
	}
	if guard.HasSurrogates(code) {
		guard.CorrectProgram(parsed)
	}
	if templates.Concerns(code) {
		templates.Rewrite(parsed)
	}
	program, err := goja.CompileAST(parsed, false)
	if err != nil {
		return nil, syntaxErrors(err)
	}
	return &compiled{program: program, name: name, needs: namedFeatures(code), literals: guard.LiteralsOf(parsed)}, nil
}
