package runtime

import (
	"fmt"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
	"github.com/srcnexus/extrun/runtime/internal/stackread"
	"github.com/srcnexus/extrun/sdk"
)

// A script is an extension's code, bundled and compiled.
type script struct {
	sources               // what file names in stacks stand for
	program *goja.Program // other extensions may run it too
	name    string        // the program's, as it stands in goja's stacks
	async   bool          // the completion value is a promise of the top-level code's end
	size    int64         // of all sources
	needs   featureSet    // what it names that goja lacks
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
	program, name, err := h.scripts.compile(bundled)
	if err != nil {
		return nil, err
	}
	return &script{program: program, name: name, async: bundled.Async, sources: newSources(e), size: bundled.Size, needs: namedFeatures(bundled.Code)}, nil
}

// compileBundle compiles a bundle to a program with a name.
func compileBundle(name string, bundled *sdk.Bundled) (*goja.Program, error) {
	return compileSource(name, bundled.Code, bundled.Map)
}

// compileSource compiles a script of the author's, whose source map tells where
// it comes from. Its error is a [*sdk.BuildError].
func compileSource(name, code string, sourceMap []byte) (*goja.Program, error) {
	// goja maps positions itself, given the map: errors and their stacks are
	// the author's from the start. The comment has to be the last line.
	parsed, err := goja.Parse(name, code+"\n//# sourceMappingURL=extension.js.map", parser.WithSourceMapLoader(func(string) ([]byte, error) {
		return forEngine(sourceMap), nil
	}))
	if err != nil {
		return nil, syntaxErrors(err)
	}
	if stackread.Concerns(code) {
		stackread.Rewrite(parsed, stackFunction)
	}
	program, err := goja.CompileAST(parsed, false)
	if err != nil {
		return nil, syntaxErrors(err)
	}
	return program, nil
}

// syntaxErrors makes a build error of what goja refused although the bundler
// accepted it.
func syntaxErrors(err error) error {
	var messages []sdk.Message
	switch err := err.(type) {
	case parser.ErrorList:
		for _, e := range err {
			messages = append(messages, positioned(e.Message, e.Position))
		}
	case *goja.CompilerSyntaxError:
		position := file.Position{}
		if err.File != nil {
			position = err.File.Position(err.Offset)
		}
		messages = append(messages, positioned(err.Message, position))
	default:
		messages = append(messages, sdk.Message{Text: err.Error()})
	}
	return &sdk.BuildError{Messages: messages}
}

func positioned(text string, at file.Position) sdk.Message {
	return sdk.Message{Text: fmt.Sprintf("this JavaScript engine does not support it: %s", text), File: inspect.SourceName(at.Filename), Line: at.Line, Column: at.Column}
}
