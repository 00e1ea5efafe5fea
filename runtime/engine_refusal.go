package runtime

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/internal/lazyregexp"
	"github.com/srcnexus/extrun/runtime/internal/inspect"
	"github.com/srcnexus/extrun/sdk"
)

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

// positioned is a message about a place, unless that is in code of ours.
func positioned(text string, at file.Position) sdk.Message {
	message := sdk.Message{Text: engineText(text)}
	if name := inspect.SourceName(at.Filename); !strings.HasPrefix(name, programName) {
		message.File, message.Line, message.Column = name, at.Line, at.Column
	}
	return message
}

// engineText is what the engine says, for whoever wrote the code.
func engineText(text string) string {
	if found := badPattern().FindStringSubmatch(text); found != nil {
		return "this regular expression is invalid: " + found[1] + ": " + found[2]
	}
	return "this JavaScript engine does not support it: " + text
}

// badPattern matches goja's words for a regular expression that neither of its
// two libraries can read.
var badPattern = lazyregexp.New(`(?s)^Invalid regular expression \(\w+\): (.*) \((?:error parsing regexp: )?(.*)\)$`)

// quote adds the lines that the messages of a build error are about.
func (s sources) quote(err error) error {
	build, ok := err.(*sdk.BuildError)
	if !ok {
		return err
	}
	messages := slices.Clone(build.Messages) // the error may be somebody else's too
	for i := range messages[:min(len(messages), maxMessages)] {
		message := &messages[i]
		if lines := s.lines(message.File, message.Line, message.Line); message.LineText == "" && len(lines) == 1 {
			message.LineText = lines[0]
		}
	}
	return &sdk.BuildError{Messages: messages}
}
