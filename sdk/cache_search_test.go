package sdk_test

import (
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// searches are small projects, in each of which one place alone tells that a
// search for a module would end elsewhere.
var searches = []struct {
	name, archive, before string
	change                func(w workshop)
	after                 string
}{
	{"a file in place of a folder", "-- src/main.js --\nimport { x } from '../lib'; say(x)\n-- lib/index.js --\nexport const x = 'folder'\n", "folder", func(w workshop) {
		w.write("lib.js", "export const x = 'file'")
	}, "file"},
	{"a package's file beside its folder", "-- src/main.js --\nimport x from 'p'; say(x)\n-- node_modules/p/index.js --\nexport default 'folder'\n", "folder", func(w workshop) {
		w.write("node_modules/p.js", "export default 'file'")
	}, "file"},
	{"a package in a scope nearer by", "-- src/main.js --\nimport x from '@s/p'; say(x)\n-- node_modules/@s/p/index.js --\nexport default 'far'\n-- src/node_modules/@s/q/index.js --\n", "far", func(w workshop) {
		w.write("src/node_modules/@s/p/index.js", "export default 'near'")
	}, "near"},
	{"a package nearer by that had no part", "-- src/main.js --\nimport x from 'p'; say(x)\n-- node_modules/p/index.js --\nexport default 'far'\n" +
		"-- src/node_modules/p/package.json --\n{\"main\": \"gone.js\"}\n-- src/node_modules/p/here.js --\nexport default 'near'\n", "far", func(w workshop) {
		w.write("src/node_modules/p/package.json", `{"main": "here.js"}`)
	}, "near"},
	{"a file that a package.json names, in a folder below", "-- src/main.js --\nimport x from 'p'; say(x)\n-- node_modules/p/package.json --\n{\"module\": \"esm/x\", \"main\": \"cjs/x\"}\n" +
		"-- node_modules/p/esm/y.js --\n-- node_modules/p/cjs/x.js --\nmodule.exports = 'cjs'\n", "cjs", func(w workshop) {
		w.write("node_modules/p/esm/x.js", "export default 'esm'")
	}, "esm"},
	{"an index in a folder that a package.json names", "-- src/main.js --\nimport x from 'p'; say(x)\n-- node_modules/p/package.json --\n{\"module\": \"esm\", \"main\": \"cjs\"}\n" +
		"-- node_modules/p/esm/y.js --\n-- node_modules/p/cjs/index.js --\nmodule.exports = 'cjs'\n", "cjs", func(w workshop) {
		w.write("node_modules/p/esm/index.js", "export default 'esm'")
	}, "esm"},
	{"a link in place of an exported file", "-- src/main.js --\nimport x from 'p/part'; say(x)\n-- node_modules/p/package.json --\n{\"exports\": {\"./part\": \"./a/x.js\"}}\n" +
		"-- node_modules/p/a/x.js --\nexport { default } from 'z'\n-- node_modules/p/b/x.js --\nexport { default } from 'z'\n" +
		"-- node_modules/z/index.js --\nexport default 'outer'\n-- node_modules/p/b/node_modules/z/index.js --\nexport default 'inner'\n", "outer", func(w workshop) {
		w.link("node_modules/p/b/x.js", "node_modules/p/a/x.js")
	}, "inner"},
	{"the package.json nearest to an exported file", "-- src/main.js --\nimport 'p/part'; say('end')\n-- node_modules/p/package.json --\n{\"exports\": {\"./part\": \"./a/x.js\"}}\n" +
		"-- node_modules/p/a/x.js --\nsay('part')\n-- node_modules/p/a/package.json --\n{}\n", "part end", func(w workshop) {
		w.write("node_modules/p/a/package.json", `{"sideEffects": false}`)
	}, "end"},
	{"the package that imports name", "-- src/main.js --\nimport x from '#dep'; say(x)\n-- package.json --\n{\"imports\": {\"#dep\": \"dep\"}}\n-- node_modules/dep/index.js --\nexport default 'folder'\n", "folder", func(w workshop) {
		w.write("node_modules/dep.js", "export default 'file'")
	}, "file"},
	{"the package in a scope that imports name", "-- pkg/src/main.js --\nimport x from '#dep'; say(x)\n-- pkg/package.json --\n{\"imports\": {\"#dep\": \"@s/dep\"}}\n" +
		"-- pkg/node_modules/@s/q/index.js --\n-- node_modules/@s/dep/index.js --\nexport default 'far'\n", "far", func(w workshop) {
		w.write("pkg/node_modules/@s/dep/index.js", "export default 'near'")
	}, "near"},
	{"an index where a path of tsconfig.json leads first", "-- src/main.ts --\nimport x from '@/x'; say(x)\n-- tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./first/*\", \"./lib/*\"]}}}\n" +
		"-- first/x/y.ts --\n-- lib/x.ts --\nexport default 'lib'\n", "lib", func(w workshop) {
		w.write("first/x/index.ts", "export default 'first'")
	}, "first"},
	{"a link in place of tsconfig.json", "-- src/main.ts --\nimport x from '@/x'; say(x)\n-- tsconfig.json --\n{\"extends\": \"./a/base\"}\n" +
		"-- a/base.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./*\"]}}}\n-- a/x.ts --\nexport default 'a'\n" +
		"-- b/tsconfig.json --\n{\"extends\": \"./a/base\"}\n-- b/a/base.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./*\"]}}}\n-- b/a/x.ts --\nexport default 'b'\n", "a", func(w workshop) {
		w.link("b/tsconfig.json", "tsconfig.json")
	}, "b"},
	{"content of an extended file", "-- src/main.ts --\nimport x from '@/x'; say(x)\n-- tsconfig.json --\n{\"extends\": \"./config/base\"}\n" +
		"-- config/base.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"../a/*\"]}}}\n-- a/x.ts --\nexport default 'a'\n-- b/x.ts --\nexport default 'b'\n", "a", func(w workshop) {
		w.write("config/base.json", `{"compilerOptions": {"paths": {"@/*": ["../b/*"]}}}`)
	}, "b"},
	{"a file that is extended first", "-- src/main.ts --\nimport x from '@/x'; say(x)\n-- tsconfig.json --\n{\"extends\": \"./config/base\"}\n" +
		"-- config/base.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"../a/*\"]}}}\n-- a/x.ts --\nexport default 'a'\n-- b/x.ts --\nexport default 'b'\n", "a", func(w workshop) {
		w.write("config/base", `{"compilerOptions": {"paths": {"@/*": ["../b/*"]}}}`)
	}, "b"},
	{"a package that is extended, nearer by", "-- pkg/src/main.ts --\nimport x from '@/x'; say(x)\n-- pkg/tsconfig.json --\n{\"extends\": \"@t/base/tsconfig.json\"}\n-- pkg/node_modules/@t/q/index.js --\n" +
		"-- node_modules/@t/base/tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"${configDir}/a/*\"]}}}\n-- pkg/a/x.ts --\nexport default 'a'\n-- pkg/b/x.ts --\nexport default 'b'\n", "a", func(w workshop) {
		w.write("pkg/node_modules/@t/base/tsconfig.json", `{"compilerOptions": {"paths": {"@/*": ["${configDir}/b/*"]}}}`)
	}, "b"},
	{"a source map that is elsewhere", "-- src/main.js --\nsay('x')\n//# sourceMappingURL=../maps/main.js.map\n" +
		"-- maps/main.js.map --\n{\"version\": 3, \"sources\": [\"a.ts\"], \"mappings\": \"AAAA\"}\n-- maps/other.map --\n{\"version\": 3, \"sources\": [\"a.ts\"], \"mappings\": \"AAAA\"}\n", "x", func(w workshop) {
		w.link("maps/other.map", "maps/main.js.map")
	}, "x"},
}

func TestCacheAfterSearch(t *testing.T) {
	for _, test := range searches {
		t.Run(test.name, func(t *testing.T) {
			w := newWorkshopFor(t, test.archive)
			if said, how := w.bundle(); how != "made" || said != test.before {
				t.Fatalf("at first %s, and says %q, not %q", how, said, test.before)
			}
			if _, how := w.bundle(); how != "taken" {
				t.Fatalf("the second time %s", how)
			}
			test.change(w)
			if said, how := w.bundle(); how != "made" || said != test.after {
				t.Errorf("after the change %s, and says %q, not %q", how, said, test.after)
			}
			if _, how := w.bundle(); how != "taken" {
				t.Errorf("afterwards %s", how)
			}
		})
	}
}

// TestCacheAfterRetarget has a link to a module, which is led to another one.
func TestCacheAfterRetarget(t *testing.T) {
	w := newWorkshopFor(t, "-- src/main.js --\nimport x from '../lib/x'; say(x)\n-- lib/y.js --\n-- a/x.js --\nexport default 'a'\n-- b/x.js --\nexport default 'b'\n")
	for _, target := range []string{"a", "b"} {
		w.link(target+"/x.js", "lib/x.js")
		if said, how := w.bundle(); how != "made" || said != target {
			t.Errorf("the link to %s: %s, and says %q", target, how, said)
		}
		if _, how := w.bundle(); how != "taken" {
			t.Errorf("the link to %s, again: %s", target, how)
		}
	}
}

// TestCacheInDoubt has projects of which nobody can tell what they depend on.
func TestCacheInDoubt(t *testing.T) {
	for name, archive := range map[string]string{
		"a package.json that not everybody can read": "-- main.js --\nimport './a'\n-- a.js --\nsay(1)\n-- package.json --\n\ufeff{}\n",
		"all files that match a pattern":             "-- main.js --\nlet name = 'x.js'; say(require('./a/' + name))\n-- a/x.js --\nmodule.exports = 1\n",
	} {
		w := newWorkshopFor(t, archive)
		for range 2 {
			bundled, err := sdk.Bundle(w.input())
			if err != nil || bundled.Cached || bundled.CacheErr == nil {
				t.Errorf("%s: got %+v, %v", name, bundled, err)
			}
		}
	}
}
