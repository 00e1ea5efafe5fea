// Package imports guards the architecture: who may import whom, and where the
// bridge's names may stand.
package imports

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/srcnexus/extrun/"

// rules say of a package what its dependencies, its own and theirs, must not
// include. A rule holds for what ships, not for tests.
var rules = []struct{ pkg, not string }{
	{"runtime/rpc", `\.`}, // nothing but the standard library, and itself
	{"hostnet", `dop251/goja`},
	{"hostnet", `extrun/runtime$`},
	{"hostnet", `extrun/sdk`},
	{"hostnet", `evanw/esbuild`},
	{"runtime", `extrun/hostnet`},
	{"runtime", `coder/websocket`},
	{"sdk", `dop251/goja`},
	{"sdk", `extrun/runtime`},
	{"sdk", `extrun/hostnet`},
	{"runtime/internal/inspect", `extrun/runtime$`},
	{"runtime/internal/guard", `extrun/runtime$`},
}

func TestImports(t *testing.T) {
	for _, rule := range rules {
		for _, dependency := range dependencies(t, rule.pkg) {
			if dependency == module+rule.pkg || isStandard(dependency) && strings.Contains(rule.not, `\.`) {
				continue
			}
			if regexp.MustCompile(rule.not).MatchString(dependency) {
				t.Errorf("%s must not depend on %s", rule.pkg, dependency)
			}
		}
	}
}

func isStandard(pkg string) bool {
	first, _, _ := strings.Cut(pkg, "/")
	return !strings.Contains(first, ".")
}

func dependencies(t *testing.T, pkg string) []string {
	t.Helper()
	out, err := exec.Command("go", "list", "-deps", module+pkg).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}

// bridgeNames are the functions by which an extension and its host call each
// other.
var bridgeNames = regexp.MustCompile(`\bsendMessage\b|__(resolveRpc|pushEvent|pushWsEvent|executeCommand|triggerOnLoad|triggerOnDispose)\b`)

// TestBridgeNames checks that the bridge's names stand in one Go file and one
// TypeScript file; comments may name them.
func TestBridgeNames(t *testing.T) {
	want := []string{"runtime/bridge.go", "sdk/src/core/host.ts"}
	root := filepath.Join("..", "..")
	var got []string
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "node_modules" || name == "dist" || name == "types_test" || name == "testdata" || name == "extensions" || strings.HasPrefix(name, ".git")) {
			return filepath.SkipDir
		}
		isSource := strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".ts") && !strings.HasSuffix(name, ".d.ts")
		if isSource && mentions(t, path) {
			relative, _ := filepath.Rel(root, path)
			got = append(got, filepath.ToSlash(relative))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the bridge's names stand in %v, want %v", got, want)
	}
}

var comment = regexp.MustCompile(`(?m)^\s*(//|\*|/\*).*$|\s//\s.*$`)

func mentions(t *testing.T, path string) bool {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return bridgeNames.Match(comment.ReplaceAll(text, nil))
}
