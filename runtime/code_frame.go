package runtime

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/srcnexus/extrun/sdk"
)

const (
	frameContext = 2   // lines shown before the one in question
	frameWidth   = 160 // the longest line shown, in characters
	maxMessages  = 20  // messages of a build that are shown
)

// codeFrame shows the line of a file that an error is about, with a mark below
// the column. It is empty where the file can't be read any more.
func codeFrame(from sources, file string, line, column int) string {
	lines := from.lines(file, max(1, line-frameContext), line)
	if lines == nil {
		return ""
	}
	return drawFrame(lines, line, column)
}

// drawFrame shows lines, the last of which is the one in question.
func drawFrame(lines []string, line, column int) string {
	var out strings.Builder
	width := len(fmt.Sprint(line))
	for i, text := range lines {
		n := line - len(lines) + 1 + i
		if n < line {
			shown, _ := clip(text, 0)
			fmt.Fprintf(&out, "  %*d | %s\n", width, n, shown)
			continue
		}
		shown, indent := clip(text, column-1)
		fmt.Fprintf(&out, "> %*d | %s\n", width, n, shown)
		fmt.Fprintf(&out, "  %*s | %s^\n", width, "", indent)
	}
	return out.String()
}

// clip cuts a long line, such as a minified one, to the surroundings of a place
// that many UTF-16 units from its start. indent is white space as wide as what
// is shown before the place.
func clip(text string, units int) (shown, indent string) {
	at := 0
	for at < len(text) && units > 0 {
		r, size := utf8.DecodeRuneInString(text[at:])
		units -= max(utf16.RuneLen(r), 1)
		at += size
	}
	from := back(text, at, frameWidth/2)
	end := forward(text, from, frameWidth)
	if end == len(text) {
		from = back(text, end, frameWidth)
	}
	shown, indent = text[from:end], blanks(text[from:at])
	if from > 0 {
		shown, indent = "…"+shown, " "+indent
	}
	if end < len(text) {
		shown += "…"
	}
	return shown, indent
}

// back is the offset that many characters before another.
func back(text string, at, characters int) int {
	for ; at > 0 && characters > 0; characters-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// forward is the offset that many characters behind another.
func forward(text string, at, characters int) int {
	for ; at < len(text) && characters > 0; characters-- {
		_, size := utf8.DecodeRuneInString(text[at:])
		at += size
	}
	return at
}

// blanks is white space as wide as a text is on a terminal.
func blanks(text string) string {
	var out strings.Builder
	for _, r := range text {
		switch {
		case r == '\t':
			out.WriteRune('\t')
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case unicode.Is(wide, r):
			out.WriteString("  ")
		default:
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// wide are the characters that take two places on a terminal: the blocks of East
// Asian scripts, fullwidth forms, and pictures.
var wide = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0x1100, Hi: 0x115f, Stride: 1}, {Lo: 0x2e80, Hi: 0x303e, Stride: 1}, {Lo: 0x3041, Hi: 0xa4cf, Stride: 1},
		{Lo: 0xac00, Hi: 0xd7a3, Stride: 1}, {Lo: 0xf900, Hi: 0xfaff, Stride: 1}, {Lo: 0xfe30, Hi: 0xfe6f, Stride: 1},
		{Lo: 0xff00, Hi: 0xff60, Stride: 1}, {Lo: 0xffe0, Hi: 0xffe6, Stride: 1},
	},
	R32: []unicode.Range32{
		{Lo: 0x1f300, Hi: 0x1f64f, Stride: 1}, {Lo: 0x1f680, Hi: 0x1f6ff, Stride: 1}, {Lo: 0x1f900, Hi: 0x1faff, Stride: 1},
		{Lo: 0x20000, Hi: 0x3fffd, Stride: 1},
	},
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
			if i == maxMessages {
				fmt.Fprintf(&out, "… and %d more", len(err.Messages)-i)
				break
			}
			describeMessage(&out, message)
		}
		return out.String()
	case *ManifestError:
		return describeManifest(err)
	}
	return err.Error()
}

// describeManifest shows the line that is wrong, which is read again for it.
func describeManifest(err *ManifestError) string {
	text, readErr := readSmall(err.Path, maxManifest)
	lines := cutLines(bytes.TrimPrefix(text, []byte("\ufeff")), err.Line, err.Line)
	if readErr != nil || lines == nil {
		return err.Error()
	}
	return err.Error() + "\n" + strings.TrimRight(drawFrame(lines, err.Line, err.Column), "\n")
}

func describeMessage(out *strings.Builder, message sdk.Message) {
	out.WriteString(message.String())
	if message.LineText != "" {
		frame := drawFrame([]string{message.LineText}, message.Line, message.Column)
		out.WriteString("\n" + strings.TrimRight(frame, "\n"))
	}
	for _, note := range message.Notes {
		out.WriteString("\n  " + note)
	}
}
