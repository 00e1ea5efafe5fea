package runtime_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

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
		{"file name", map[string]string{"echo-client.js": ""}, "echo-client.js", "", "echo-client"},
		{"--id", map[string]string{"a.js": ""}, "a.js", "My.Id_1-x", "My.Id_1-x"},
		{"index file", map[string]string{"tool/index.ts": ""}, "tool/index.ts", "", "tool"},
		{"main file", map[string]string{"tool/main.mjs": ""}, "tool/main.mjs", "", "tool"},
		{"folder", map[string]string{"tool/index.js": ""}, "tool", "", "tool"},
		{"manifest beside the file", map[string]string{"a.js": "", "manifest.json": `{"id": "m", "name": "M", "version": "1.0.0"}`}, "a.js", "", "m"},
		{"manifest before --id", map[string]string{"a.js": "", "manifest.json": `{"id": "m", "name": "M", "version": "1.0.0"}`}, "a.js", "x", "m"},
		{"manifest above the file", map[string]string{"p/src/deep/a.ts": "", "p/manifest.json": fullManifest}, "p/src/deep/a.ts", "", "acme.tool"},
		{"not beyond the package", map[string]string{"p/src/a.ts": "", "p/package.json": "{}", "manifest.json": fullManifest}, "p/src/a.ts", "", "a"},
		{"folder with manifest", map[string]string{"p/src/app.ts": "", "p/manifest.json": fullManifest}, "p", "", "acme.tool"},
		{"manifest itself", map[string]string{"p/src/app.ts": "", "p/manifest.json": fullManifest}, "p/manifest.json", "", "acme.tool"},
		{"manifest with a BOM", map[string]string{"a.js": "", "manifest.json": "\ufeff" + `{"id": "m", "name": "M", "version": "1.0.0"}`}, "a.js", "", "m"},
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
		{"bad id", map[string]string{"a.js": ""}, "a.js", "no spaces", `the id is not a valid extension id: "no spaces"`},
		{"long id", map[string]string{"a.js": ""}, "a.js", strings.Repeat("a", 129), "is not a valid extension id"},
		{"id with a first dot", map[string]string{"a.js": ""}, "a.js", ".a", "is not a valid extension id"},
		{"bad name", map[string]string{"a b.js": ""}, "a b.js", "", "give the extension one with --id or a manifest.json"},
		{"manifest: no JSON", map[string]string{"a.js": "", "manifest.json": "{\n\n x}"}, "a.js", "", "manifest.json: is not valid JSON: line 3"},
		{"manifest: empty", map[string]string{"a.js": "", "manifest.json": ""}, "a.js", "", "manifest.json: is not valid JSON"},
		{"manifest: array", map[string]string{"a.js": "", "manifest.json": "[]"}, "a.js", "", "must be an object, not array"},
		{"manifest: no id", map[string]string{"a.js": "", "manifest.json": `{"name": "M", "version": "1.0.0"}`}, "a.js", "", `field "id" is missing`},
		{"manifest: bad id", map[string]string{"a.js": "", "manifest.json": `{"id": "a b"}`}, "a.js", "", `field "id" is not a valid extension id: "a b"`},
		{"manifest: id of wrong type", map[string]string{"a.js": "", "manifest.json": `{"id": 5}`}, "a.js", "", `field "id" must be a string, not number`},
		{"manifest: no name", map[string]string{"a.js": "", "manifest.json": `{"id": "m", "version": "1.0.0"}`}, "a.js", "", `field "name" is missing`},
		{"manifest: no version", map[string]string{"a.js": "", "manifest.json": `{"id": "m", "name": "M"}`}, "a.js", "", `field "version" is missing`},
		{"manifest: bad version", map[string]string{"a.js": "", "manifest.json": `{"id": "m", "name": "M", "version": "one"}`}, "a.js", "", `field "version" must be a semantic version such as 1.0.0, not "one"`},
		{"manifest: permissions", map[string]string{"a.js": "", "manifest.json": `{` + valid + `, "permissions": "all"}`}, "a.js", "", `field "permissions" must be an array of strings, not string`},
		{"manifest: permission of wrong type", map[string]string{"a.js": "", "manifest.json": `{` + valid + `, "permissions": [1]}`}, "a.js", "", `field "permissions" must be`},
		{"manifest: main outside", map[string]string{"p/manifest.json": `{` + valid + `, "main": "../a.js"}`, "a.js": ""}, "p", "", `field "main" must name a file inside the package, not "../a.js"`},
		{"manifest: main missing", map[string]string{"p/manifest.json": `{` + valid + `, "main": "dist/main.js"}`}, "p", "", `field "main" names "dist/main.js", which is not a file in the package`},
		{"manifest: main is no source", map[string]string{"p/manifest.json": `{` + valid + `, "main": "note.txt"}`, "p/note.txt": ""}, "p", "", `field "main" names "note.txt", which is no JavaScript or TypeScript file`},
		{"manifest: more than one value", map[string]string{"a.js": "", "manifest.json": `{` + valid + `} {}`}, "a.js", "", "there is more after the JSON object"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			folder := runtimetest.Write(t, test.files)
			_, err := w.Host.Start(filepath.Join(folder, filepath.FromSlash(test.path)), test.id)
			if err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestManifestThatIsAFolder(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{"a.js": "", "manifest.json/x": ""})
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.Host.Start(filepath.Join(folder, "a.js"), "")
	wrong, ok := errors.AsType[*runtime.ManifestError](err)
	if !ok || wrong.Reason != "is not a regular file" {
		t.Errorf("got %v", err)
	}
}

func TestHugeManifest(t *testing.T) {
	folder := runtimetest.Write(t, map[string]string{"a.js": "", "manifest.json": ""})
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
	for _, test := range tests {
		w := runtimetest.New(t, runtime.Options{})
		_, err := w.Host.Start(filepath.Join(runtimetest.Write(t, test.files), "a.ts"), "")
		if _, ok := errors.AsType[*sdk.BuildError](err); !ok || !strings.HasPrefix(runtime.Describe(err), test.want) {
			t.Errorf("%s: got %s", test.name, runtime.Describe(err))
		}
		if w.Host.Extension("a") != nil {
			t.Error("the id is taken")
		}
	}
}
