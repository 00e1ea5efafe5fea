package nesting_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/internal/nesting"
)

// deep is past a limit of 10 whatever it is put around.
func deep(s string) string { return strings.Repeat(s, 11) }

func TestCheckRefusesDeepBrackets(t *testing.T) {
	for _, src := range []string{
		deep("("),
		deep("["),
		deep("{"),
		deep("a("),
		deep("`${"),
		deep("function f(){"),
		deep("x=>{"),
		"// comment \n" + deep("("),
		"// comment \r" + deep("("),
		"// comment \u2028" + deep("("),
		"/* ))) */" + deep("("),
		"'string \\\\'" + deep("("),
		"'not closed\n" + deep("("),
		"`text ${1} text`" + deep("("),
		"`text \\${`" + deep("("),
		"1/" + deep("("),
		"a/" + deep("(") + "/1",
		"x++/" + deep("(") + "/1",
		"1./" + deep("(") + "/1",
		"a.if/" + deep("(") + "/1",
		"(1)/" + deep("(") + "/1",
		"[1]/" + deep("(") + "/1",
		"x={}/" + deep("(") + "/1",
		"of/" + deep("(") + "/1",
		"/[/`]/;" + deep("("),
		"x=\u00a0/`/;" + deep("("),
		"if (1) /`/;" + deep("("),
		"while (f(1)) /`/;" + deep("("),
		"{} /`/;" + deep("("),
		"function f(){} /`/;" + deep("("),
		"#! don't `\n" + deep("("),
	} {
		err := nesting.Check(src, 10)
		deep, ok := errors.AsType[*nesting.TooDeep](err)
		if !ok || deep.Chain || deep.Limit != 10 {
			t.Errorf("%q: got %v", src, err)
		}
	}
}

func TestCheckRefusesLongChains(t *testing.T) {
	for _, link := range []string{
		"1+", "!", "typeof ", "new ", "a?", "a=>", "async a=>", "a=", "2**",
		"if(a)", "if(a)b;else ", "if(a){}else ", "for(;;)", "while(a)", "a:", "do ",
		".a", "()", "[0]", "``", "`${1}`", "await ", "function(){}+", "a?.b", "- -",
		"++", "(",
	} {
		src := "f" + strings.Repeat(link, 210)
		if link == "(" {
			src = strings.Repeat("!!!!!(", 10)
		}
		err := nesting.Check(src, 10)
		long, ok := errors.AsType[*nesting.TooDeep](err)
		if !ok || !long.Chain || long.Limit != 40 {
			t.Errorf("%q: got %v", link, err)
		}
	}
}

func TestCheckAcceptsOrdinaryCode(t *testing.T) {
	for _, part := range []string{
		"f(a, [b], {c});\n",
		"f(a)\n",
		"a = b + c\n",
		"if (a) { b() }\n",
		"if (a) b()\n",
		"const re = /[(]\\/(/g;\n",
		"x = a / b / c;\n",
		"return /\"'`((/.test(a)\n",
		"f('((', \"{{\", `[[`);\n",
		"`${a} ( ${b[0]} [ ${`{`}`;\n",
		"// ((( it's\n",
		"/* ((( it's */\n",
		"import a from 'a'\n",
		"x = {if: 1, return: /(/, get else() { return a.if }};\n",
		"class A extends B { #x = 1; static y = 2; get z() { return this.#x } }\n",
		"!function(){ x++ }();\n",
		"(() => { i-- })();\n",
		"case 1: x = y ? z : 1; break;\n",
		"for (const x of y) z[x] ??= x ** 2\n",
		"x = [1, 2, -3, +4, !5, ...a];\n",
	} {
		if err := nesting.Check(strings.Repeat(part, 500), 10); err != nil {
			t.Errorf("%q: %v", part, err)
		}
	}
}

func TestCheckSaysWhere(t *testing.T) {
	err := nesting.Check("let a;\n  "+deep("("), 10)
	at, ok := errors.AsType[*nesting.TooDeep](err)
	if !ok || at.Line != 2 || at.Column != 13 {
		t.Fatalf("got %#v", err)
	}
	if want := "line 2: brackets nest more than 10 levels deep: split the expression"; err.Error() != want {
		t.Errorf("got %q", err)
	}
}

func TestCheckDefaultLimit(t *testing.T) {
	if err := nesting.Check(strings.Repeat("(", nesting.DefaultLimit), 0); err != nil {
		t.Error(err)
	}
	if err := nesting.Check(strings.Repeat("(", nesting.DefaultLimit+1), 0); err == nil {
		t.Error("not refused")
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{"", "`${`${a}`}`", "a/b/c", "'\\", "`\\", "/\\", "/*", "#!", "\u2028", "}])", "\xff\xe2\x80", "1.e", "..."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		// Whatever the source, brackets that close again in front of it don't
		// change the verdict on it.
		if a, b := nesting.Check(src, 3), nesting.Check("();"+src, 3); (a == nil) != (b == nil) && !strings.HasPrefix(src, "#!") {
			t.Errorf("%q: %v, then %v", src, a, b)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	src := strings.Repeat("const f = (a, b) => { return a.map(x => x + `${b}`) / 2; } // note\n", 10_000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if err := nesting.Check(src, 0); err != nil {
			b.Fatal(err)
		}
	}
}
