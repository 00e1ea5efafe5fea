package pattern

import (
	"strings"
	"testing"
)

// TestRewrite has what Node.js can't be asked about: it folds case too late, or
// knows properties of strings.
func TestRewrite(t *testing.T) {
	for _, c := range []struct{ source, flags, want, fault string }{
		{source: "a", flags: "u"},
		{source: `\p{L}`, flags: "gi"},
		{source: `\p{L}`, flags: "u", want: `(?=)\p{L}`},
		{source: `(?<n>a)`, flags: "u", want: `(?=)(?<n>a)`},
		{source: `\P{Lowercase}`, flags: "v", want: `(?=)[\P{Lowercase}]`},
		{source: `\P{Lowercase}`, flags: "iv", want: `(?=)[^\p{Lowercase}]`},
		{source: `[[a-z]--b]`, flags: "iv", want: `(?=)(?:(?![b])[a-z])`},
		{source: `[[a-z]&&[^b]]`, flags: "v", want: `(?=)(?:(?=[^b])[a-z])`},
		{source: `[^[a--b][c]]`, flags: "v", want: `(?=)(?:(?!(?:[c]|(?:(?![b])[a])))[^])`},
		{source: `[\q{ABC|x}--\q{abc}]`, flags: "iv", want: `(?=)(?:(?![])[x])`},
		{source: `[\q{a|bc|}]`, flags: "v", want: `(?=)(?:bc|[a]|)`},
		{source: `\p{RGI_Emoji}`, flags: "v", fault: "stands for strings"},
		{source: `[^\q{ab}]`, flags: "v", fault: "may not contain strings"},
		{source: `[a-z--b]`, flags: "v", fault: "invalid character"},
		{source: `[(]`, flags: "v", fault: `needs a \ before it`},
		{source: "a", flags: "uv", fault: "exclude each other"},
		{source: "[a" + strings.Repeat("--b", 1<<18) + "]", flags: "v", fault: "more than 100 operators"},
		{source: strings.Repeat("[", 1<<20), flags: "v", fault: "more than 100"},
	} {
		got, needed, err := Rewrite(c.source, c.flags)
		switch {
		case c.fault != "":
			if err == nil || !strings.Contains(err.Error(), c.fault) {
				t.Errorf("/%.40s/%s: error %v, want one with %q", c.source, c.flags, err, c.fault)
			}
		case err != nil:
			t.Errorf("/%s/%s: %v", c.source, c.flags, err)
		case needed != (c.want != "") || needed && got.Source != c.want:
			t.Errorf("/%s/%s: got %q, %v, want %q", c.source, c.flags, got.Source, needed, c.want)
		}
	}
}

func FuzzRewrite(f *testing.F) {
	for _, seed := range []string{`[\p{L}--[a-z]]`, `[\q{ab|c}&&\q{c}]`, `(?<n>\u{61}{1,2})[^^]`, `[\`, `\u{`, `[\ud83d\u`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, source string) {
		if got, ok, err := Rewrite(source, "iv"); ok == (err != nil) || ok && len(got.Source) > 64*len(source)+64 {
			t.Errorf("%q becomes %q, %v, %v", source, got.Source, ok, err)
		}
	})
}
