package runtime_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// prebuilt begins an entry that no bundler looks into: what it requires, it
// requires at run time.
const prebuilt = `const load = (id) => { try { return globalThis.require(id) } catch (e) { return [e.name, e.code, e.message].filter(Boolean).join(" | ") } };`

func TestRequire(t *testing.T) {
	for _, test := range []struct {
		name, code string
		files      map[string]string
		want       string
	}{
		{"endings", `console.log(load("./a"), load("./b"), load("./c").default, load("./d"), load("./e.js"), load("./f"), load("./g.json").x)`, map[string]string{
			"a.js": "module.exports = 'a'", "b.cjs": "exports = module.exports = 'b'", "c.mjs": "export default 'c'",
			"d.ts": "const d: string = 'd'; export = d", "e.ts": "export = 'e' as string", "f/index.js": "module.exports = 'f'", "g.json": `{"x": "g"}`,
		}, "a b c d e f g"},
		{"an ES module", `const m = load("./m"); console.log(m.__esModule, m.default, m.x)`, map[string]string{"m.mjs": "export default 1; export const x = 2"}, "true 1 2"},
		{"main of a folder", `console.log(load("./p"), load("./q"))`, map[string]string{
			"p/package.json": `{"main": "lib/x"}`, "p/lib/x.js": "module.exports = 1", "q/package.json": `{"main": "./lib"}`, "q/lib/index.ts": "module.exports = 2"}, "1 2"},
		{"relative to the file", `console.log(load("./lib/a"))`, map[string]string{
			"lib/a.js": "module.exports = require('./b') + require('../c') + require('/c.js')", "lib/b.js": "module.exports = 1", "c.js": "module.exports = 10"}, "21"},
		{"import in a file", `console.log(load("./a").default)`, map[string]string{"a.ts": "import { b } from './b'; import type { T } from './none'; export default b", "b.ts": "export const b: number = 3"}, "3"},
		{"import of what isn't known", `const name = "./a.js"; import(name).then((m) => console.log(m.default, m.x))`, map[string]string{"a.js": "exports.x = 1"}, "{ x: 1 } 1"},
		{"once only", `console.log(load("./a") === load("./lib/../a.js"), load("./link") === load("./a"))`, map[string]string{"a.js": "module.exports = {}; console.log('run')"}, "run\ntrue true"},
		{"circles", `console.log(load("./a"))`, map[string]string{"a.js": "exports.x = 1; exports.b = require('./b'); exports.y = 2", "b.js": "exports.seen = Object.keys(require('./a'))"}, "{ x: 1, b: { seen: [ 'x' ] }, y: 2 }"},
		{"its own paths", `console.log(load("./lib/a"))`, map[string]string{"lib/a.js": "module.exports = [__filename, __dirname, module.id, this === exports, typeof require].join()"}, "/lib/a.js,/lib,/lib/a.js,true,function"},
		{"the SDK", `console.log(load("./a"))`, map[string]string{"a.js": "const a = require('@srcnexus/ext-sdk'); module.exports = a === require('@srcnexus/ext-sdk') && typeof a.onLoad"}, "function"},
		{"a package", `console.log(load("p"), load("p") === load("./in/side").p, load("q/part"))`, map[string]string{
			"node_modules/p/package.json": `{"exports": {"browser": "./b.js", "default": "./d.js"}}`, "node_modules/p/b.js": "exports.p = require('q/part')",
			"node_modules/q/part.js": "module.exports = 'q'", "in/side.js": "exports.p = require('p')"}, "{ p: 'q' } true q"},
		{"a module of Node.js", `console.log(load("buffer").Buffer === Buffer, load("fs"))`, nil,
			`true Error | MODULE_NOT_FOUND | cannot find module 'fs', required in /: "fs" belongs to Node.js, which extensions run without: files belong to the editor: ask it with editor.host.call("workspace.fs.read", { uri }), if it offers that`},
		{"in a bundle", `export {}; try { require("fs") } catch (e) { console.log(e.code) } import("net").catch((e) => console.log(e.code))`, nil, "MODULE_NOT_FOUND\nMODULE_NOT_FOUND"},
		{"in what another bundler made", `(()=>{var r=(t=>typeof require<"u"?require:t)(function(t){throw Error(t)});console.log(r("./a")+r("./b.json").x)})();`, map[string]string{"a.js": "module.exports = 1", "b.json": `{"x": 2}`}, "3"},
		{"nothing", `console.log(load("./none"))`, nil, `Error | MODULE_NOT_FOUND | cannot find module './none', required in /: there is no such file`},
		{"no package", `console.log(load("./a"))`, map[string]string{"a.js": "require('left-pad')"},
			`Error | MODULE_NOT_FOUND | cannot find module 'left-pad', required in /: package "left-pad" isn't installed: run npm install left-pad in the extension's folder`},
		{"outside", `console.log(load("../secret")); console.log(load("./a"))`, map[string]string{"a.js": "require('../x/../../secret.js')"},
			"Error | MODULE_NOT_FOUND | cannot find module '../secret', required in /: a module can't leave the package of the extension\n" +
				"Error | MODULE_NOT_FOUND | cannot find module '../x/../../secret.js', required in /: a module can't leave the package of the extension"},
		{"outside, by a link", `console.log(load("./out"))`, nil, "Error | MODULE_NOT_FOUND | cannot find module './out', required in /: a module can't leave the package of the extension, and a link leads there"},
		{"from elsewhere", `console.log(load("https://example.com/a.js"))`, nil, "Error | MODULE_NOT_FOUND | cannot find module 'https://example.com/a.js', required in /: an extension can't load code from elsewhere"},
		{"no string", `console.log(load(1), load())`, nil, "TypeError | require: the id of a module must be a string TypeError | require: the id of a module must be a string"},
		{"a syntax error", `console.log(load("./lib/a"))`, map[string]string{"lib/a.ts": "let a = 1\nlet = = 2"}, `SyntaxError | lib/a.ts:2:7: Unexpected "="`},
		{"bad JSON", `console.log(load("./a.json"))`, map[string]string{"a.json": "{\n  a: 1}"}, `SyntaxError | a.json:2:3: Expected string in JSON but found "a"`},
		{"brackets", `console.log(load("./a"))`, map[string]string{"a.js": strings.Repeat("[", 100_000)}, "SyntaxError | a.js:1:2001: brackets nest more than 2000 levels deep: split the expression"},
		{"not UTF-8", `console.log(load("./a"))`, map[string]string{"a.js": "\n\xff"}, "SyntaxError | a.js:2:1: this byte, 0xff, is not UTF-8: save the file in that encoding"},
		{"a throw runs it again", `console.log(load("./a")); console.log(load("./a"))`, map[string]string{"a.js": "globalThis.n = (globalThis.n ?? 0) + 1; if (n === 1) throw new Error('first'); module.exports = n"}, "Error | first\n2"},
		{"what goja lacks, by name", `console.log(load("./a"))`, map[string]string{"a.js": "module.exports = Object.groupBy([1, 2, 3], (n) => n % 2 ? 'odd' : 'even').odd"}, "[ 1, 3 ]"},
		{"what goja lacks", `load("./a").then(console.log)`, map[string]string{"a.mjs": "async function* g() { yield 1 } export async function f() { for await (const x of g()) return x } export const then = (cb) => f().then(cb)"}, "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := layPackage(t, test.files)
			write(t, filepath.Join(folder, "main.js"), prebuilt+test.code)
			w := runtimetest.New(t, runtime.Options{})
			ext, err := w.Host.Load(t.Context(), filepath.Join(folder, "main.js"))
			if err != nil {
				t.Fatal(runtime.Describe(err))
			}
			w.Idle(ext)
			if got := w.Output(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// layPackage writes a package with a secret beside it, and links to both.
func layPackage(t *testing.T, files map[string]string) string {
	t.Helper()
	all := map[string]string{"secret.js": "module.exports = 'secret'", "p/package.json": "{}"}
	for name, text := range files {
		all["p/"+name] = text
	}
	folder := filepath.Join(runtimetest.Write(t, all), "p")
	for from, to := range map[string]string{"out.js": "../secret.js", "link.js": "a.js"} {
		if err := os.Symlink(to, filepath.Join(folder, from)); err != nil {
			t.Skip(err)
		}
	}
	return folder
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestRequiredStack checks that an error in a module that was required at run
// time is shown at its author's line.
func TestRequiredStack(t *testing.T) {
	folder := layPackage(t, map[string]string{"main.js": "globalThis.require('./lib/a').fail()", "lib/a.ts": "type T = 1\n\nexport function fail(): never {\n  throw new Error('here')\n}"})
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.Host.Load(t.Context(), filepath.Join(folder, "main.js"))
	const want = "lib/a.ts:4:9: Error: here (in top-level code)"
	if failure, ok := errors.AsType[*runtime.ScriptError](err); !ok || failure.Error() != want || len(failure.Frames) != 2 || failure.Frames[1].File != "main.js" {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestRequireAgain tries a module again and again that throws: it counts once
// against what may be loaded.
func TestRequireAgain(t *testing.T) {
	folder := layPackage(t, map[string]string{
		"main.js": prebuilt + `for (let i = 0; i < 40; i++) load("./a"); console.log(load("./a"), load("./b"))`,
		"a.js":    "throw new Error('again')//" + strings.Repeat("x", 1<<20), "b.js": "module.exports = 'b'",
	})
	w := runtimetest.New(t, runtime.Options{})
	ext, err := w.Host.Load(t.Context(), filepath.Join(folder, "main.js"))
	if err != nil {
		t.Fatal(runtime.Describe(err))
	}
	w.Idle(ext)
	if got := w.Output(); got != "Error | again b" {
		t.Errorf("got %s", got)
	}
}

// TestRequireBounds checks the bounds of what is required: how deep, and how
// much together with the bundle.
func TestRequireBounds(t *testing.T) {
	files := map[string]string{"big.js": "//" + strings.Repeat("x", 9<<20), "more.js": "//" + strings.Repeat("x", 9<<20)}
	for i := range 200 {
		files[fmt.Sprintf("a%d.js", i)] = fmt.Sprintf("require('./a%d')", i+1)
	}
	folder := layPackage(t, files)
	write(t, filepath.Join(folder, "main.js"), prebuilt+`console.log(load("./a0")); load("./big"); console.log(load("./more"))`)
	w := runtimetest.New(t, runtime.Options{})
	if _, err := w.Host.Load(t.Context(), filepath.Join(folder, "main.js")); err != nil {
		t.Fatal(runtime.Describe(err))
	}
	const want = "TypeError | require: more than 100 modules wait for each other, the last one for /a100.js\n" +
		"SyntaxError | more.js is too large: the sources of an extension may have 16777216 bytes together"
	if got := w.Output(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestClassicScripts(t *testing.T) {
	for name, test := range map[string]struct{ file, code, want string }{
		"functions are global":    {"main.js", `function f() { return typeof globalThis.f } var x = 1; console.log(f(), globalThis.x, delete globalThis.x)`, "function 1 false"},
		"this is global":          {"main.js", `console.log(this === globalThis); (function () { console.log(this === globalThis) })()`, "true\ntrue"},
		"sloppy":                  {"main.js", `undeclared = 010; console.log(undeclared); with ({ y: 2 }) console.log(y)`, "8\n2"},
		"UMD for the global":      {"main.js", `(function (root, make) { root.lib = make() })(this, () => 1); console.log(lib)`, "1"},
		"names in texts only":     {"main.js", `function f() { return "module.exports, require, import" } console.log(typeof globalThis.f, {exports: 1}.exports)`, "function 1"},
		"require of what it has":  {"main.js", `function f() {} const n = "@srcnexus/ext-sdk"; console.log(typeof globalThis.f, typeof require(n).onLoad)`, "function function"},
		"TypeScript":              {"main.ts", `function f(a: number): string { return typeof globalThis["f"] + a } console.log(f(1))`, "function1"},
		"lowered":                 {"main.js", `async function* g() { yield 1 } (async () => { for await (const x of g()) console.log(typeof globalThis.g, x) })()`, "function 1"},
		"not a CommonJS module":   {"main.js", `function f() {} exports.f = f; console.log(typeof globalThis.f, this === exports)`, "undefined true"},
		"not a module":            {"main.js", `function f() {} export {}; console.log(typeof globalThis.f, this)`, "undefined undefined"},
		"not by its name":         {"main.cjs", `function f() {} console.log(typeof globalThis.f)`, "undefined"},
		"a line that looks alike": {"main.js", "function f() { return `\nexport default\n` } console.log(typeof globalThis.f)", "function"},
	} {
		t.Run(name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			ext, err := w.Host.Start(filepath.Join(runtimetest.Write(t, map[string]string{test.file: test.code, "package.json": "{}"}), test.file), "test")
			if err != nil {
				t.Fatal(runtime.Describe(err))
			}
			w.Idle(ext)
			if got := w.Output(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestClassicScriptPlaces(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.TryLoad("#!/bin/sh\nfunction f() {\n  throw new Error('here')\n}\nf()")
	if want := "test.js:3:9: Error: here (in top-level code)"; err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}
