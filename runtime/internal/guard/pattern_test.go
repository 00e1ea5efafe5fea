package guard

import (
	"bufio"
	"bytes"
	_ "embed"
	"strconv"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

//go:embed testdata/patterns.js
var patternProgram string

//go:embed testdata/patterns.jsonl
var patternRows []byte

// TestPatternsMatchAsInNode runs thousands of regular expressions with
// properties, sets and named groups, and compares all that can be seen of them
// with what Node.js shows.
func TestPatternsMatchAsInNode(t *testing.T) {
	vm := goja.New()
	Install(vm, Limits{})(Patterns)
	if _, err := vm.RunString(patternProgram); err != nil {
		t.Fatal(err)
	}
	const check = `(([pattern, flags, input, want]) => {
		const got = run(pattern, flags, input);
		return got === want ? "" : "/" + pattern + "/" + flags + "\n\tgot  " + got + "\n\twant " + want;
	})`
	rows := bufio.NewScanner(bytes.NewReader(patternRows))
	rows.Buffer(nil, 1<<20)
	for rows.Scan() {
		difference, err := vm.RunString(check + "(" + rows.Text() + ")") // not JSON.parse: goja's loses surrogates
		if err != nil {
			t.Fatalf("%s: %v", rows.Text(), err)
		}
		if text := difference.String(); text != "" {
			t.Error(text)
		}
	}
}

// TestParseTakesAnyString is about goja's strings that aren't ASCII, which Go
// can't compare.
func TestParseTakesAnyString(t *testing.T) {
	vm := goja.New()
	Install(vm, Limits{})
	v, err := vm.RunString(`JSON.parse("\"é\"") + JSON.parse(["[", "]"].join("\"ü\"".repeat(1)))`)
	if err != nil || v.String() != "éü" {
		t.Errorf("got %v, %v", v, err)
	}
}

// TestMouldsAreBounded compiles more patterns than are kept.
func TestMouldsAreBounded(t *testing.T) {
	g := &guard{vm: goja.New(), limits: Limits{}.withDefaults()}
	create, _ := goja.AssertConstructor(g.object("RegExp"))
	d := &dialect{guard: g, construct: create, proto: g.object("RegExp").Get("prototype").(*goja.Object)}
	for i := range 2*maxMoulds + 1 {
		d.cast([]goja.Value{g.vm.ToValue("a" + strconv.Itoa(i)), g.vm.ToValue("u")}, false)
		if len(d.moulds) == 0 || len(d.moulds) > maxMoulds {
			t.Fatalf("%d patterns are kept", len(d.moulds))
		}
	}
	before := len(d.moulds)
	d.cast([]goja.Value{g.vm.ToValue(strings.Repeat("a", maxMould+1)), g.vm.ToValue("u")}, false)
	if len(d.moulds) != before {
		t.Error("a long pattern is kept")
	}
}
