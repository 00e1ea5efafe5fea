package runtime

import (
	"fmt"
	"path/filepath"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/sdk"
)

// A script is an extension's code, bundled and compiled. It may be shared.
type script struct {
	program *goja.Program
	async   bool   // the completion value is a promise of the top-level code's end
	root    string // the folder that file names in stacks are relative to
}

// programName begins the names of what is not the author's code, so that its
// frames can be told from the author's in stacks. goja resolves the sources of
// a map against the name of the script, and gets it wrong where that looks like
// a URL or a path; hence no colon and no slash.
const programName = "extrun!"

// compile bundles and compiles an extension. It blocks, on the caller's
// goroutine, while files are read. Its error is a [*sdk.BuildError].
func compile(e entry) (*script, error) {
	bundled, err := sdk.Bundle(sdk.Input{Entry: e.File, Root: e.Root})
	if err != nil {
		return nil, err
	}
	// goja maps positions itself, given the map: errors and their stacks are
	// the author's from the start. The comment has to be the last line.
	code := bundled.Code + "\n//# sourceMappingURL=extension.js.map"
	ast, err := goja.Parse(programName+e.ID, code, parser.WithSourceMapLoader(func(string) ([]byte, error) {
		return countFromOne(bundled.Map), nil
	}))
	if err != nil {
		return nil, syntaxErrors(err)
	}
	program, err := goja.CompileAST(ast, false)
	if err != nil {
		return nil, syntaxErrors(err)
	}
	root, err := filepath.EvalSymlinks(e.Root)
	if err != nil {
		root = e.Root
	}
	return &script{program: program, async: bundled.Async, root: root}, nil
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
	return sdk.Message{Text: fmt.Sprintf("this JavaScript engine does not support it: %s", text), File: at.Filename, Line: at.Line, Column: at.Column}
}
