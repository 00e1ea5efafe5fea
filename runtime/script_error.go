package runtime

import (
	"fmt"
	"log/slog"
	"strconv"
	"strings"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/lazyregexp"
	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// A ScriptError is an error of an extension's code, as its author wants to read
// it: with places in the author's files, and without the frames of the host and
// the SDK.
type ScriptError struct {
	Extension string
	Where     string  // what ran, such as "onLoad"
	Message   string  // such as "TypeError: x is not a function"
	Frames    []Frame // innermost first; none where the engine knows no place

	// Text is the error as console.error shows it: message, stack, own
	// properties and causes.
	Text string

	sources sources // what the frames' files are read from
}

// A Frame is one place of a stack.
type Frame struct {
	Function     string // empty at top level
	File         string // relative to the package's root, with slashes
	Line, Column int    // from 1; Column counts UTF-16 units
}

func (f Frame) String() string { return fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column) }

// Error is the error on one line: place, message, and what ran.
func (e *ScriptError) Error() string {
	text := fmt.Sprintf("%s (in %s)", e.Message, e.Where)
	if len(e.Frames) > 0 {
		text = e.Frames[0].String() + ": " + text
	}
	return text
}

// Detail is the error on several lines: the place with the code around it,
// which is read from the author's file now, then the text with its stack.
func (e *ScriptError) Detail() string {
	var out strings.Builder
	if len(e.Frames) > 0 {
		first := e.Frames[0]
		fmt.Fprintf(&out, "%s (in %s)\n", first, e.Where)
		out.WriteString(codeFrame(e.sources, first.File, first.Line, first.Column))
	} else {
		fmt.Fprintf(&out, "in %s\n", e.Where)
	}
	out.WriteString(e.Text)
	return out.String()
}

// locate puts the frames of a stack, as goja writes it, into the error.
func (e *ScriptError) locate(s *script, stack string) {
	stack = inspect.Stack(stack)
	e.sources, e.Frames = s.sources, stackFrames(stack)
	e.Text = e.Message
	for _, frame := range e.Frames[:min(len(e.Frames), shownFrames)] {
		if frame.Function == "" {
			e.Text += "\n    at " + frame.String()
		} else {
			e.Text += fmt.Sprintf("\n    at %s (%s)", frame.Function, frame)
		}
	}
	if more := strings.Count(stack, "\n    at ") - shownFrames; more > 0 {
		e.Text += fmt.Sprintf("\n    … %d more", more)
	}
}

// uncaught reports what a turn threw and nobody caught. A panic of the host
// ends the extension, since nobody knows what state it is in.
func (e *Extension) uncaught(err error) {
	switch err := err.(type) {
	case *ScriptError:
		e.options.Uncaught(e, err)
	case *panicError:
		e.record(slog.LevelError, faultPanic, "the host panicked in a turn of the extension", "panic", err.reason, "stack", string(err.stack))
		e.crashWith(faultPanic, &ScriptError{Extension: e.id, Where: "the host", Message: err.Error(), Text: err.Error()})
	}
}

// explain makes an error for the author of what goja returned. It belongs to
// the goroutine that owns the VM.
func (e *Extension) explain(where place, err error) error {
	result := &ScriptError{Extension: e.id, Where: where.String(), sources: e.script.sources}
	switch err := err.(type) {
	case *ScriptError, *panicError:
		return err
	case *rejection:
		e.describe(result, err.reason, err.at)
	case *goja.Exception:
		e.describe(result, err.Value(), err.Stack())
	case *goja.StackOverflowError:
		result.Message = fmt.Sprintf("RangeError: maximum call stack size exceeded (%d calls)", maxCallStack)
		result.locate(e.script, err.String())
	default:
		result.Message, result.Text = err.Error(), err.Error()
	}
	return result
}

// describe fills in what was thrown, without running code of the script. An
// error knows its place, or those of the errors in it. For another value it is
// that at which it was thrown, as far as goja knows.
func (e *Extension) describe(result *ScriptError, thrown goja.Value, thrownAt []goja.StackFrame) {
	result.Text = inspect.Value(e.vm.js, thrown, inspect.Options{Depth: shownDepth})
	result.Message = "thrown: " + result.Text
	if isError(thrown) {
		result.Message, _, _ = strings.Cut(result.Text, "\n")
		result.Message = withoutBrackets(result.Message)
		result.Frames = stackFrames(firstStack(result.Text))
	}
	if len(result.Frames) == 0 {
		result.Frames = framesOf(thrownAt)
	}
}

func isError(v goja.Value) bool {
	object, ok := v.(*goja.Object)
	return ok && object.ClassName() == classError
}

// withoutBrackets is an error's message: the console puts one that has no stack
// into brackets, and a mark before one that is its own cause.
func withoutBrackets(message string) string {
	message = strings.TrimPrefix(message, "<ref *1> ")
	if inner, ok := strings.CutPrefix(message, "["); ok {
		return strings.TrimSuffix(strings.TrimSuffix(inner, " {"), "]")
	}
	return message
}

// firstStack is the stack that a text begins with; where there is none, the
// first of the errors that are shown in it.
func firstStack(text string) string {
	from := strings.Index(text, "\n    at ")
	if from < 0 {
		if at := stackLine().FindStringIndex(text); at != nil {
			from = at[0]
		} else {
			return ""
		}
	}
	rest := strings.TrimPrefix(text[from:], "\n")
	end := 0
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(strings.TrimLeft(line, " "), "at ") {
			break
		}
		end += len(line)
	}
	return rest[:end]
}

// stackLine matches one frame as the console shows it: a function's name if
// there is one, and the place. Own properties or the next error may follow.
var stackLine = lazyregexp.New(`(?m)^ +at (?:(.*?) \()?(.*?):(\d+):(\d+)\)?(?: \{|,)?$`)

// stackFrames reads the author's frames out of a stack in the console's form.
func stackFrames(stack string) []Frame {
	var frames []Frame
	for _, match := range stackLine().FindAllStringSubmatch(stack, maxFrames) {
		if match[2] == "<eval>" {
			continue
		}
		line, _ := strconv.Atoi(match[3])
		column, _ := strconv.Atoi(match[4])
		frames = append(frames, Frame{Function: match[1], File: match[2], Line: line, Column: column})
	}
	return frames
}

// framesOf reads the author's frames out of a stack that goja took.
func framesOf(stack []goja.StackFrame) []Frame {
	var text strings.Builder
	for i := range stack {
		at := stack[i].Position()
		if at.Filename == "" { // a native function
			continue
		}
		fmt.Fprintf(&text, "\tat %s:%d:%d\n", at.Filename, at.Line, at.Column)
	}
	return stackFrames(inspect.Stack(text.String()))
}

// maxFrames bounds how much of a stack is read, shownFrames how much of one that
// has no end is shown, shownDepth how far errors in errors are.
const (
	maxFrames   = 100
	shownFrames = 10
	shownDepth  = 6
)
