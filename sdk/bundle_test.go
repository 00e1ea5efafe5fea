package sdk_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dop251/goja"
	"github.com/srcnexus/extrun/sdk"
	"golang.org/x/tools/txtar"
)

// lay writes the files of a txtar archive and returns their folder.
func lay(t *testing.T, archive string) string {
	t.Helper()
	folder := t.TempDir()
	for _, file := range txtar.Parse([]byte(archive)).Files {
		write(t, filepath.Join(folder, file.Name), string(file.Data))
	}
	return folder
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// bundle bundles the first file of an archive, with the archive as the package.
func bundle(t *testing.T, archive string) (*sdk.Bundled, error) {
	t.Helper()
	entry := txtar.Parse([]byte(archive)).Files[0].Name
	folder := lay(t, archive)
	return sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, entry), Root: folder, MaxTime: time.Hour})
}

// play runs a bundle with a stand-in for the SDK, and returns what it said.
func play(t *testing.T, bundled *sdk.Bundled) string {
	t.Helper()
	vm := goja.New()
	var said []string
	vm.Set("say", func(call goja.FunctionCall) goja.Value {
		for _, word := range call.Arguments {
			said = append(said, word.String())
		}
		return goja.Undefined()
	})
	vm.Set(sdk.Global, map[string]any{"network": "the network", "name": sdk.Module})
	vm.Set("require", func(name string) any { return map[string]any{"name": name} })
	value, err := vm.RunScript("extension.js", bundled.Code)
	if err != nil {
		t.Fatalf("%v\n%s", err, bundled.Code)
	}
	if promise, ok := value.Export().(*goja.Promise); !ok && bundled.Async {
		t.Errorf("completion value is %v", value)
	} else if bundled.Async && promise.State() != goja.PromiseStateFulfilled {
		t.Errorf("the top-level code ended with %v", promise.Result())
	}
	return strings.Join(said, " ")
}

func TestBundleRuns(t *testing.T) {
	for _, test := range []struct{ name, archive, want string }{
		{"empty", "-- main.js --\n", ""},
		{"no import", "-- main.js --\nvar a = 010; say(a, this === undefined)", "8 false"},
		{"default import", "-- main.js --\nimport editor from '@srcnexus/ext-sdk'; say(editor.name)", "@srcnexus/ext-sdk"},
		{"named import", "-- main.js --\nimport { network } from '@srcnexus/ext-sdk'; say(network)", "the network"},
		{"namespace import", "-- main.js --\nimport * as sdk from '@srcnexus/ext-sdk'; say(sdk.network, sdk.default.network)", "the network the network"},
		{"require", "-- main.js --\nconst editor = require('@srcnexus/ext-sdk'); say(editor.network)", "the network"},
		{"import = require", "-- main.ts --\nimport sdk = require('@srcnexus/ext-sdk'); say((sdk as any).network)", "the network"},
		{"TypeScript", "-- main.ts --\nenum E { A = 1 } class C<T> { constructor(private x: T) {} get(): T { return this.x } }\nsay(new C<number>(E.A).get() satisfies number)", "1"},
		{"own modules", "-- src/main.ts --\nimport { a } from './a'; import b from '../lib/b.js'; import data from './d.json'; import text from './t.txt'; say(a, b, data.x, text)\n" +
			"-- src/a.ts --\nexport const a = 1\n-- lib/b.js --\nmodule.exports = 2\n-- src/d.json --\n{\"x\": 3}\n-- src/t.txt --\n4", "1 2 3 4\n"},
		{"an installed SDK is not used", "-- main.js --\nimport e from '@srcnexus/ext-sdk'; say(e.network)\n-- node_modules/@srcnexus/ext-sdk/package.json --\n{}\n-- node_modules/@srcnexus/ext-sdk/index.js --\nthrow 1", "the network"},
		{"packages", "-- main.js --\nimport a from 'a'; import b from '@b/b/sub'; say(a, b)\n" +
			"-- node_modules/a/package.json --\n{\"main\": \"cjs.js\", \"module\": \"esm.js\"}\n-- node_modules/a/esm.js --\nimport x from './x'; export default x\n-- node_modules/a/x.js --\nexport default 'esm'\n" +
			"-- node_modules/@b/b/package.json --\n{\"exports\": {\"./sub\": {\"import\": \"./i.js\", \"default\": \"./d.js\"}}}\n-- node_modules/@b/b/i.js --\nexport default 'import'", "esm import"},
		{"a package named like a module of Node.js", "-- main.js --\nimport e from 'events'; say(e)\n-- node_modules/events/package.json --\n{}\n-- node_modules/events/index.js --\nmodule.exports = 'e'", "e"},
		{"dynamic import", "-- main.js --\nimport('./a').then((m) => say(m.a))\n-- a.js --\nexport const a = 1", "1"},
		{"top-level await", "-- main.ts --\nimport { a } from './a'; say(await a, this === undefined); export {}\n-- a.ts --\nexport const a = Promise.resolve(1); await a", "1 true"},
		{"constants", "-- main.js --\nsay(import.meta.url, process.env.NODE_ENV)", "file:///main.js production"},
		{"what goja lacks", "-- main.js --\nasync function* g() { yield 1 } (async () => { for await (const x of g()) say(x) })()", "1"},
		{"private fields stay", "-- main.js --\nclass C { #x = 1; get() { return #x in this } } say(new C().get())", "true"},
		{"an entry with no ending", "-- extension --\nsay(1)", "1"},
		{"a byte order mark", "-- main.js --\n\ufeffsay(1)", "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bundled, err := bundle(t, test.archive)
			if err != nil {
				t.Fatal(err)
			}
			if got := play(t, bundled); got != test.want {
				t.Errorf("said %q, want %q", got, test.want)
			}
		})
	}
}

func TestBundleRefuses(t *testing.T) {
	deep := strings.Repeat("(", 100_000)
	for _, test := range []struct{ name, archive, want string }{
		{"syntax", "-- src/main.ts --\nlet a = 1\nlet = = 2", `src/main.ts:2:7: Unexpected "="`},
		{"syntax of an import", "-- main.ts --\nimport './b'\n-- b.js --\n}", `b.js:1:1: Unexpected "}"`},
		{"relative import", "-- main.js --\nsay(1)\nimport './none'", `main.js:2:8: "./none" doesn't exist`},
		{"package", "-- main.js --\nimport 'left-pad'", `main.js:1:8: package "left-pad" isn't installed: run npm install left-pad in the extension's folder`},
		{"part of a package", "-- main.js --\nrequire('@a/b/c')", `main.js:1:9: package "@a/b" isn't installed: run npm install @a/b in the extension's folder`},
		{"Node.js", "-- main.js --\nimport 'fs/promises'", `main.js:1:8: "fs/promises" belongs to Node.js, which extensions run without: files belong to the editor: ask it with editor.host.call("workspace.fs.read", { uri }), if it offers that`},
		{"node:", "-- main.js --\nimport 'node:anything'", `main.js:1:8: "node:anything" belongs to Node.js, which extensions run without`},
		{"part of the SDK", "-- main.js --\nimport '@srcnexus/ext-sdk/network'", `main.js:1:8: @srcnexus/ext-sdk has no parts: import "@srcnexus/ext-sdk" and take what you need from it`},
		{"from the network", "-- main.js --\nimport 'https://example.com/x.js'", `main.js:1:8: "https://example.com/x.js" is no file: an extension can't load code from elsewhere`},
		{"a data URL", "-- main.js --\nimport 'data:text/javascript,say(1)'", `main.js:1:8: "data:text/javascript,say(1)" is no file: an extension can't load code from elsewhere`},
		{"another kind of file", "-- main.js --\nimport './a.psd'\n-- a.psd --\n", `main.js:1:8: a.psd is of no kind that can be imported as it is: say how, such as with { type: "text" }, "json", "base64" or "bytes"`},
		{"not UTF-8", "-- main.js --\nsay(1)\nsay('\xff')", `main.js:2:6: this byte, 0xff, is not UTF-8: save the file in that encoding`},
		{"nesting", "-- main.js --\nsay(1)\n" + deep, `main.js:2:2001: brackets nest more than 2000 levels deep: split the expression`},
		{"nesting tags", "-- main.jsx --\nlet x=" + strings.Repeat("<a>;", 3_000_000), `main.jsx:1:1: more than 200000 < in one file of TypeScript or JSX: split the file`},
		{"nesting type arguments", "-- main.ts --\nlet x:" + strings.Repeat("A<b,", 3_900_000), `main.ts:1:1: more than 200000 < in one file of TypeScript or JSX: split the file`},
		{"nesting function types", "-- main.ts --\nlet x:A<b," + strings.Repeat("()=>A<b,", 1_900_000), `main.ts:1:1: more than 200000 < in one file of TypeScript or JSX: split the file`},
		{"as many < as may be", "-- main.ts --\nlet x:" + strings.Repeat("A<b,", 200_000), `main.ts:2:1: Unexpected end of file`},
		{"nesting in JSON", "-- main.js --\nimport './a.json'\n-- a.json --\n" + strings.Repeat("[", 100_000), `a.json:1:2001: brackets nest more than 2000 levels deep: split the expression`},
		{"nesting in package.json", "-- main.js --\nimport './a'\n-- a.js --\n-- package.json --\n" + strings.Repeat("[", 100_000), `main.js:1:8: package.json can't be read safely: brackets nest more than 2000 levels deep: split the expression`},
		{"an absolute path", "-- main.js --\nimport '/etc/hostname.js'", `main.js:1:8: "/etc/hostname.js" doesn't exist`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := bundle(t, test.archive)
			if got := first(t, err).String(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// first is the first message of a BuildError.
func first(t *testing.T, err error) sdk.Message {
	t.Helper()
	fault, ok := errors.AsType[*sdk.BuildError](err)
	if !ok {
		t.Fatalf("got %v, want a *BuildError", err)
	}
	return fault.Messages[0]
}

func TestBundleEntry(t *testing.T) {
	folder := lay(t, "-- a/main.js --\nsay(1)\n-- b/x.js --\n")
	a, long := filepath.Join(folder, "a", "main.js"), filepath.Join(folder, strings.Repeat("long/", 110), "main.js")
	write(t, long, "say(1)")
	for _, test := range []struct {
		name  string
		input sdk.Input
		want  string
	}{
		{"missing", sdk.Input{Entry: folder + "/none.js"}, "can't run " + folder + "/none.js: there is no such file"},
		{"folder", sdk.Input{Entry: folder + "/a"}, "can't run " + folder + "/a: it is a folder; name the file to run, or give its folder a manifest.json with a main"},
		{"no root", sdk.Input{Entry: a, Root: folder + "/c"}, "can't use " + folder + "/c as the package root: there is no such file"},
		{"outside", sdk.Input{Entry: a, Root: folder + "/b"}, "can't run " + a + ": it is outside of its package, " + folder + "/b"},
		{"a long path", sdk.Input{Entry: long, Root: folder}, "can't run " + long + ": its path within the package is longer than 512 bytes"},
		{"nothing", sdk.Input{}, "can't run : no path given"},
		{"too large", sdk.Input{Entry: a, MaxBytes: 3}, "main.js is too large: the sources of an extension may have 3 bytes together"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, err := sdk.Bundle(test.input); first(t, err).String() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestBundleTooLargeTogether(t *testing.T) {
	folder := lay(t, "-- main.js --\nimport './a'\n-- a.js --\nsay(1)\n")
	_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "main.js"), MaxBytes: 15})
	const want = "main.js:1:8: a.js is too large: the sources of an extension may have 15 bytes together"
	if got := first(t, err).String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestBundleOutside(t *testing.T) {
	folder := lay(t, "-- pkg/main.js --\nimport '../secret'\n-- secret.js --\n-- pkg/linked.js --\nimport './link'\n"+
		"-- pkg/good.js --\nimport a from 'a'; say(a)\n-- node_modules/a/index.js --\nmodule.exports = require('./in')\n-- node_modules/a/package.json --\n{}\n"+
		"-- node_modules/a/in.js --\nmodule.exports = 1\n-- pkg/bad.js --\nimport 'b'\n-- node_modules/b/package.json --\n{}\n-- node_modules/b/index.js --\nimport '../../secret'\n")
	absolute := fmt.Sprintf("import %q", filepath.Join(folder, "secret.js"))
	if err := os.WriteFile(filepath.Join(folder, "pkg", "abs.js"), []byte(absolute), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("../secret.js", filepath.Join(folder, "pkg", "link.js")); err != nil {
		t.Skip(err)
	}
	for entry, want := range map[string]string{
		"main.js":   `main.js:1:8: "../secret" is outside of the package that imports it`,
		"linked.js": `linked.js:1:8: "../secret.js" is outside of the package that imports it`,
		"abs.js":    "abs.js:1:8: " + strings.TrimPrefix(absolute, "import ") + " is outside of the package that imports it",
		"bad.js":    `../node_modules/b/index.js:1:8: "../../secret" is outside of the package that imports it`,
	} {
		_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "pkg", entry)})
		if got := first(t, err).String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
	good, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "pkg", "good.js")})
	if err != nil {
		t.Fatal(err)
	}
	if got := play(t, good); got != "1" {
		t.Errorf("said %q", got)
	}
}

func TestBundleWarnsByName(t *testing.T) {
	bundled, err := bundle(t, "-- main.js --\nimport * as sdk from '@srcnexus/ext-sdk'; import { x } from './n'; say(sdk.nope, x)\n-- package.json --\n{\"browser\": {\"./n.js\": false}}\n-- n.js --\nexports.x = 1")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`main.js:1:76: Import "nope" will always be undefined because there is no matching export in "@srcnexus/ext-sdk"`,
		`main.js:1:52: Import "x" will always be undefined because the file "n" has no exports`,
	}
	var got []string
	for _, warning := range bundled.Warnings {
		got = append(got, warning.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestBundleWarns(t *testing.T) {
	bundled, err := bundle(t, "-- main.js --\n\nlet x; say(x === NaN)")
	if err != nil {
		t.Fatal(err)
	}
	const want = `main.js:2:14: Comparison with NaN using the "===" operator here is always false`
	if len(bundled.Warnings) != 1 || bundled.Warnings[0].String() != want || bundled.Warnings[0].LineText != "let x; say(x === NaN)" {
		t.Errorf("got %+v", bundled.Warnings)
	}
}

func TestBuildErrorCounts(t *testing.T) {
	_, err := bundle(t, "-- main.js --\nimport './a'; import './b'; const x = 1; const x = 2\n")
	const want = `main.js:1:8: "./a" doesn't exist (and 2 more)`
	if err == nil || err.Error() != want {
		t.Errorf("got %v", err)
	}
	const note = `main.js:1:35: The symbol "x" was originally declared here:`
	if messages := err.(*sdk.BuildError).Messages; len(messages[2].Notes) != 1 || messages[2].Notes[0] != note {
		t.Errorf("got %q", messages[2].Notes)
	}
}

func TestModulesAreStrict(t *testing.T) {
	for name, test := range map[string]struct {
		files  map[string]string
		strict bool
	}{
		"module":              {map[string]string{"a.js": `export {}; globalThis.x = 1`}, true},
		"imports the SDK":     {map[string]string{"a.js": `import e from "@srcnexus/ext-sdk"; e.onLoad(() => {})`}, true},
		"two modules":         {map[string]string{"a.ts": `import { b } from "./b"; console.log(b)`, "b.ts": "export const b = 1"}, true},
		"script":              {map[string]string{"a.js": `globalThis.x = 1`}, false},
		"CommonJS":            {map[string]string{"a.js": `const e = require("@srcnexus/ext-sdk"); e.onLoad(() => {})`}, false},
		"module and CommonJS": {map[string]string{"a.js": `import b from "./b.cjs"; console.log(b)`, "b.cjs": "module.exports = 1"}, false},
	} {
		folder := t.TempDir()
		var entry string
		for file, text := range test.files {
			path := filepath.Join(folder, file)
			if strings.HasPrefix(file, "a.") {
				entry = path
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		bundled, err := sdk.Bundle(sdk.Input{Entry: entry})
		if err != nil {
			t.Fatal(err)
		}
		if strict := strings.HasPrefix(bundled.Code, `"use strict";`); strict != test.strict {
			t.Errorf("%s: strict is %v:\n%s", name, strict, bundled.Code)
		}
	}
}
