package runtime

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"

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

	root string // the folder that the frames' files are relative to
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
		out.WriteString(codeFrame(e.root, first.File, first.Line, first.Column))
	} else {
		fmt.Fprintf(&out, "in %s\n", e.Where)
	}
	out.WriteString(e.Text)
	return out.String()
}

// locate puts the frames of a stack into the error.
func (e *ScriptError) locate(s *script, frames []Frame) {
	e.root, e.Frames = s.root, frames
	e.Text = e.Message
	for i, frame := range frames {
		if i == shownFrames {
			e.Text += fmt.Sprintf("\n    … %d more", len(frames)-i)
			return
		}
		if frame.Function == "" {
			e.Text += "\n    at " + frame.String()
		} else {
			e.Text += fmt.Sprintf("\n    at %s (%s)", frame.Function, frame)
		}
	}
}

// uncaught reports what a turn threw and nobody caught. A panic of the host
// ends the extension, since nobody knows what state it is in.
func (e *Extension) uncaught(err error) {
	switch err := err.(type) {
	case *ScriptError:
		e.options.Uncaught(e, err)
	case *panicError:
		e.log.Error("the host panicked in a turn of the extension", "panic", err.reason, "stack", string(err.stack))
		e.crashWith(&ScriptError{Extension: e.id, Where: "the host", Message: err.Error(), Text: err.Error()})
	}
}

// explain makes an error for the author of what goja returned. It belongs to
// the goroutine that owns the VM.
func (e *Extension) explain(where place, err error) error {
	result := &ScriptError{Extension: e.id, Where: where.String(), root: e.script.root}
	switch err := err.(type) {
	case *ScriptError, *panicError:
		return err
	case *rejection:
		e.describe(result, err.reason, nil)
	case *goja.Exception:
		e.describe(result, err.Value(), err.Stack())
	case *goja.StackOverflowError:
		result.Message = fmt.Sprintf("RangeError: maximum call stack size exceeded (%d calls)", maxCallStack)
		result.locate(e.script, stackFrames(err.String()))
	default:
		result.Message, result.Text = err.Error(), err.Error()
	}
	return result
}

// describe fills in what was thrown, without running code of the script. A
// value that is no Error has no stack of its own, but the exception knows where
// it was thrown.
func (e *Extension) describe(result *ScriptError, thrown goja.Value, thrownAt []goja.StackFrame) {
	result.Text = inspect.Value(e.vm.js, thrown, inspect.Options{})
	if object, ok := thrown.(*goja.Object); ok && object.ClassName() == "Error" {
		result.Message, _, _ = strings.Cut(result.Text, "\n")
		result.Message = withoutBrackets(result.Message)
		result.Frames = stackFrames(firstStack(result.Text))
		return
	}
	result.Message = "thrown: " + result.Text
	for i := range thrownAt {
		at := thrownAt[i].Position()
		result.Frames = append(result.Frames, stackFrames(fmt.Sprintf("\tat %s:%d:%d", at.Filename, at.Line, at.Column))...)
	}
}

// withoutBrackets is an error's message: the console puts one that has no stack
// into brackets.
func withoutBrackets(message string) string {
	if inner, ok := strings.CutPrefix(message, "["); ok {
		return strings.TrimSuffix(inner, "]")
	}
	return message
}

// firstStack is the stack that a text begins with, without those of causes.
func firstStack(text string) string {
	from := strings.Index(text, "\n    at ")
	if from < 0 {
		return ""
	}
	lines := strings.Split(text[from+1:], "\n")
	for i, line := range lines {
		if !strings.HasPrefix(line, "    at ") {
			return strings.Join(lines[:i], "\n")
		}
		lines[i] = strings.TrimSuffix(line, " {") // what follows are own properties
	}
	return strings.Join(lines, "\n")
}

// stackLine matches one frame as goja writes it: a function's name if there is
// one, the place, and the program counter.
var stackLine = regexp.MustCompile(`(?m)^\s*at (?:(.*?) \()?(.*?):(\d+):(\d+)(?:\(\d+\))?\)?$`)

// stackFrames reads the author's frames out of a stack.
func stackFrames(stack string) []Frame {
	var frames []Frame
	for _, match := range stackLine.FindAllStringSubmatch(stack, maxFrames) {
		file := match[2]
		if strings.HasPrefix(file, programName) || file == "native" || file == "<eval>" {
			continue
		}
		// goja hands the names of a source map through a URL.
		if plain, err := url.PathUnescape(file); err == nil {
			file = plain
		}
		line, _ := strconv.Atoi(match[3])
		column, _ := strconv.Atoi(match[4])
		frames = append(frames, Frame{Function: match[1], File: file, Line: line, Column: column})
	}
	return frames
}

// maxFrames bounds how much of a stack is read, shownFrames how much of one that
// has no end is shown.
const (
	maxFrames   = 100
	shownFrames = 10
)
