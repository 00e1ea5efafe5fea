package nesting_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/internal/nesting"
)

// rule is the rule that an error is about, or -1.
func rule(err error) int {
	if found, ok := errors.AsType[*nesting.TooDeep](err); ok {
		return int(found.Rule)
	}
	return -1
}

// deep is past a limit of 10 whatever it is put around.
func deep(s string) string { return strings.Repeat(s, 11) }

func TestBrackets(t *testing.T) {
	for _, src := range []string{
		deep("("),
		deep("["),
		deep("{"),
		deep("a("),
		deep("`${"),
		deep("function f(){"),
		deep("x=>{"),
		deep("if(a)/[(]/.test(b["),
		deep("a=>{/*)*/"),
		deep("f('\\')',"),
		deep("a/b/("),
		deep("x++/("),
		deep("// )\n("),
		deep("a.if(1)/(/x/,"),
		deep("[`)`,"),
		deep("{/}/;"),
		"// comment \n" + deep("("),
		"// comment \r" + deep("("),
		"// comment \u2028" + deep("("),
		"/* ))) */" + deep("("),
		"'string \\\\'" + deep("("),
		"'not closed\n" + deep("("),
		"'continued\\\r\n'" + deep("("),
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
		"for await (a of b) /`/;" + deep("("),
		"while (f(1)) /`/;" + deep("("),
		"class A extends /`/ {};" + deep("("),
		"{} /`/;" + deep("("),
		"function f(){} /`/;" + deep("("),
		"#! don't `\n" + deep("("),
	} {
		if err := nesting.Check(src, 10); rule(err) != int(nesting.Brackets) {
			t.Errorf("%q: got %v", src, err)
		}
	}
}

// links are what nests without brackets, or costs as if it did.
var links = []string{
	"1+", "!", "- ", "+ ", "typeof ", "new ", "a?", "a?b:", "async a=>", "a=", "2**", "a.", "a()", "<a>", "a:",
	"if(a)", "if(a,b)", "if(a)b;else ", "if(a){}else ", "for(;;)", "while(a)", "do ", "a=>",
	".a", "()", "(a,b)", "[0]", "``", "`${1}`", "await ", "yield\n", "function(){}+", "function\nf(){}+", "class a{}+", "a?.b", "- -",
	"++", "a?{}:", "{}+", "a,", "a(),", "keyof\n", "a as b+", "a as (b)+", "extends a ",
}

func TestChains(t *testing.T) {
	for _, link := range links {
		if err := nesting.Check("f"+strings.Repeat(link, 1000), 0); err != nil {
			t.Errorf("1,000 times %q: %v", link, err)
		}
		if err := nesting.Check("f"+strings.Repeat(link, 10_000), 0); rule(err) != int(nesting.Chains) {
			t.Errorf("10,000 times %q: got %v", link, err)
		}
	}
}

// TestManyChains has chains that cost much only together.
func TestManyChains(t *testing.T) {
	for _, link := range []string{"1+", "if(a)", "a=>", "a(),", "function(){return "} {
		closing := strings.Repeat("}", 1000*strings.Count(link, "{"))
		src := strings.Repeat(strings.Repeat(link, 1000)+"b"+closing+";\n", 200)
		if err := nesting.Check(src, 0); rule(err) != int(nesting.Chains) {
			t.Errorf("%q: got %v", link, err)
		}
	}
}

// TestUnclear has sources that fool a scanner about what is a bracket: to it,
// each opening bracket is followed by its closing one.
func TestUnclear(t *testing.T) {
	for _, unit := range []string{
		"x=function(){}/\"/\"+\")\"+\n(", // a division that looks like a regular expression
		"({}/\")/\"+\n",
		"(<a>)</a>,\n",     // the text of JSX
		"(a<!--)\n,",       // a comment as in HTML
		"a\n-->)\n(",       // another
		"type A=b\n/)/;(",  // a type ends with its line
		"(a!/\"/)\"/\n1,",  // an assertion of TypeScript
		"(f<T>/\")/\"\n+,", // its type arguments
		"(yield/)/,",
	} {
		if err := nesting.Check(strings.Repeat(unit, 100_010), 0); err == nil {
			t.Errorf("%q: not refused", unit)
		}
	}
	for text, want := range map[string]int{
		"/a/;x=`" + strings.Repeat("(", 20_000) + "`":    -1,
		"/a/;x=`" + strings.Repeat("(", 20_001) + "`":    int(nesting.Unclear),
		"/a/;x='" + strings.Repeat("(", 20_001) + "'":    int(nesting.Unclear),
		"/a/;/*" + strings.Repeat("(", 20_001) + "*/":    int(nesting.Unclear),
		"/" + strings.Repeat("(", 20_001) + "/":          int(nesting.Unclear),
		"x='" + strings.Repeat("(", 1_000_000) + "'":     -1,
		"{}/1;" + strings.Repeat("();", 20_001):          int(nesting.Unclear),
		"(a)/1;" + strings.Repeat("();", 1_000_000):      -1,
		"x=" + strings.Repeat("/[(]/.test(a);\n", 8_000): -1,
	} {
		if err := nesting.Check(text, 0); rule(err) != want {
			t.Errorf("%.20q: got %v", text, err)
		}
	}
}

func TestOrdinaryCode(t *testing.T) {
	for _, part := range []string{
		"f(a, [b], {c});", "f(a)", "a = b + c", "if (a) { b() }", "if (a) b()", "const re = /[(]\\/(/g;", "x = a / b / c;",
		"return /\"'`((/.test(a)", "f('((', \"{{\", `[[`);", "`${a} ( ${b[0]} [ ${`{`}`;", "// ((( it's", "/* ((( it's */",
		"import a from 'a'", "x = {if: 1, return: /(/, get else() { return a.if }};",
		"class A extends B { #x = 1; static y = 2; get z() { return this.#x } }", "!function(){ x++ }();", "(() => { i-- })();",
		"case 1: x = y ? z : 1; break;", "case 1:{a()}case 2:{b()}", "for (const x of y) z[x] ??= x ** 2", "x = [1, 2, -3, +4, !5, ...a];",
		`x = "(((" + '[[' + "\"(";`, "y = `((${a}[[`;", "z = /[(]/g.test(s);", "a = b / (c) / d;",
		`s.replace(/"/g, "(").split(/'/);`, "if (a) /'/.exec(b);", "const {a} = {b: [1]};", "for (const m of s.matchAll(/[`]/g)) f(m);",
		"i++ / 2; /* ' */", "don't ((", "x = a\n/b/(c);", "`${`${a}(`}`;", "a ? b : c;", "type U = 'a' | 'b' & { x: (y: Z) => void };",
		"x = '\\\n';", "q = /\\//;", "a = b as T", "\"use strict\"", "let f = async (x: T[]): Promise<U> => x!.y;",
	} {
		if err := nesting.Check(strings.Repeat(part+"\n", 3000), 10); err != nil {
			t.Errorf("%q: %v", part, err)
		}
	}
}

// TestLists has what generated code has: lists of any length are no chains.
func TestLists(t *testing.T) {
	list := strings.Repeat("a+1,", 100_000) + "a"
	pairs := strings.Repeat(`"a":{"b":[1]},`, 100_000) + `"a":1`
	for _, src := range []string{
		"[" + list + "]", "x=[" + list + "];", "f(" + list + ");", "var a," + list + ";", "for(var a," + list + ";;);",
		"const a=1," + list, "x={" + pairs + "};", "{" + pairs + "}", " {\n" + pairs + "}", "[{" + pairs + "}]", "export default {" + pairs + "}",
		"var f=function g(){}," + strings.ReplaceAll(list, "1", "function(){}"),
	} {
		if err := nesting.Check(src, 0); err != nil {
			t.Errorf("%.30q: %v", src, err)
		}
	}
}

func TestWhere(t *testing.T) {
	err := nesting.Check("let a;\n  "+deep("("), 10)
	at, ok := errors.AsType[*nesting.TooDeep](err)
	if !ok || at.Line != 2 || at.Column != 13 || at.Limit != 10 {
		t.Fatalf("got %#v", err)
	}
	if want := "line 2: brackets nest more than 10 levels deep: split the expression"; err.Error() != want {
		t.Errorf("got %q", err)
	}
	for i, want := range []string{"brackets nest", "expressions or statements chain", "more than 5 brackets follow"} {
		if got := (&nesting.TooDeep{Rule: nesting.Rule(i), Limit: 5}).Reason(); !strings.HasPrefix(got, want) {
			t.Errorf("rule %d: got %q", i, got)
		}
	}
}

func TestDefaultLimit(t *testing.T) {
	for levels, want := range map[int]int{nesting.DefaultLimit: -1, nesting.DefaultLimit + 1: int(nesting.Brackets)} {
		if err := nesting.Check(strings.Repeat("(", levels), 0); rule(err) != want {
			t.Errorf("%d levels: got %v", levels, err)
		}
	}
}

func FuzzCheck(f *testing.F) {
	for _, seed := range []string{
		"", "`${`${a}`}`", "a/b/c", "'\\", "`\\", "/\\", "/*", "#!", "\u2028", "}])", "\xff\xe2\x80", "1.e", "...",
		"if (a) /`/.test('(') ? `${[{}]}` : b / c // x", "{\"a\":1}", "'\\\r\n'", "a<!--b\n-->",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		err := nesting.Check(src, 3)
		if at, ok := errors.AsType[*nesting.TooDeep](err); ok {
			lines := strings.Split(src, "\n")
			if at.Line < 1 || at.Line > len(lines) || at.Column < 1 || at.Column > len(lines[at.Line-1])+1 {
				t.Errorf("%q: line %d, column %d", src, at.Line, at.Column)
			}
		}
		// Whatever the source, brackets that close again in front of it don't
		// change the verdict on it.
		if after := nesting.Check("();"+src, 3); (err == nil) != (after == nil) && len(src) > 3 && !strings.HasPrefix(src, "#!") {
			t.Errorf("%q: %v, then %v", src, err, after)
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

func ExampleCheck() {
	fmt.Println(nesting.Check("x = "+strings.Repeat("(", 3000), 0))
	// Output: line 1: brackets nest more than 2000 levels deep: split the expression
}

// TestArrows nests arrows in parameters: the parser would double its work with
// each of them.
func TestArrows(t *testing.T) {
	for _, test := range []struct{ before, after string }{
		{"(a=", ")=>1"},
		{"(a=[", "])=>1"},
		{"async({a=", "})\n=>1"},
		{"((a=", ")/*=>*/ /**/=>1)"},
		{"f((a=", ")=>1,2)"},
	} {
		src := strings.Repeat(test.before, 40) + "1" + strings.Repeat(test.after, 40)
		if err := nesting.Check(src, 0); rule(err) != int(nesting.Arrows) {
			t.Errorf("%q: got %v", test.before, err)
		}
		if err := nesting.CheckArrows(src); rule(err) != int(nesting.Arrows) {
			t.Errorf("%q: got %v", test.before, err)
		}
	}
	for _, src := range []string{
		strings.Repeat("(a=", 10) + "1" + strings.Repeat(")=>1", 10),
		strings.Repeat("(a)=>", 500) + "1",
		strings.Repeat("((a=()=>1)=>1)();", 10_000),
		strings.Repeat("f(()=>{", 500) + strings.Repeat("})", 500),
	} {
		if err := errors.Join(nesting.Check(src, 0), nesting.CheckArrows(src)); err != nil {
			t.Errorf("%.20q: got %v", src, err)
		}
	}
}
