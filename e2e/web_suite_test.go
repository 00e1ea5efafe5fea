package e2e

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/hostnet"
	"github.com/srcnexus/extrun/runtime"
)

// webServers start what the tests of the network talk to, by the names that
// server.js exports: each returns its "host:port".
var webServers = map[string]func(*testing.T) string{
	"elsewhere": servePages,
	"pages":     servePages,
	"sockets":   serveSockets,
}

// TestWebSuite runs the tests of the web's globals that need a server, in
// extrun and in other runtimes, which prove that the tests ask for what the
// standards say.
func TestWebSuite(t *testing.T) {
	t.Run("extrun", func(t *testing.T) {
		w := newWorld(t, hostnet.Options{}, runtime.Options{TurnLimit: patience})
		ext, err := w.Host.Load(t.Context(), webSuite(t))
		if err != nil {
			t.Fatal(runtime.Describe(err))
		}
		w.Idle(ext)
		if got := w.Output(); !strings.HasSuffix(got, " tests, 0 failed") || len(w.Errors()) > 0 {
			t.Errorf("%v, %v\n%s", ext.Err(), w.Errors(), got)
		}
	})
	t.Run("node", func(t *testing.T) {
		node, err := exec.LookPath("node")
		if err != nil {
			t.Skip("Node.js is not installed: apt-get install nodejs")
		}
		runElsewhere(t, node, "--no-warnings", "--experimental-websocket", webSuite(t))
	})
	t.Run("deno", func(t *testing.T) {
		runElsewhere(t, needDeno(t), "run", "--no-prompt", "--quiet", "--allow-net=127.0.0.1,localhost", webSuite(t))
	})
}

// webSuite starts the servers, and returns the path of a script that tests with
// them.
func webSuite(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(filepath.Join("..", "runtime", "testdata", "web"))); err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for name, start := range webServers {
		fmt.Fprintf(&text, "export const %s = %q;\n", name, start(t))
	}
	if err := os.WriteFile(filepath.Join(folder, "server.js"), []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, "network.js")
}

// runElsewhere runs the suite in another runtime.
func runElsewhere(t *testing.T, command string, args ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	out, err := exec.CommandContext(ctx, command, args...).CombinedOutput()
	if text := strings.TrimSpace(string(out)); err != nil || !strings.HasSuffix(text, " tests, 0 failed") {
		t.Errorf("%v\n%s", err, text)
	}
}

// needDeno returns the path of Deno, as npm has installed it.
func needDeno(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join("runtimes", "node_modules", "@deno", "*", "deno"))
	if err != nil {
		t.Fatal(err)
	}
	// npm installs several builds where it can't tell which one runs here.
	runs := func(deno string) bool { return exec.Command(deno, "--version").Run() == nil }
	i := slices.IndexFunc(found, runs)
	if i < 0 {
		t.Skip("Deno is not installed: make packages")
	}
	deno, err := filepath.Abs(found[i])
	if err != nil {
		t.Fatal(err)
	}
	return deno
}
