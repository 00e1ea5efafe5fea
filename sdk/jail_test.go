package sdk

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// place writes files, and makes links of those whose content begins with "->".
func place(t *testing.T, files map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if to, ok := strings.CutPrefix(content, "->"); ok {
			if err := os.Symlink(to, path); err != nil {
				t.Skip(err)
			}
		} else if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestLinkedPackages has links in node_modules, which lead to packages or to
// what is nobody's business.
func TestLinkedPackages(t *testing.T) {
	for _, test := range []struct {
		name, link, source string
		works              bool
	}{
		{"a package", "b", `import "b"`, true},
		{"a part of one", "b", `import p from "b/secret" with { type: "text" }`, true},
		{"a package of another name", "x", `import "x"`, false},
		{"a folder of no package", "etc", `import p from "etc/secret" with { type: "text" }`, false},
		{"the folder around", "all", `import p from "all/etc/secret" with { type: "text" }`, false},
	} {
		folder := place(t, map[string]string{
			"package.json": `{"name": "all"}`, "etc/secret": "s", "b/package.json": `{"name": "b"}`, "b/index.js": "", "b/secret": "s",
			"app/main.js": test.source, "app/node_modules/b": "->../../b", "app/node_modules/x": "->../../b", "app/node_modules/etc": "->../../etc",
			"app/node_modules/all": "->../..",
		})
		_, err := Bundle(Input{Entry: filepath.Join(folder, "app", "main.js")})
		if (err == nil) != test.works || err != nil && !strings.Contains(err.Error(), "is outside of the package that imports it") {
			t.Errorf("%s: got %v", test.name, err)
		}
		modules := NewModules(filepath.Join(realOf(t, folder), "app"), 0, 0)
		found, err := modules.Find(test.link+"/etc/secret", filepath.Join(realOf(t, folder), "app"))
		if err == nil {
			_, err = modules.Load(found)
		}
		if err == nil {
			t.Errorf("%s: could be required", test.name)
		}
	}
}

// TestPatternInLinkedPackage has a pattern in a package of the workspace, which
// matches what is no source.
func TestPatternInLinkedPackage(t *testing.T) {
	folder := place(t, map[string]string{
		"main.js": `import "b"`, "b/package.json": `{"name": "b"}`, "b/index.js": `module.exports = (n) => require("./data/" + n)`,
		"b/data/a.psd": "", "node_modules/b": "->../b",
	})
	if _, err := Bundle(Input{Entry: filepath.Join(folder, "main.js")}); err != nil {
		t.Error(err)
	}
}

func realOf(t *testing.T, name string) string {
	t.Helper()
	real, err := filepath.EvalSymlinks(name)
	if err != nil {
		t.Fatal(err)
	}
	return real
}

// TestTraceStaysInside refers to a folder outside in all ways there are: what is
// in there may not even be looked at.
func TestTraceStaysInside(t *testing.T) {
	folder := realOf(t, place(t, map[string]string{
		"secret/key": "s", "secret/main.js.map": "{}", "app/node_modules/etc": "->../../secret", "app/package.json": `{"main": "../secret/key", "browser": {"./x": "../secret/key"}}`,
		"app/main.js": "try { require('../secret/nope'); } catch {}\ntry { require('etc/nope'); } catch {}\n//# sourceMappingURL=../secret/key\n/*@ sourceMappingURL=../secret/main.js.map */",
	}))
	input, err := Input{Entry: filepath.Join(folder, "app", "main.js")}.complete()
	if err != nil {
		t.Fatal(err)
	}
	input.trace = &trace{}
	if _, err := bundle(input); err != nil {
		t.Fatal(err)
	}
	if len(input.trace.answers) == 0 {
		t.Error("nothing was remembered")
	}
	for o := range input.trace.answers {
		real, err := filepath.EvalSymlinks(o.Name)
		if err == nil && o.Kind != ofLink && within(filepath.Join(folder, "secret"), real) {
			t.Errorf("%c %s was looked at", o.Kind, o.Name)
		}
	}
}

// TestNamedFiles resolves the links of a named path once, however often it is
// asked for.
func TestNamedFiles(t *testing.T) {
	folder := realOf(t, place(t, map[string]string{"a.psd": "", "link.js": "->a.psd", "folder/index.ts": ""}))
	var named namedFiles
	named.add(filepath.Join(folder, "link"))
	named.add(filepath.Join(folder, "folder"))
	for file, want := range map[string]bool{"a.psd": true, "link.js": true, "LINK.ts": true, "folder/index.ts": true, "b.psd": false, "node_modules/x": true} {
		if got := named.has(filepath.Join(folder, file)); got != want {
			t.Errorf("%s: got %v", file, got)
		}
	}
	if err := os.Remove(filepath.Join(folder, "link.js")); err != nil {
		t.Fatal(err)
	}
	if !named.has(filepath.Join(folder, "a.psd")) {
		t.Error("the link was looked up again")
	}
}

// TestModulesReadTheProjectOnce breaks tsconfig.json after it was read.
func TestModulesReadTheProjectOnce(t *testing.T) {
	folder := realOf(t, place(t, map[string]string{"tsconfig.json": "{}", "a.ts": "exports.a = 1", "b.ts": "exports.b = 1"}))
	modules := NewModules(folder, 0, 0)
	for _, id := range []string{"./a", "./b"} {
		found, err := modules.Find(id, folder)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := modules.Load(found); err != nil {
			t.Error(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "tsconfig.json"), []byte("{"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
