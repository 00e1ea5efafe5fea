package runtime

import (
	"math"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

func TestDrawFrame(t *testing.T) {
	long := strings.Repeat("a", 300)
	tests := []struct {
		name         string
		lines        []string
		line, column int
		want         string
	}{
		{"first line", []string{"throw 1"}, 1, 1, "> 1 | throw 1\n    | ^\n"},
		{"numbers of two widths", []string{"a", "b", "  c"}, 10, 3, "   8 | a\n   9 | b\n> 10 |   c\n     |   ^\n"},
		{"tabs", []string{"\t x\ty"}, 1, 5, "> 1 | \t x\ty\n    | \t  \t^\n"},
		{"units outside the basic plane", []string{"'😀' x"}, 1, 6, "> 1 | '😀' x\n    |      ^\n"},
		{"wide characters", []string{"日本 x"}, 1, 4, "> 1 | 日本 x\n    |      ^\n"},
		{"combining characters", []string{"e\u0301 x"}, 1, 4, "> 1 | e\u0301 x\n    |   ^\n"},
		{"column behind the end", []string{"ab"}, 1, 9, "> 1 | ab\n    |   ^\n"},
		{"column of nothing", []string{"ab"}, 1, 0, "> 1 | ab\n    | ^\n"},
		{"start of a long line", []string{long}, 1, 2, "> 1 | " + long[:160] + "…\n    |  ^\n"},
		{"middle of a long line", []string{long}, 1, 151, "> 1 | …" + long[:160] + "…\n    |  " + strings.Repeat(" ", 80) + "^\n"},
		{"end of a long line", []string{long}, 1, 300, "> 1 | …" + long[:160] + "\n    |  " + strings.Repeat(" ", 159) + "^\n"},
		{"invalid UTF-8", []string{"\xff\xfe x"}, 1, 4, "> 1 | \ufffd\ufffd x\n    |    ^\n"},
	}
	for _, test := range tests {
		if got := drawFrame(test.lines, test.line, test.column); strings.ToValidUTF8(got, "\ufffd\ufffd") != test.want {
			t.Errorf("%s: got\n%s\nwant\n%s", test.name, got, test.want)
		}
	}
}

func TestLinesOfSources(t *testing.T) {
	for _, test := range []struct {
		text        string
		first, last int
		want        string
	}{
		{"a\r\nb\r\nc", 1, 2, "a|b"}, {"a\nb\nc", 3, 3, "c"}, {"a\n", 2, 2, ""}, {"a", 2, 2, "none"}, {"a", 0, 1, "none"}, {"", 1, 1, "none"}, {"a\nb", math.MaxInt - 2, math.MaxInt, "none"},
	} {
		got := "none"
		if lines := cutLines([]byte(test.text), test.first, test.last); lines != nil {
			got = strings.Join(lines, "|")
		}
		if got != test.want {
			t.Errorf("%q, %d to %d: got %q", test.text, test.first, test.last, got)
		}
	}
}

func TestDescribeManyMessages(t *testing.T) {
	err := &sdk.BuildError{}
	for range 50 {
		err.Messages = append(err.Messages, sdk.Message{Text: "wrong", File: "a.js", Line: 3, Column: 2, LineText: "x y"})
	}
	got := Describe(err)
	if strings.Count(got, "> 3 | x y\n") != 20 || !strings.HasSuffix(got, "\n… and 30 more") {
		t.Errorf("got %s", got)
	}
}
