package e2e

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

var update = flag.Bool("update", false, "rewrite what the programs of packages are expected to write, with what they write on Node.js")

const packages = "packages"

// TestPackages runs programs that do real work with packages from npm, as they
// are published. What they have to write is what they write on Node.js.
func TestPackages(t *testing.T) {
	needPackages(t)
	programs, err := filepath.Glob(filepath.Join(packages, "programs", "*.ts"))
	if err != nil || len(programs) < 8 {
		t.Fatalf("found %d programs, want 8 at least: %v", len(programs), err)
	}
	for _, source := range programs {
		t.Run(filepath.Base(source), func(t *testing.T) {
			t.Parallel()
			expected := strings.TrimSuffix(source, ".ts") + ".txt"
			if *update {
				onNode(t, source, expected)
			}
			want, err := os.ReadFile(expected)
			if err != nil {
				t.Fatal(err)
			}
			absolute, err := filepath.Abs(source)
			if err != nil {
				t.Fatal(err)
			}
			run(t, absolute).expect(t, string(want), "", 0)
		})
	}
}

// TestPackagesOnASocket is an extension that builds on several packages at once.
func TestPackagesOnASocket(t *testing.T) {
	needPackages(t)
	_, flags := serveTLS(t, echoHost, echo)
	source, err := filepath.Abs(filepath.Join(packages, "realtime.ts"))
	if err != nil {
		t.Fatal(err)
	}
	run(t, append(flags, source)...).expect(t, `1: const
2: let
3: ünï😀
✖ Too small: expected string to have exactly 21 characters
  → at id
✖ Too small: expected number to be >0
  → at line
✖ Invalid input: expected string, received number
  → at text
closed
disposed
`, "", 0)
}

// needPackages skips a test where the packages were not installed, which needs
// npm and its registry.
func needPackages(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(packages, "node_modules")); err != nil {
		t.Skip("the packages are not installed: run make packages, which needs Node.js")
	}
}

// onNode writes down what a program writes on Node.js.
func onNode(t *testing.T, source, expected string) {
	t.Helper()
	script := filepath.Join(t.TempDir(), "program.mjs")
	built := api.Build(api.BuildOptions{
		EntryPoints: []string{source}, Outfile: script, Write: true, Bundle: true,
		Platform: api.PlatformNode, Format: api.FormatESModule,
		Banner: map[string]string{"js": `import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);`},
	})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	node := exec.Command("node", script)
	node.Env = append(os.Environ(), "TZ=UTC")
	node.Stderr = os.Stderr
	output, err := node.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(expected, output, 0o644); err != nil {
		t.Fatal(err)
	}
}
