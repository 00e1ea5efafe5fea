package sdk_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestEnumTexts has enums whose texts would fill the memory of the bundler, which
// nothing could stop.
func TestEnumTexts(t *testing.T) {
	double := func(head, format string) string {
		var b strings.Builder
		b.WriteString(head)
		for i := 1; i < 40; i++ {
			fmt.Fprintf(&b, format+",", i, i-1)
		}
		return b.String() + "}"
	}
	for name, source := range map[string]string{
		"sums":            double("enum E{a0='x',", "a%[1]d=a%[2]d+a%[2]d"),
		"templates":       double("enum E{a0='x',", "a%[1]d=`${a%[2]d}}${a%[2]d}`"),
		"a brace in one":  double("enum E{a0=`}`,", "a%[1]d=a%[2]d+a%[2]d"),
		"a pattern":       double(`enum E{p=/"}/.length,q='"',a0='x',`, "a%[1]d=a%[2]d+a%[2]d"),
		"comments":        double("enum\u00a0/*{*/E//{\n{a0='x',//}\r", "a%[1]d=a%[2]d+a%[2]d"),
		"another enum":    "enum E{a0='x'}" + double("namespace n{enum F{a0=E.a0,", "a%[1]d=E['a0']+F.a%[2]d+F.a%[2]d") + "}",
		"the same enum":   "enum E{a0='x'}" + double("enum E{b=1,", "a%[1]d=a%[2]d+a%[2]d"),
		"used everywhere": "enum E{a='" + strings.Repeat("x", 60_000) + "'};" + strings.Repeat("f(E.a);", 5_000),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := bundle(t, "-- main.ts --\n"+source)
			want := "main.ts:1:1: the texts of enums grow too long, or are used too often: write them as constants"
			if got := first(t, err).String(); got != want {
				t.Errorf("got %.200s", got)
			}
		})
	}
}

// TestEnumTextsInParts uses the text of one source in others.
func TestEnumTextsInParts(t *testing.T) {
	archive := "-- main.ts --\nimport './a'; import './b'\n-- a.ts --\nimport {E} from './e';" + strings.Repeat("f(E.a);", 3_000) +
		"\n-- b.ts --\nimport {E} from './e';" + strings.Repeat("f(E.a);", 3_000) + "\n-- e.ts --\nexport enum E{a='" + strings.Repeat("x", 60_000) + "'}\n"
	if _, err := bundle(t, archive); err == nil {
		t.Error("it was bundled")
	}
}

func TestEnums(t *testing.T) {
	var numbers, texts strings.Builder
	for i := range 100 {
		fmt.Fprintf(&numbers, "n%d = 1 << %d | 1 + 2,\n", i, i%30)
		fmt.Fprintf(&texts, "t%d = 'some text' + '-%d', // t%d, e.g. \"it's\"\n", i, i, i)
	}
	source := "const enum N {\n" + numbers.String() + "z = n1 + n2, y = n1 + n2, x = z + y, w = x + x, v = w + w, u = v + v }\n" +
		"enum T {\n" + texts.String() + "a = `${t1}/${t2}`, b = t1 + '.' + t2 }\n" +
		"var z = { enum(x: any) { return x.a } }\nsay(N.n2, T.t3, T.a, z.enum({ a: 1 + 2 }))\n"
	bundled, err := bundle(t, "-- main.ts --\n"+source)
	if err != nil {
		t.Fatal(err)
	}
	if got := play(t, bundled); got != "7 some text-3 some text-1/some text-2 3" {
		t.Errorf("said %q", got)
	}
}
