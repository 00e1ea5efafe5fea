package sdk

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf16"

	"github.com/evanw/esbuild/pkg/api"
)

// A BuildError says why sources could not be bundled.
type BuildError struct {
	// Messages is never empty.
	Messages []Message
}

// A Message is one finding, with its place where there is one.
type Message struct {
	Text string

	// File is relative to the package root, with slashes; empty if the message
	// is about no place in particular.
	File string

	// Line and Column count from 1, Column in UTF-16 units.
	Line, Column int

	// LineText is the line in question, unless it is not known or too long to keep.
	LineText string

	// Notes help, such as where the other half of a conflict is.
	Notes []string
}

// maxLineText is the longest line that is kept, in bytes.
const maxLineText = 64 << 10

// maxExact is how many messages have the column counted in UTF-16 units if their
// lines are longer than that: to count it for all of them could take hours.
const maxExact = 100

func (e *BuildError) Error() string {
	text := e.Messages[0].String()
	if more := len(e.Messages) - 1; more > 0 {
		text += fmt.Sprintf(" (and %d more)", more)
	}
	return text
}

// String is the message on one line, as compilers write it.
func (m Message) String() string {
	if m.File == "" {
		return m.Text
	}
	if m.Line == 0 {
		return fmt.Sprintf("%s: %s", m.File, m.Text)
	}
	return fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Text)
}

func refusal(format string, args ...any) error {
	return &BuildError{[]Message{{Text: fmt.Sprintf(format, args...)}}}
}

func messages(found []api.Message) []Message {
	var all []Message
	for i, from := range found {
		message := Message{Text: from.Text}
		if i >= maxExact {
			forgetLongLines(from)
		}
		if at := from.Location; at != nil {
			message.File, message.Line, message.Column = at.File, at.Line, columnOf(at)
			if len(at.LineText) <= maxLineText {
				message.LineText = at.LineText
			}
		}
		for _, note := range from.Notes {
			message.Notes = append(message.Notes, noteText(note))
		}
		all = append(all, message)
	}
	return all
}

func forgetLongLines(message api.Message) {
	if at := message.Location; at != nil && len(at.LineText) > maxLineText {
		at.LineText = ""
	}
	for _, note := range message.Notes {
		if at := note.Location; at != nil && len(at.LineText) > maxLineText {
			at.LineText = ""
		}
	}
}

func noteText(note api.Note) string {
	if note.Location == nil {
		return note.Text
	}
	return Message{Text: note.Text, File: note.Location.File, Line: note.Location.Line, Column: columnOf(note.Location)}.String()
}

// columnOf counts a column from 1 and in UTF-16 units, as stacks do; esbuild
// counts from 0 and in bytes.
func columnOf(at *api.Location) int {
	if at.Column > len(at.LineText) {
		return at.Column + 1
	}
	column := 1
	for _, r := range at.LineText[:at.Column] {
		column += max(utf16.RuneLen(r), 1)
	}
	return column
}

// causeOf is the reason of a file system error without its path.
func causeOf(err error) string {
	if errors.Is(err, fs.ErrNotExist) {
		return "there is no such file"
	}
	if cause, ok := errors.AsType[*fs.PathError](err); ok {
		err = cause.Err
	}
	return strings.ToLower(err.Error())
}
