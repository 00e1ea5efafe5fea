//go:build unix

package runtime_test

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// builtCode throws in its first line, where its map says that it was
// src/original.ts:3:5.
const builtCode = `throw new Error("built");` + "\n//# sourceMappingURL="

// builtMap is that map.
func builtMap(source string, contents ...string) string {
	text, _ := json.Marshal(map[string]any{"version": 3, "sources": []string{source}, "sourcesContent": contents, "names": []string{}, "mappings": "AAEI"})
	return string(text)
}

const original = "// one\n// two\n    throw \"the original\";\n"

// shownOf is what is shown of an extension that throws at top level.
func shownOf(t *testing.T, files map[string]string, prepare func(folder string)) string {
	t.Helper()
	folder := runtimetest.Write(t, files)
	if prepare != nil {
		prepare(folder)
	}
	w := runtimetest.New(t, runtime.Options{})
	_, err := w.Host.Load(t.Context(), filepath.Join(folder, "p", "dist", "main.js"))
	if err == nil {
		t.Fatal("nothing was thrown")
	}
	return runtime.Describe(err)
}

// TestBuiltSources has a built script whose map leads to sources in the package,
// to sources that are only in the map, and elsewhere.
func TestBuiltSources(t *testing.T) {
	const manifest = `{"id": "test", "name": "Test", "version": "1.0.0"}`
	mapped := "src/original.ts:3:5 (in top-level code)\n"
	framed := mapped + "  1 | // one\n  2 | // two\n> 3 |     throw \"the original\";\n    |     ^\n"
	unmapped := "dist/main.js:1:7 (in top-level code)\n> 1 | throw new Error(\"built\");\n    |       ^\n"
	inline := "data:application/json;base64," + base64.StdEncoding.EncodeToString([]byte(builtMap("../src/original.ts", original)))
	tests := []struct {
		name, reference, sourceMap string
		extra                      map[string]string
		prepare                    func(folder string)
		want                       string
	}{
		{"source in the package", "main.js.map", builtMap("../src/original.ts"), map[string]string{"p/src/original.ts": original}, nil, framed},
		{"source in the map", "main.js.map", builtMap("../src/original.ts", original), nil, nil, framed},
		{"the package's before the map's", "main.js.map", builtMap("../src/original.ts", "other"), map[string]string{"p/src/original.ts": original}, nil, framed},
		{"source in a map in the script", inline, "", nil, nil, framed},
		{"source in a map in the script, as plain text", "data:application/json," + url.PathEscape(builtMap("../src/original.ts", original)), "", nil, nil, framed},
		{"source nowhere", "main.js.map", builtMap("../src/original.ts"), nil, nil, mapped + "Error: built"},
		{"no map", "main.js.map", "", nil, nil, unmapped},
		{"a map that is broken", "main.js.map", `{"version": 3, "sources": 5`, nil, nil, unmapped},
		{"a map whose mappings are broken", "main.js.map", `{"version": 3, "sources": ["x"], "mappings": "?!"}`, nil, nil, unmapped},
		{"a map outside", "../../main.js.map", "", map[string]string{"main.js.map": builtMap("x.ts", original)}, nil, unmapped},
		{"a map with an address", "https://127.0.0.1:1/main.js.map", "", nil, nil, unmapped},
		{"a map with an absolute name", "/main.js.map", "", nil, nil, unmapped},
		{"a map behind a link that leads out", "link.map", "", map[string]string{"outside.map": builtMap("x.ts", original)},
			func(folder string) {
				os.Symlink(filepath.Join(folder, "outside.map"), filepath.Join(folder, "p", "dist", "link.map"))
			}, unmapped},
		{"a map that is a pipe", "pipe.map", "", nil,
			func(folder string) { syscall.Mkfifo(filepath.Join(folder, "p", "dist", "pipe.map"), 0o600) }, unmapped},
		{"a map of 100 MB", "main.js.map", " ", nil,
			func(folder string) { os.Truncate(filepath.Join(folder, "p", "dist", "main.js.map"), 100<<20) }, unmapped},
		{"a source outside", "main.js.map", builtMap("../../secret.txt"), map[string]string{"secret.txt": original}, nil, "../secret.txt:3:5 (in top-level code)\nError: built"},
		{"a source behind a link that leads out", "main.js.map", builtMap("../src/original.ts"), map[string]string{"secret.txt": original, "p/src/x": ""},
			func(folder string) {
				os.Symlink(filepath.Join(folder, "secret.txt"), filepath.Join(folder, "p", "src", "original.ts"))
			}, mapped + "Error: built"},
		{"a source that is a pipe", "main.js.map", builtMap("../src/original.ts"), map[string]string{"p/src/x": ""},
			func(folder string) { syscall.Mkfifo(filepath.Join(folder, "p", "src", "original.ts"), 0o600) }, mapped + "Error: built"},
		{"a source with a strange name", "main.js.map", builtMap("../src/100%25%20[%C3%A9]%20%231%3F.ts", original), nil, nil, "src/100% [é] #1?.ts:3:5 (in top-level code)\n  1 | // one\n"},
		{"a source of webpack", "main.js.map", builtMap("webpack://app/./src/original.ts", original), nil, nil, framed},
		{"a source with an address", "main.js.map", builtMap("https://127.0.0.1:1/x/../y.ts?a", original), nil, nil, "https://127.0.0.1:1/y.ts?a:3:5 (in top-level code)\n"},
		{"a source root", "main.js.map", strings.Replace(builtMap("original.ts", original), "{", `{"sourceRoot": "../src/",`, 1), nil, nil, framed},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := map[string]string{"p/manifest.json": manifest, "p/dist/main.js": builtCode + test.reference}
			for name, text := range test.extra {
				files[name] = text
			}
			if test.sourceMap != "" {
				files["p/dist/main.js.map"] = test.sourceMap
			}
			if got := shownOf(t, files, test.prepare); !strings.HasPrefix(got, test.want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, test.want)
			}
		})
	}
}
