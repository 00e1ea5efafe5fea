//go:build unix

package sdk_test

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// TestPipes puts a named pipe, which blocks whoever reads it, wherever a
// bundler may look.
func TestPipes(t *testing.T) {
	for _, test := range []struct{ name, archive, pipe, want string }{
		{"entry", "-- main.js --\n", "main.js", "main.js can't be read: it is no regular file"},
		{"import", "-- main.js --\nimport './a'\n", "a.js", "main.js:1:8: a.js can't be read: it is no regular file"},
		{"package.json", "-- main.js --\nimport './a'\n-- a.js --\n", "package.json", "main.js:1:8: package.json can't be read: it is no regular file"},
		{"package.json of a folder", "-- main.js --\nimport './a'\n-- a/index.js --\n", "a/package.json", "main.js:1:8: a/package.json can't be read: it is no regular file"},
		{"package.json of a package", "-- main.js --\nimport 'a'\n-- node_modules/a/index.js --\n", "node_modules/a/package.json",
			"main.js:1:8: node_modules/a/package.json can't be read: it is no regular file"},
		{"package.json of the entry", "-- src/main.js --\nsay(1)\n-- a.js --\n", "package.json", ""},
		{"package.json of what matches a pattern", "-- main.js --\nrequire('./a/' + say)\n-- a/b/c/d.js --\n", "a/b/package.json",
			"main.js:1:1: a/b/package.json can't be read: it is no regular file"},
		{"tsconfig.json", "-- src/main.ts --\nsay(1)\n", "tsconfig.json", "tsconfig.json: can't be read: it is no regular file"},
		{"what tsconfig.json extends", "-- main.ts --\nsay(1)\n-- tsconfig.json --\n{\"extends\": \"./base\"}\n", "base.json", "base.json: can't be read: it is no regular file"},
		{"where tsconfig.json leads", "-- main.ts --\nimport 'a/b'\n-- tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"a/*\": [\"./x/*\"]}}}\n-- x/b/index.js --\n", "x/b/package.json",
			"main.ts:1:8: x/b/package.json can't be read: it is no regular file"},
		{"source map", "-- main.js --\nsay(1) //# sourceMappingURL=main.js.map\n", "main.js.map", ""},
		{"source map of a comment", "-- main.js --\n/*# sourceMappingURL=x*/say(1)\n", "x", ""},
		{"source map with a query", "-- main.js --\nsay(1) //@ sourceMappingURL=./%78?y#z\n", "x", ""},
		{"source map in a folder", "-- main.js --\nsay(1) //# sourceMappingURL=a/../b/x\n-- b/y --\n", "b/x", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder, _, _ := strings.Cut(test.archive[len("-- "):], " --")
			entry, folder := folder, lay(t, test.archive)
			pipe := filepath.Join(folder, test.pipe)
			os.Remove(pipe)
			if err := syscall.Mkfifo(pipe, 0o644); err != nil {
				t.Skip(err)
			}
			_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, entry), Root: folder})
			if test.want == "" && err != nil {
				t.Error(err)
			} else if test.want != "" && first(t, err).String() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestPipeByURL(t *testing.T) {
	folder := lay(t, "-- main.js --\n")
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o644); err != nil {
		t.Skip(err)
	}
	for _, reference := range []string{"file://" + pipe, "file://localhost" + pipe, pipe, "//localhost" + pipe, "FILE://" + pipe} {
		entry := filepath.Join(folder, "main.js")
		if err := os.WriteFile(entry, []byte("say(1)\n//# sourceMappingURL="+reference), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := sdk.Bundle(sdk.Input{Entry: entry}); err != nil {
			t.Error(err)
		}
	}
}

// TestPipesBehindLinks puts them beside the folder that a link leads to.
func TestPipesBehindLinks(t *testing.T) {
	for _, test := range []struct{ name, entry, from, to, pipe string }{
		{"folder", "import './a/link/x.js'", "a/link", "c/d", "c/package.json"},
		{"file", "import './a/x'", "a/x.js", "c/d/x.js", "c/package.json"},
		{"package", "import 'p'", "node_modules/p", "c/d", "c/package.json"},
		{"part of a package", "import 'p/x.js'", "node_modules/p", "c/d", "c/package.json"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := lay(t, "-- main.js --\n"+test.entry+"\n-- c/d/x.js --\n-- c/d/index.js --\n-- a/y.js --\n-- node_modules/y --\n")
			if err := os.Symlink(filepath.Join(folder, test.to), filepath.Join(folder, test.from)); err != nil {
				t.Skip(err)
			}
			if err := syscall.Mkfifo(filepath.Join(folder, test.pipe), 0o644); err != nil {
				t.Skip(err)
			}
			_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "main.js"), Root: folder})
			if want := "main.js:1:8: " + test.pipe + " can't be read: it is no regular file"; first(t, err).String() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}

// TestPipesBehindLinksElsewhere has the links in a package that is itself
// elsewhere.
func TestPipesBehindLinksElsewhere(t *testing.T) {
	for _, test := range []struct{ name, source, from, to string }{
		{"file", "import './lib/x.js'", "b/lib/x.js", "c/d/x.js"},
		{"folder", "import './lib/link/x'", "b/lib/link", "c/d"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := lay(t, "-- app/main.js --\nimport 'b'\n-- app/node_modules/y --\n-- b/package.json --\n{\"name\": \"b\", \"main\": \"src/i.js\"}\n-- b/src/i.js --\n"+strings.Replace(test.source, "./", "../", 1)+"\n-- b/lib/y --\n-- c/d/x.js --\n")
			for from, to := range map[string]string{"app/node_modules/b": "b", test.from: test.to} {
				if err := os.Symlink(filepath.Join(folder, to), filepath.Join(folder, from)); err != nil {
					t.Skip(err)
				}
			}
			if err := syscall.Mkfifo(filepath.Join(folder, "c", "package.json"), 0o644); err != nil {
				t.Skip(err)
			}
			_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "app", "main.js")})
			if want := "../b/src/i.js:1:8: ../c/package.json can't be read: it is no regular file"; first(t, err).String() != want {
				t.Errorf("got  %v\nwant %s", err, want)
			}
		})
	}
}
