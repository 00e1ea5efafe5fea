package guard_test

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// TestTextsReadAsInNode has programs whose results Node.js was asked for.
func TestTextsReadAsInNode(t *testing.T) {
	for _, c := range []struct{ program, want string }{
		{`"é1é1".replace(new RegExp("(?!x)é", "u"), "x")`, "x1é1"},
		{`"😀b b".replace(new RegExp("\\p{L}", "u"), "x")`, "😀x b"},
		{`"aé aé".replace(new RegExp("[[a-z]--b]", "v"), "x")`, "xé aé"},
		{`"😀a".replace(new RegExp("a", "y"), "x")`, "😀a"},
		{`const y = new RegExp("a", "y"); y.lastIndex = 2; "😀a".replace(y, "x") + y.lastIndex`, "😀x3"},
		{`"aab".replace(new RegExp("(?=a)", "gy"), "-")`, "-a-ab"},
		{`"ab".match(new RegExp("", "gy")).length`, "3"},
		{`"a1é2".replace(new RegExp("(?<n>\\d)", "gu"), "<$<n>$1$&$$>")`, "a<111$>é<222$>"},
		{`class R extends RegExp { exec(s) { const m = super.exec(s); if (m) m[0] = m[0] + ""; return m } }; "a1b2".replace(new R("(\\d)", "g"), (m, d, at) => d * 2 + "@" + at)`, "a2@1b4@3"},
		{`JSON.stringify("é\nb".split(/b|/))`, `["é","\n",""]`},
		{`JSON.stringify("abab".split(new RegExp("b|", "v"), 2))`, `["a","a"]`},
		{`JSON.stringify("😀a😀".split(new RegExp("", "u")))`, `["😀","a","😀"]`},
		{`JSON.stringify("aéb".split(new RegExp("(é)", "y")))`, `["a","é","b"]`},
		{`JSON.stringify(["".split(new RegExp("", "u")), "".split(new RegExp("x", "u")), "é".split(/x/, 0), "é,é".split(/,/, -1), "é,é".split(/,/, 2**32 + 1)])`, `[[],[""],[],["é","é"],["é"]]`},
		{`"a".concat(1, null, "é", [1, 2])`, "a1nullé1,2"},
		{`"\ud83d".concat("\ude00") + String.raw({raw: "abc"}, 1, 2, 3) + String.raw({raw: []}) + String.raw` + "`\\n${1}\\t`", `😀a1b2c\n1\t`},
		{`[JSON.parse('"\\ud83d"'), JSON.parse('["\ude00"]')[0], JSON.parse('{"a":"x\\uDE00"}').a].map(s => s.charCodeAt(s.length - 1).toString(16)).join()`, "d83d,de00,de00"},
		{`JSON.parse('["\\\\ud83d\\ud83d\\ude00\\ufdd0\\ud83d"]', (k, v) => typeof v === "string" ? v.length : v)[0]`, "10"},
		{`JSON.parse('"\ud83d\\ude00"')`, "😀"},
		{`Object.keys(JSON.parse('{"b":"\\ud800","__proto__":1,"a":{}}')).join()`, "b,__proto__,a"},
	} {
		v, err := guarded(guard.Limits{}).RunString(c.program)
		if err != nil || v.String() != c.want {
			t.Errorf("%s: got %v, %v, want %s", c.program, v, err, c.want)
		}
	}
}

// TestUnreadablePatterns has patterns that one engine of goja takes, and for
// which it panics as soon as it needs the other one.
func TestUnreadablePatterns(t *testing.T) {
	for _, c := range []struct{ pattern, flags string }{
		{`\u`, "u"}, {`\x4`, "gu"}, {`\p{1}`, "u"}, {`\377`, "u"}, {`\b?`, "g"}, {`^*`, ""}, {`(?<a>.)(?<a>.)`, "y"}, {`(?<a>.)(?<a>.)`, ""},
	} {
		vm := guarded(guard.Limits{})
		vm.Set("pattern", c.pattern)
		vm.Set("flags", c.flags)
		v, err := vm.RunString(`try { "éa\ud800b".split(new RegExp(pattern, flags)) } catch (e) { e.name + e.message }`)
		if err != nil || !strings.HasPrefix(v.String(), "SyntaxErrorInvalid regular expression: /") {
			t.Errorf("/%s/%s: got %v, %v", c.pattern, c.flags, v, err)
		}
	}
	for _, pattern := range []string{`[$]?`, `\$?`, `\\b?`, `(?<a>.)(?<b>.)`, `(?<=a)(?<!b)`} {
		vm := guarded(guard.Limits{})
		vm.Set("pattern", pattern)
		if _, err := vm.RunString(`new RegExp(pattern)`); err != nil {
			t.Errorf("/%s/: %v", pattern, err)
		}
	}
}
