package sdk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/sdk"
	"golang.org/x/tools/txtar"
)

// project is a package that looks for its modules in all places there are.
const project = `
-- src/main.ts --
import { a } from "./a"; import p from "p"; import part from "@s/q/part"; import linked from "linked"; import data from "./data.json"; import { inner } from "../lib"; import mapped from "@lib/mapped";
say(a, p, part, linked, data.x, inner, mapped)
-- src/a.ts --
export const a = 1
-- src/data.json --
{"x": 2}
-- lib/index.js --
export const inner = 3
//# sourceMappingURL=index.js.map
-- lib/index.js.map --
{"version": 3, "sources": ["inner.ts"], "mappings": "AAAA"}
-- lib/mapped.ts --
export default "mapped"
-- package.json --
{"name": "project"}
-- tsconfig.json --
{"extends": "./tsconfig.base"}
-- tsconfig.base.json --
{"compilerOptions": {"paths": {"@lib/*": ["./first/*", "./lib/*"]}}}
-- node_modules/p/package.json --
{"name": "p", "module": "./esm/x.js", "main": "./cjs/x.js"}
-- node_modules/p/cjs/x.js --
module.exports = "cjs"
-- node_modules/@s/q/package.json --
{"name": "@s/q", "exports": {"./part": "./one.js"}}
-- node_modules/@s/q/one.js --
export default "one"
-- node_modules/@s/q/two.js --
export default "two"
-- elsewhere/v1/package.json --
{"name": "linked"}
-- elsewhere/v1/index.js --
export default "v1"
-- elsewhere/v2/package.json --
{"name": "linked"}
-- elsewhere/v2/index.js --
export default "v2"
`

// A workshop is a project with a cache beside it.
type workshop struct {
	t                    *testing.T
	folder, entry, cache string
}

// newWorkshop has the project above.
func newWorkshop(t *testing.T) workshop {
	t.Helper()
	w := newWorkshopFor(t, project)
	w.link("elsewhere/v1", "node_modules/linked")
	return w
}

// newWorkshopFor has another project, whose first file is the entry.
func newWorkshopFor(t *testing.T, archive string) workshop {
	t.Helper()
	entry := txtar.Parse([]byte(archive)).Files[0].Name
	return workshop{t, lay(t, archive), entry, filepath.Join(t.TempDir(), "cache", "extrun")}
}

// input has the package at the top, or in a folder pkg.
func (w workshop) input() sdk.Input {
	root := w.folder
	if strings.HasPrefix(w.entry, "pkg/") {
		root = filepath.Join(root, "pkg")
	}
	return sdk.Input{Entry: filepath.Join(w.folder, w.entry), Root: root, CacheDir: w.cache}
}

// bundle returns what the bundle says, and whether it was made or taken.
func (w workshop) bundle() (said, how string) {
	w.t.Helper()
	bundled, err := sdk.Bundle(w.input())
	if err != nil {
		w.t.Fatal(err)
	}
	if bundled.CacheErr != nil {
		w.t.Fatal(bundled.CacheErr)
	}
	how = "made"
	if bundled.Cached {
		how = "taken"
	}
	return play(w.t, bundled), how
}

func (w workshop) write(name, content string) {
	w.t.Helper()
	path := filepath.Join(w.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		w.t.Fatal(err)
	}
}

func (w workshop) remove(name string) {
	w.t.Helper()
	if err := os.RemoveAll(filepath.Join(w.folder, name)); err != nil {
		w.t.Fatal(err)
	}
}

// link makes a symbolic link, in place of what is there.
func (w workshop) link(to, name string) {
	w.t.Helper()
	w.remove(name)
	if err := os.Symlink(filepath.Join(w.folder, to), filepath.Join(w.folder, name)); err != nil {
		w.t.Skip(err)
	}
}

// kept is the one file in the cache.
func (w workshop) kept() string {
	w.t.Helper()
	files, err := filepath.Glob(filepath.Join(w.cache, "*"))
	if err != nil || len(files) != 1 {
		w.t.Fatal(files, err)
	}
	return files[0]
}

// before is what the project says at first.
const before = "1 cjs one v1 2 3 mapped"

// changes are what may happen to it, and what it says then.
var changes = []struct {
	name   string
	change func(w workshop)
	how    string
	said   string
}{
	{"nothing", func(workshop) {}, "taken", before},
	{"the same content again", func(w workshop) { w.write("src/a.ts", "export const a = 1\n") }, "taken", before},
	{"a file where nobody looks", func(w workshop) { w.write("elsewhere/README.md", "hello") }, "taken", before},
	{"content of a module", func(w workshop) { w.write("src/a.ts", "export const a = 9\n") }, "made", "9 cjs one v1 2 3 mapped"},
	{"content of the entry", func(w workshop) { w.write("src/main.ts", "say(4)") }, "made", "4"},
	{"content of JSON", func(w workshop) { w.write("src/data.json", `{"x": 5}`) }, "made", "1 cjs one v1 5 3 mapped"},
	{"content of a package", func(w workshop) { w.write("node_modules/p/cjs/x.js", "module.exports = 'new'") }, "made", "1 new one v1 2 3 mapped"},
	{"content of a source map", func(w workshop) {
		w.write("lib/index.js.map", `{"version": 3, "sources": ["other.ts"], "mappings": "AAAA"}`)
	}, "made", before},
	{"no source map", func(w workshop) { w.remove("lib/index.js.map") }, "made", before},
	{"a file that shadows a module", func(w workshop) { w.write("src/a.tsx", "export const a = 'tsx'"); w.remove("src/a.ts") }, "made", "tsx cjs one v1 2 3 mapped"},
	{"a file that shadows a folder", func(w workshop) { w.write("lib.js", "export const inner = 'file'") }, "made", "1 cjs one v1 2 file mapped"},
	{"an index that comes first", func(w workshop) { w.write("lib/index.tsx", "export const inner = 'tsx'") }, "made", "1 cjs one v1 2 tsx mapped"},
	{"a module that its package.json has always named", func(w workshop) { w.write("node_modules/p/esm/x.js", "export default 'esm'") }, "made", "1 esm one v1 2 3 mapped"},
	{"exports", func(w workshop) {
		w.write("node_modules/@s/q/package.json", `{"name": "@s/q", "exports": {"./part": "./two.js"}}`)
	}, "made", "1 cjs two v1 2 3 mapped"},
	{"a new package.json", func(w workshop) {
		w.write("lib/package.json", `{"main": "main.js"}`)
		w.write("lib/main.js", "export const inner = 'main'")
	}, "made", "1 cjs one v1 2 main mapped"},
	{"a package nearer by", func(w workshop) { w.write("src/node_modules/p/index.js", "export default 'near'") }, "made", "1 near one v1 2 3 mapped"},
	{"a file for a package nearer by", func(w workshop) { w.write("src/node_modules/p.js", "export default 'file'") }, "made", "1 file one v1 2 3 mapped"},
	{"a link led elsewhere", func(w workshop) { w.link("elsewhere/v2", "node_modules/linked") }, "made", "1 cjs one v2 2 3 mapped"},
	{"a folder in place of a link", func(w workshop) {
		w.remove("node_modules/linked")
		w.write("node_modules/linked/index.js", "export default 'real'")
	}, "made", "1 cjs one real 2 3 mapped"},
	{"a link in place of a folder", func(w workshop) {
		w.write("lib2/index.js", "export const inner = 'lib2'")
		w.write("lib2/mapped.ts", "export default 'mapped'")
		w.link("lib2", "lib")
	}, "made", "1 cjs one v1 2 lib2 mapped"},
	{"a tsconfig.json", func(w workshop) { w.write("src/tsconfig.json", `{"extends": "../tsconfig"}`) }, "made", before},
	{"an extended tsconfig.json", func(w workshop) {
		w.write("lib3/mapped.js", "export default 'other'")
		w.write("tsconfig.base.json", `{"compilerOptions": {"paths": {"@lib/*": ["./lib3/*"]}}}`)
	}, "made", "1 cjs one v1 2 3 other"},
	{"an extended file without its ending", func(w workshop) {
		w.write("lib3/mapped.js", "export default 'other'")
		w.write("tsconfig.base", `{"compilerOptions": {"paths": {"@lib/*": ["./lib3/*"]}}}`)
	}, "made", "1 cjs one v1 2 3 other"},
	{"a path that was looked at first", func(w workshop) { w.write("first/mapped.js", "export default 'first'") }, "made", "1 cjs one v1 2 3 first"},
}

func TestCacheAfterChange(t *testing.T) {
	for _, test := range changes {
		t.Run(test.name, func(t *testing.T) {
			w := newWorkshop(t)
			for _, how := range []string{"made", "taken"} {
				if said, got := w.bundle(); got != how || said != before {
					t.Fatalf("before the change: %s, and says %q", got, said)
				}
			}
			test.change(w)
			if said, how := w.bundle(); how != test.how || said != test.said {
				t.Errorf("%s, and says %q; want it %s, saying %q", how, said, test.how, test.said)
			}
			if said, how := w.bundle(); how != "taken" || said != test.said {
				t.Errorf("afterwards %s, and says %q", how, said)
			}
		})
	}
}
