package runtime

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/srcnexus/extrun/sdk"
)

const (
	frameContext = 2       // lines shown before the one in question
	frameWidth   = 160     // the longest line shown, in characters
	maxFrameFile = 4 << 20 // the largest file that is read for a frame, in bytes
)

// codeFrame shows the line of a file that an error is about, with a mark below
// the column. It is empty where the file can't be read any more, or is outside
// of the package: a script can write what it likes into its stacks.
func codeFrame(root, file string, line, column int) string {
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return ""
	}
	text, err := readSmall(filepath.Join(root, filepath.FromSlash(file)), maxFrameFile)
	lines := strings.Split(string(text), "\n")
	if err != nil || line < 1 || line > len(lines) {
		return ""
	}
	return drawFrame(lines, line, column)
}

func drawFrame(lines []string, line, column int) string {
	var out strings.Builder
	width := len(fmt.Sprint(line))
	for n := max(1, line-frameContext); n <= line; n++ {
		text := strings.TrimRight(lines[n-1], "\r")
		mark := " "
		if n == line {
			mark = ">"
		}
		shown, offset := clip(text, column)
		fmt.Fprintf(&out, "%s %*d | %s\n", mark, width, n, shown)
		if n == line {
			fmt.Fprintf(&out, "  %*s | %s^\n", width, "", indentLike(shown, column-1-offset))
		}
	}
	return out.String()
}

// clip cuts a long line, such as a minified one, to the surroundings of a
// column. offset is how much was cut off in front.
func clip(text string, column int) (shown string, offset int) {
	runes := []rune(text)
	if len(runes) <= frameWidth {
		return text, 0
	}
	offset = max(0, min(column-frameWidth/2, len(runes)-frameWidth))
	return string(runes[offset : offset+frameWidth]), offset
}

// indentLike is white space as wide as the first n characters of a text.
func indentLike(text string, n int) string {
	var out strings.Builder
	for i, r := range []rune(text) {
		if i >= n {
			break
		}
		if r == '\t' {
			out.WriteRune('\t')
		} else {
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// Describe shows an error of [Host.Load] or [Extension.Err] on several lines,
// with the code that it is about.
func Describe(err error) string {
	switch err := err.(type) {
	case *ScriptError:
		return err.Detail()
	case *sdk.BuildError:
		var out strings.Builder
		for i, message := range err.Messages {
			if i > 0 {
				out.WriteByte('\n')
			}
			describeMessage(&out, message)
		}
		return out.String()
	}
	return err.Error()
}

func describeMessage(out *strings.Builder, message sdk.Message) {
	out.WriteString(message.String())
	if message.LineText != "" {
		before := make([]string, message.Line-1)
		frame := drawFrame(append(before, message.LineText), message.Line, message.Column)
		lines := strings.Split(strings.TrimRight(frame, "\n"), "\n")
		out.WriteString("\n" + strings.Join(lines[max(0, len(lines)-2):], "\n"))
	}
	for _, note := range message.Notes {
		out.WriteString("\n  " + note)
	}
}
