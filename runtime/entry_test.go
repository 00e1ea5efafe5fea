package runtime_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
	"github.com/srcnexus/extrun/sdk"
)

const fullManifest = `{"id": "acme.tool", "name": "Tool", "version": "1.0.0-beta.1+5", "main": "src/app.ts",
	"description": "d", "author": "a", "icon": "i.png", "categories": ["Tools"], "files": ["dist"], "ignore": [],
	"activationEvents": ["onStartupFinished"], "engineVersion": ">=0.1.0", "permissions": ["terminal"], "contributes": {"x": 1}, "other": null}`

func TestIdentity(t *testing.T) {
	tests := []struct {
		name     string
		files    map[string]string
		path, id string
		want     string
	}{
		{"file name", map[string]string{"echo-client.js": ";"}, "echo-client.js", "", "echo-client"},
		{"--id", map[string]string{"a.js": ";"}, "a.js", "My.Id_1-x", "My.Id_1-x"},
		{"index file", map[string]string{"tool/index.ts": ";"}, "tool/index.ts", "", "tool"},
		{"main file", map[string]string{"tool/main.mjs": ";"}, "tool/main.mjs", "", "tool"},
		{"folder", map[string]string{"tool/index.js": ";"}, "tool", "", "tool"},
		{"manifest beside the file", map[string]string{"a.js": ";", "manifest.json": `{"id": "m", "name": "M", "version": "1.0.0"}`}, "a.js", "", "m"},
		{"manifest before --id", map[string]string{"a.js": ";", "manifest.json": `{"id": "m", "name": "M", "version": "1.0.0"}`}, "a.js", "x", "m"},
		{"manifest above the file", map[string]string{"p/src/deep/a.ts": ";", "p/manifest.json": fullManifest}, "p/src/deep/a.ts", "", "acme.tool"},
		{"not beyond the package", map[string]string{"p/src/a.ts": ";", "p/package.json": "{}", "manifest.json": fullManifest}, "p/src/a.ts", "", "a"},
		{"folder with manifest", map[string]string{"p/src/app.ts": ";", "p/manifest.json": fullManifest}, "p", "", "acme.tool"},
		{"manifest itself", map[string]string{"p/src/app.ts": ";", "p/manifest.json": fullManifest}, "p/manifest.json", "", "acme.tool"},
		{"folder with a main file below", map[string]string{"tool/src/main.ts": ";"}, "tool", "", "tool"},
		{"package.json: main", map[string]string{"tool/package.json": `{"main": "lib/app.js"}`, "tool/lib/app.js": ";"}, "tool", "", "app"},
		{"package.json itself", map[string]string{"tool/package.json": `{"main": "lib/app.js"}`, "tool/lib/app.js": ";"}, "tool/package.json", "", "app"},
		{"package.json: a main file", map[string]string{"tool/package.json": `{"main": "dist/main.js"}`, "tool/dist/main.js": ";"}, "tool", "", "tool"},
		{"package.json: a main file by name", map[string]string{"tool/package.json": `{}`, "tool/dist/main.js": ";"}, "tool/dist/main.js", "", "dist"},
		{"package.json: source before main", map[string]string{"tool/package.json": `{"main": "dist/a.js", "source": "src/b.ts"}`, "tool/dist/a.js": ";", "tool/src/b.ts": ";"}, "tool", "", "b"},
		{"package.json: a source that isn't published", map[string]string{"tool/package.json": `{"main": "dist/a.js", "source": "src/b.ts"}`, "tool/dist/a.js": ";"}, "tool", "", "a"},
		{"package.json: main without an ending", map[string]string{"tool/package.json": `{"main": "./lib/a"}`, "tool/lib/a.js": ";"}, "tool", "", "a"},
		{"package.json: main is a folder", map[string]string{"tool/package.json": `{"main": "lib"}`, "tool/lib/index.js": ";"}, "tool", "", "tool"},
		{"package.json: module", map[string]string{"tool/package.json": `{"main": 5, "module": "a.mjs"}`, "tool/a.mjs": ";"}, "tool", "", "a"},
		{"package.json: exports for workers, in a list", map[string]string{"tool/package.json": `{"exports": [{"node": "./n.js", "worker": "./a.js"}, "./b.js"]}`, "tool/a.js": ";", "tool/b.js": ";", "tool/n.js": ";"}, "tool", "", "a"},
		{"package.json: exports", map[string]string{"tool/package.json": `{"exports": {"./x": "./x.js", ".": {"node": "./n.js", "import": {"default": "./a.js"}}}}`, "tool/a.js": ";", "tool/n.js": ";"}, "tool", "", "a"},
		{"package.json: none named", map[string]string{"tool/package.json": `{"name": "x"}`, "tool/index.js": ";"}, "tool", "", "tool"},
		{"manifest before package.json", map[string]string{"p/package.json": `{"main": "a.js"}`, "p/a.js": ";", "p/b.js": "throw 1", "p/manifest.json": `{"id": "m", "name": "M", "version": "1.0.0", "main": "a.js"}`}, "p", "", "m"},
		{"manifest without main", map[string]string{"p/package.json": `{"main": "a.js"}`, "p/a.js": ";", "p/manifest.json": `{"id": "m", "name": "M", "version": "1.0.0"}`}, "p", "", "m"},
		{"upper case", map[string]string{"TOOL.JS": ";"}, "TOOL.JS", "", "TOOL"},
		{"manifest with a BOM", map[string]string{"a.js": ";", "manifest.json": "\ufeff" + `{"id": "m", "name": "M", "version": "1.0.0"}`}, "a.js", "", "m"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			ext, err := w.Host.Start(filepath.Join(runtimetest.Write(t, test.files), filepath.FromSlash(test.path)), test.id)
			if err != nil {
				t.Fatal(err)
			}
			if ext.ID() != test.want {
				t.Errorf("got %q, want %q", ext.ID(), test.want)
			}
		})
	}
}

func TestManifestIsKept(t *testing.T) {
	w := runtimetest.New(t, runtime.Options{})
	ext, err := w.Host.Load(t.Context(), runtimetest.Write(t, map[string]string{"src/app.ts": "export {}", "manifest.json": fullManifest}))
	if err != nil {
		t.Fatal(err)
	}
	m := ext.Manifest()
	if m.Name != "Tool" || m.Version != "1.0.0-beta.1+5" || m.EngineVersion != ">=0.1.0" || m.Permissions[0] != "terminal" {
		t.Errorf("got %+v", m)
	}
}

func TestBadInput(t *testing.T) {
	valid := `"id": "m", "name": "M", "version": "1.0.0"`
	tests := []struct {
		name     string
		files    map[string]string
		path, id string
		want     string
	}{
		{"missing", nil, "no.js", "", "no.js: there is no such file"},
		{"empty folder", map[string]string{"p/readme.txt": ""}, "p", "", "p: the folder has no entry"},
		{"wrong kind", map[string]string{"a.py": ""}, "a.py", "", "a.py: not an extension: expected a JavaScript or TypeScript file"},
		{"bad id", map[string]string{"a.js": ";"}, "a.js", "no spaces", `the id is not a valid extension id: "no spaces"`},
		{"long id", map[string]string{"a.js": ";"}, "a.js", strings.Repeat("a", 129), "is not a valid extension id"},
		{"id with a first dot", map[string]string{"a.js": ";"}, "a.js", ".a", "is not a valid extension id"},
		{"bad name", map[string]string{"a b.js": ";"}, "a b.js", "", "give the extension one with --id or a manifest.json"},
		{"manifest: main outside", map[string]string{"p/manifest.json": `{` + valid + `, "main": "../a.js"}`, "a.js": ";"}, "p", "", `field "main" must name a file inside the package, not "../a.js"`},
		{"manifest: main missing", map[string]string{"p/manifest.json": `{` + valid + `, "main": "dist/main.js"}`}, "p", "", `field "main" names "dist/main.js", which is not a file in the package`},
		{"manifest: main is no source", map[string]string{"p/manifest.json": `{` + valid + `, "main": "note.txt"}`, "p/note.txt": ""}, "p", "", `field "main" names "note.txt", which is no JavaScript or TypeScript file`},
		{"manifest: main is a folder", map[string]string{"p/manifest.json": `{` + valid + `, "main": "dist"}`, "p/dist/main.js": ";"}, "p", "", `field "main" names "dist", which is not a file in the package`},
		{"manifest: main to be built", map[string]string{"p/manifest.json": `{` + valid + `, "main": "dist/main.js"}`, "p/package.json": `{"scripts": {"build": "node build.js"}}`}, "p", "", `field "main" names "dist/main.js", which is not a file in the package: if it is built from other files, run npm run build first`},
		{"manifest: main is empty", map[string]string{"p/manifest.json": `{` + valid + `, "main": "m.js"}`, "p/m.js": ""}, "p", "", `field "main" names "m.js", which is empty: there is nothing to run`},
		{"manifest: not JSON", map[string]string{"p/manifest.json": "{\n x}", "p/src/m.js": ";"}, "p/src/m.js", "", `manifest.json:2:2: is not valid JSON: invalid character 'x'`},
		{"manifest: other engine", map[string]string{"p/manifest.json": `{` + valid + `, "engineVersion": "^2.0.0"}`, "p/m.js": ";"}, "p/m.js", "", `extension m needs engine version ^2.0.0, and this is 1.5.0`},
		{"package.json: not JSON", map[string]string{"p/package.json": "{"}, "p", "", `package.json:1:2: is not valid JSON: it ends too early`},
		{"manifest: main without an ending", map[string]string{"p/manifest.json": `{` + valid + `, "main": "src/main"}`, "p/src/main.ts": ";"}, "p", "", `field "main" names "src/main", which is not a file in the package: did you mean "src/main.ts"?`},
		{"package.json: main without an ending", map[string]string{"p/package.json": `{"main": "./src/main", "scripts": {"build": "tsc"}}`}, "p", "", `names "./src/main", which is not a file in the package, nor is it one with an ending (.js .mjs .cjs .jsx .ts .mts .cts .tsx), nor a folder with an index: if it is built from other files, run npm run build first`},
		{"package.json: main missing", map[string]string{"p/package.json": `{"main": "lib/m.js"}`}, "p", "", `package.json:1:10: field "main" names "lib/m.js", which is not a file in the package`},
		{"package.json: main to be built", map[string]string{"p/package.json": `{"main": "lib/m.js", "scripts": {"build": "tsc"}}`}, "p", "", `which is not a file in the package: if it is built from other files, run npm run build first`},
		{"package.json: main outside", map[string]string{"p/package.json": `{"main": "../m.js"}`, "m.js": ";"}, "p", "", `field "main" names "../m.js", which leads out of the package`},
		{"package.json: main is no source", map[string]string{"p/package.json": `{"main": "m.wasm"}`, "p/m.wasm": "x"}, "p", "", `field "main" names "m.wasm", which is no JavaScript or TypeScript file`},
		{"package.json: no entry", map[string]string{"p/package.json": `{"main": false}`}, "p", "", "p: the folder has no entry"},
		{"empty file", map[string]string{"a.js": ""}, "a.js", "", "a.js is empty: there is nothing to run"},
		{"empty file in a folder", map[string]string{"p/index.ts": ""}, "p", "", "p: index.ts is empty: there is nothing to run"},
	}
	var said []string
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{EngineVersion: "1.5.0"})
			folder := runtimetest.Write(t, test.files)
			_, err := w.Host.Start(filepath.Join(folder, filepath.FromSlash(test.path)), test.id)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
			if len(test.path) < 6 && test.id == "" && len(said) < 4 {
				said = append(said, strings.ReplaceAll(err.Error(), folder+string(filepath.Separator), ""))
			}
		})
	}
	observed.Note(t, strings.Join(said, "; "))
}

// TestLinks has entries behind symbolic links: one inside of the package is as
// good as a file, one that leads out of it is none.
func TestLinks(t *testing.T) {
	for _, named := range []string{"manifest.json", "package.json"} {
		folder := runtimetest.Write(t, map[string]string{"p/src/a.js": ";", "b.js": ";",
			"p/" + named: `{"id": "m", "name": "M", "version": "1.0.0", "main": "link.js"}`})
		link := filepath.Join(folder, "p", "link.js")
		for target, want := range map[string]string{"src/a.js": "", "../b.js": `field "main" names "link.js", which leads out of the package`} {
			os.Remove(link)
			if err := os.Symlink(filepath.FromSlash(target), link); err != nil {
				t.Skip(err)
			}
			w := runtimetest.New(t, runtime.Options{})
			_, err := w.Host.Start(filepath.Join(folder, "p"), "")
			if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
				t.Errorf("%s, %s: got %v", named, target, err)
			}
		}
	}
}

func TestEngineVersionOfTheHost(t *testing.T) {
	if _, err := runtime.NewHost(runtime.Options{EngineVersion: "latest"}); err == nil {
		t.Error("a host calls its version latest")
	}
}

func TestManifestThatIsAFolder(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{"a.js": ";", "manifest.json/x": ""})
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.Host.Start(filepath.Join(folder, "a.js"), "")
	wrong, ok := errors.AsType[*runtime.ManifestError](err)
	if !ok || wrong.Reason != "is not a regular file" {
		t.Errorf("got %v", err)
	}
}

func TestDescribeManifest(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{"a.js": ";", "manifest.json": "\ufeff{\r\n  \"id\": \"m\", \"name\": \"日本\", \"version\": 1\r\n}"})
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.Host.Start(filepath.Join(folder, "a.js"), "")
	want := `manifest.json:2:39: field "version" must be a string, not a number` + "\n" +
		`> 2 |   "id": "m", "name": "日本", "version": 1` + "\n" + "    |" + strings.Repeat(" ", 41) + "^"
	if got := runtime.Describe(err); !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestHugeManifest(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{"a.js": ";", "manifest.json": ""})
	if err := os.Truncate(filepath.Join(folder, "manifest.json"), 2<<20); err != nil {
		t.Fatal(err)
	}
	w := runtimetest.New(t, runtime.Options{})
	if _, err := w.Host.Start(filepath.Join(folder, "a.js"), ""); err == nil || !strings.HasSuffix(err.Error(), "is larger than 1048576 bytes") {
		t.Errorf("got %v", err)
	}
}

func TestSourcesThatCannotBeBundled(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"syntax error", map[string]string{"a.ts": "let x: number = 1;\nlet y = = 2;\n"}, "a.ts:2:9: Unexpected \"=\"\n> 2 | let y = = 2;\n    |         ^"},
		{"missing import", map[string]string{"a.ts": "import { x } from \"./lib\";\nconsole.log(x);", "lib.ts": "import \"./nothing\"; export const x = 1;"}, "lib.ts:1:"},
	}
	var said []string
	for _, test := range tests {
		w := runtimetest.New(t, runtime.Options{})
		_, err := w.Host.Start(filepath.Join(runtimetest.Write(t, test.files), "a.ts"), "")
		said = append(said, err.Error())
		if _, ok := errors.AsType[*sdk.BuildError](err); !ok || !strings.HasPrefix(runtime.Describe(err), test.want) {
			t.Errorf("%s: got %s", test.name, runtime.Describe(err))
		}
		if w.Host.Extension("a") != nil {
			t.Error("the id is taken")
		}
	}
	observed.Note(t, strings.Join(said, "; "))
}
