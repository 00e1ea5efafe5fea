package runtime_test

import (
	"path/filepath"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestSourceNames has sources whose names are no URLs. They are shown, in stacks
// and to the script, as they are.
func TestSourceNames(t *testing.T) {
	for _, name := range []string{"main.js", "my main.ts", "ä/日本.js", "100%.js", "a%20b.js", "a#b.js", "a;b,c.js", "[x]{y}.ts", "a+b&c=d.js", "(1).js", "~x/!y.js"} {
		t.Run(name, func(t *testing.T) {
			folder := runtimetest.Write(t, map[string]string{name: "console.log(new Error().stack);\nthrow new Error();", "package.json": "{}"})
			w := runtimetest.New(t, runtime.Options{})
			ext, err := w.Host.Start(filepath.Join(folder, filepath.FromSlash(name)), "test")
			if err != nil {
				t.Fatal(runtime.Describe(err))
			}
			shown := runtime.Describe(ext.WaitActive(t.Context()))
			want := name + ":2:7 (in top-level code)\n  1 | console.log(new Error().stack);\n> 2 | throw new Error();\n    |       ^\nError\n    at " + name + ":2:7"
			if shown != want {
				t.Errorf("shown is:\n%s\nwant:\n%s", shown, want)
			}
			if got := w.Output(); got != "Error\n    at "+name+":1:13" {
				t.Errorf("the script reads %q", got)
			}
		})
	}
}

// TestStacksUntouched has stacks that nobody but the script knows.
func TestStacksUntouched(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	w.Run(`
		const stack = [1, 2];
		class Parser {
			stack = [];
			push(x) { this.stack.push(x); return this.stack.length; }
			static stack = "static";
		}
		const parser = new Parser();
		parser.push(1);
		parser.stack.push(2);
		parser.stack = [...parser.stack, 3];
		console.log(stack.length, parser.push(4), parser.stack.join(), Parser.stack, ({ stack }).stack.length);
		const { stack: [first], ...rest } = { stack: ["f"], other: 1 };
		console.log(first, JSON.stringify(rest), delete parser.stack, parser.stack);
		let log = "";
		const traced = new Proxy({}, { get: (o, key) => (log += "get " + String(key) + ";", () => 5) });
		console.log(traced.stack(), traced?.stack?.(), log);
		const made = Object.assign(new Error("x"), { stack: 7 });
		console.log(made.stack, made.stack++, made.stack, typeof Error.prototype.stack);
	`)
	want := "2 4 1,2,3,4 static 2\nf {\"other\":1} true undefined\n5 5 get stack;get stack;\n7 7 8 undefined"
	if got := w.Output(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
