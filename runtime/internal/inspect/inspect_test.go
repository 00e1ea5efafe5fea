package inspect_test

import (
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

// run returns the elements of the array that the function body returns.
func run(t testing.TB, vm *goja.Runtime, body string) []goja.Value {
	t.Helper()
	v, err := vm.RunScript("file.js", "(function () { "+body+" })()")
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	o := v.(*goja.Object)
	args := make([]goja.Value, o.Get("length").ToInteger())
	for i := range args {
		if args[i] = o.Get(string(rune('0' + i))); args[i] == nil {
			args[i] = goja.Undefined()
		}
	}
	return args
}

func format(t testing.TB, body string) string {
	t.Helper()
	vm := goja.New()
	return inspect.Format(vm, run(t, vm, body))
}

func TestFormatShowsWhatNodeShows(t *testing.T) {
	text, err := os.ReadFile("testdata/shown.txt")
	if err != nil {
		t.Fatal(err)
	}
	cases := strings.Split(string(text), "\n> ")[1:]
	for _, c := range cases {
		body, want, _ := strings.Cut(c, "\n")
		want = strings.TrimSuffix(want, "\n")
		if got := format(t, body); got != want && got+"\n" != want {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", body, got, want)
		}
	}
	if len(cases) < 200 {
		t.Errorf("only %d cases", len(cases))
	}
}

func TestFormatCutsLongTexts(t *testing.T) {
	if got, want := format(t, "return [['a'.repeat(10050)]]"), "[\n  '"+strings.Repeat("a", 10_000)+"'... 50 more characters\n]"; got != want {
		t.Errorf("got %d bytes: %.40q … %q", len(got), got, got[len(got)-40:])
	}
	if got := format(t, "return ['a'.repeat(10050)]"); got != strings.Repeat("a", 10_050) {
		t.Errorf("a bare string was changed: %d bytes", len(got))
	}
}

func TestFormatWithoutArguments(t *testing.T) {
	if got := inspect.Format(goja.New(), nil); got != "" {
		t.Errorf("got %q", got)
	}
	if got := inspect.Format(goja.New(), []goja.Value{nil}); got != "undefined" {
		t.Errorf("got %q", got)
	}
}

func TestFormatErrors(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"return [new Error('x')]", "Error: x\n    at file.js:1:24\n    at file.js:1:42"},
		{"function f() { return new TypeError('a\\nb') }; return [f()]",
			"TypeError: a\nb\n    at f (file.js:1:38)\n    at file.js:1:72\n    at file.js:1:78"},
		{"const e = new Error('x'); e.code = 'E'; return [e]",
			"Error: x\n    at file.js:1:26\n    at file.js:1:69 {\n  code: 'E'\n}"},
		{"class MyError extends Error {}; const e = new MyError('x'); e.stack = 'Error: x\\n    at y'; return [e]",
			"MyError: x\n    at y"},
		{"const e = new Error('x'); e.name = 'Other'; e.stack; return [e]",
			"Other: x\n    at file.js:1:26\n    at file.js:1:82"},
		{"const e = new Error('x'); e.stack = undefined; return [e]", "[Error: x]"},
		{"const e = new Error('x'); e.stack = ''; return [[e]]", "[ [Error: x] ]"},
		{"const c = new Error('c'); c.stack = 'Error: c\\n    at c'; const e = new Error('x', {cause: c}); e.stack = 'Error: x\\n    at x'; return [e]",
			"Error: x\n    at x {\n  [cause]: Error: c\n      at c\n}"},
		{"const e = new AggregateError([1, 'a'], 'x'); e.stack = 'AggregateError: x\\n    at x'; return [e]",
			"AggregateError: x\n    at x {\n  [errors]: [ 1, 'a' ]\n}"},
		{"const e = new Error('x'); e.cause = e; e.stack = 'Error: x\\n    at x'; return [e]",
			"<ref *1> Error: x\n    at x {\n  cause: [Circular *1]\n}"},
		{"const e = new Error('x'); Object.setPrototypeOf(e, null); e.stack = 'Error: x\\n    at x'; return [{e}]",
			"{\n  e: [Error: null prototype]: x\n      at x\n}"},
	} {
		if got := format(t, tt.body); got != tt.want {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", tt.body, got, tt.want)
		}
	}
}

func TestValueOptions(t *testing.T) {
	vm := goja.New()
	v := run(t, vm, "return [{a: {b: {c: {d: {}}}}}]")[0]
	for _, tt := range []struct {
		dir  string
		want string
	}{
		{"undefined", "{ a: { b: { c: [Object] } } }"},
		{"{}", "{ a: { b: { c: [Object] } } }"},
		{"{depth: 0}", "{ a: [Object] }"},
		{"{depth: 1}", "{ a: { b: [Object] } }"},
		{"{depth: null}", "{\n  a: { b: { c: { d: {} } } }\n}"},
		{"{depth: Infinity}", "{\n  a: { b: { c: { d: {} } } }\n}"},
		{"{depth: -1}", "{ a: [Object] }"},
		{"{depth: 'x'}", "{ a: { b: { c: [Object] } } }"},
		{"{get depth() { throw 1 }}", "{ a: { b: { c: [Object] } } }"},
	} {
		opts := inspect.DirOptions(vm, run(t, vm, "return ["+tt.dir+"]")[0])
		if got := inspect.Value(vm, v, opts); got != tt.want {
			t.Errorf("%s: got %s", tt.dir, got)
		}
	}
	hidden := inspect.DirOptions(vm, run(t, vm, "return [{showHidden: true}]")[0])
	if got := inspect.Value(vm, run(t, vm, "return [[1]]")[0], hidden); got != "[ 1, [length]: 1 ]" {
		t.Errorf("hidden: %s", got)
	}
	if got := inspect.Value(vm, vm.ToValue("it's"), inspect.Options{}); got != `"it's"` {
		t.Errorf("string: %s", got)
	}
}

func TestStack(t *testing.T) {
	for in, want := range map[string]string{
		"Error: x\n\tat f (file.js:1:2(3))\n\tat file.js:4:5(6)\n":  "Error: x\n    at f (file.js:1:2)\n    at file.js:4:5",
		"Error: x\n\tat map (native)\n\tat native\n\tat a:1:1(1)":   "Error: x\n    at a:1:1",
		"E\n\tat call (extrun!sdk:1:1(1))\n\tat extrun!boot:1:1(1)": "E",
		"E\n\tat f (my file (1).js:1:2(3))":                         "E\n    at f (my file (1).js:1:2)",
		"E\n\tat my file (1).js:1:2(3)":                             "E\n    at my file (1).js:1:2",
		"E\n\tat <eval>:1:2(3)":                                     "E\n    at <eval>:1:2",
		"E\n\tat f (my%20l%C3%ADb/100%25.js:1:2(3))":                "E\n    at f (my líb/100%.js:1:2)",
		"E\n\tat my%20lib.js:1:2(3)":                                "E\n    at my lib.js:1:2",
		"E\n\tat 100%.js:1:2(3)":                                    "E\n    at 100%.js:1:2",
		"a\nb\n    at x (y%20:1:2)":                                 "a\nb\n    at x (y%20:1:2)",
		"":                                                          "",
		"\tat ":                                                     "    at ",
		"\tat )":                                                    "    at )",
		"\tat a ())":                                                "    at a ())",
	} {
		if got := inspect.Stack(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestErrorsOfTheEngine(t *testing.T) {
	for code, want := range map[string]string{
		"null.x":                               "Cannot read property 'x' of undefined or null",
		"({}).f()":                             "'f' is not a function: the object has no such member",
		"let f; f()":                           "undefined is not a function or an object",
		"let n = 5; new n()":                   "5 is not a function or an object",
		"let { a } = null":                     "undefined or null is not an object",
		"throw new TypeError('5 is too much')": "5 is too much",
	} {
		got := format(t, "let error; try { (() => { "+code+" })() } catch (e) { error = e; delete e.stack } return [error]")
		if got != "[TypeError: "+want+"]" {
			t.Errorf("%s: got %s", code, got)
		}
	}
}
