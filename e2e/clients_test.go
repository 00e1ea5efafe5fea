package e2e

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/srcnexus/extrun/runtime"
)

const clients = "clients"

// surroundings is the environment that the tests were started in, which has the
// places where Go keeps modules. TestMain changes them.
var surroundings = os.Environ()

// TestClients runs programs that do real work with realtime clients from npm, as
// they are published, against the servers that they are made for, which are
// killed and started again meanwhile. What they have to write is what they write
// on Node.js.
func TestClients(t *testing.T) {
	needClients(t)
	for name, test := range clientTests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			command := test.server(t)
			if *update {
				rewriteOnNode(t, newStage(startBackend(t, command...), len(test.programs)), test.programs)
			}
			playOut(t, newStage(startBackend(t, command...), len(test.programs)), test.programs)
		})
	}
}

var clientTests = map[string]struct {
	programs []string                  // that run at the same time
	server   func(*testing.T) []string // the command
}{
	"graphql-ws":           {[]string{"graphql"}, nodeServer("graphql")},
	"socket.io-client":     {[]string{"socketio"}, nodeServer("socketio")},
	"mqtt":                 {[]string{"mqtt"}, nodeServer("mqtt")},
	"@nats-io/nats-core":   {[]string{"nats"}, natsServer},
	"y-websocket with yjs": {[]string{"yjs_left", "yjs_right"}, nodeServer("yjs")},
	"partysocket":          {[]string{"partysocket"}, nodeServer("echo")},
}

// playOut runs the programs as extensions, and compares what each has written.
func playOut(t *testing.T, s *stage, programs []string) {
	t.Helper()
	street := newStreet(t, s)
	var all []*runtime.Extension
	for _, program := range programs {
		all = append(all, startAs(t, street.World, clientProgram(t, program), program))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for i, ext := range all {
		if err := ext.WaitActive(ctx); err != nil {
			t.Error(programs[i], ": ", runtime.Describe(err))
		}
		if err := ext.WaitIdle(ctx); err != nil {
			t.Error(programs[i], " goes on for ever: ", err)
		}
		street.Stop(ext)
		street.forget("WebSocket ") // which says each time that a connection fails
		street.wrote(programs[i], expectedLines(t, programs[i])...)
	}
	for _, err := range street.Errors() {
		t.Error("not caught: ", err)
	}
}

// rewriteOnNode runs the programs on Node.js, for what they have to write.
func rewriteOnNode(t *testing.T, s *stage, programs []string) {
	t.Helper()
	var running sync.WaitGroup
	for _, program := range programs {
		running.Go(func() {
			written := clientOnNode(t, s, clientProgram(t, program))
			if err := os.WriteFile(expectedFile(program), []byte(written), 0o644); err != nil {
				t.Error(err)
			}
		})
	}
	running.Wait()
}

func clientProgram(t *testing.T, name string) (path string) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(clients, "programs", name+".ts"))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func expectedFile(program string) string { return filepath.Join(clients, "programs", program+".txt") }

func expectedLines(t *testing.T, program string) []string {
	t.Helper()
	text, err := os.ReadFile(expectedFile(program))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// nodeServer is the command of one of the servers that run on Node.js.
func nodeServer(name string) func(*testing.T) []string {
	return func(*testing.T) []string {
		return []string{"node", "--no-warnings", filepath.Join(clients, "servers", name+".mjs")}
	}
}

// natsServer builds a module of its own, so that what NATS needs is not needed
// by whoever uses this one.
func natsServer(t *testing.T) []string {
	t.Helper()
	server := filepath.Join(t.TempDir(), "nats")
	build := exec.Command("go", "build", "-C", filepath.Join(clients, "nats"), "-o", server, ".")
	build.Env = append(surroundings, "GOPROXY=off", "GOFLAGS=-mod=readonly")
	output, err := build.CombinedOutput()
	if err != nil && strings.Contains(string(output), "GOPROXY=off") {
		t.Skip("nats-server is not downloaded: run make packages")
	}
	if err != nil {
		t.Fatalf("building nats-server: %v\n%s", err, output)
	}
	return []string{server}
}

// needClients skips a test where the clients were not installed, which needs npm
// and its registry.
func needClients(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("the servers of the clients need Node.js 20, which is not installed")
	}
	if _, err := os.Stat(filepath.Join(clients, "node_modules")); err != nil {
		t.Skip("the clients and their servers are not installed: run make packages, which needs Node.js")
	}
}
