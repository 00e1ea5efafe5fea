package sdk

import (
	"strings"
	"testing"
)

func TestTooDeep(t *testing.T) {
	for _, unit := range []struct{ open, close string }{
		{"(", ")"}, {"[", "]"}, {"{", "}"}, {"`${", "}`"}, {"if(a)/[(]/.test(b[", "])"}, {"a=>{/*)*/", "}"}, {"f('\\')',", ")"},
		{"a/b/(", ")"}, {"x++/(", ")"}, {"// )\n(", ")"}, {"a.if(1)/(/x/,", ")"}, {"[`)`,", "]"}, {"{/}/;", "}"},
	} {
		nest := func(levels int) []byte {
			return []byte(strings.Repeat(unit.open, levels) + "1" + strings.Repeat(unit.close, levels))
		}
		if at := tooDeep(nest(600)); at >= 0 {
			t.Errorf("600 times %q: too deep at %d", unit.open, at)
		}
		if at := tooDeep(nest(2100)); at < 0 {
			t.Errorf("2100 times %q: not too deep", unit.open)
		}
		if at := tooDeep(nest(2100)[:2100*len(unit.open)]); at < 0 {
			t.Errorf("2100 times %q, unclosed: not too deep", unit.open)
		}
	}
}

// TestTooDeepChains has what nests without brackets.
func TestTooDeepChains(t *testing.T) {
	for _, link := range []string{"!", "-", "+ ", "typeof ", "a+", "a?b:", "a=>", "new ", "await ", "if(a)", "if(a);else ", "if(a){}else ", "a=", "a.", "a()", "<a>", "a:"} {
		if at := tooDeep([]byte(strings.Repeat(link, 10_000))); at >= 0 {
			t.Errorf("8,000 times %q: too deep at %d", link, at)
		}
		if at := tooDeep([]byte(strings.Repeat(link, 60_000))); at < 0 {
			t.Errorf("30,000 times %q: not too deep", link)
		}
	}
}

// TestOrdinary repeats what confuses simple scanners often enough to add up.
func TestOrdinary(t *testing.T) {
	for _, line := range []string{
		`x = "(((" + '[[' + "\"(";`, "y = `((${a}[[`;", "z = /[(]/g.test(s);", "a = b / (c) / d;", "// ((((", "/* [[[ */", `s.replace(/"/g, "(").split(/'/);`,
		"return /(/;", "if (a) /'/.exec(b);", "const {a} = {b: [1]};", "for (const m of s.matchAll(/[`]/g)) f(m);", "i++ / 2; /* ' */", "don't ((", "x = a\n/b/(c);",
		"`${`${a}(`}`;", "a ? b : c;", "f(a, b); ", "class A { #x = 1; m() { return this.#x } }\n", "type U = 'a' | 'b' & { x: (y: Z) => void };\n", "x = '\\\n';", "q = /\\//;",
	} {
		if at := tooDeep([]byte(strings.Repeat(line+"\n", 3000))); at >= 0 {
			t.Errorf("3,000 times %q: too deep at %d", line, at)
		}
	}
}

func TestHiddenBrackets(t *testing.T) {
	if tooDeep([]byte("x = `"+strings.Repeat("(", maxHidden)+"`")) >= 0 {
		t.Error("a template full of brackets is refused")
	}
	if tooDeep([]byte("x = `"+strings.Repeat("(", maxHidden+1)+"`")) < 0 {
		t.Error("a template of endless brackets is not refused")
	}
}

func FuzzTooDeep(f *testing.F) {
	f.Add("if (a) /`/.test('(') ? `${[{}]}` : b / c // x")
	f.Fuzz(func(t *testing.T, source string) {
		if at := tooDeep([]byte(source)); at >= len(source) {
			t.Errorf("offset %d of %d", at, len(source))
		}
	})
}

func BenchmarkTooDeep(b *testing.B) {
	b.SetBytes(int64(len(script)))
	for b.Loop() {
		if tooDeep([]byte(script)) >= 0 {
			b.Fatal("too deep")
		}
	}
}
