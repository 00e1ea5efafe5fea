package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// clientOnNode runs a program of clients on Node.js, which finds its stage over
// HTTP, and returns what it writes. It takes version 24: the WebSocket of those
// before says nothing of the close of a connection that was refused.
func clientOnNode(t *testing.T, s *stage, source string) string {
	t.Helper()
	control := httptest.NewServer(http.HandlerFunc(s.serveHTTP))
	defer control.Close()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	node := exec.CommandContext(ctx, "node", "--no-warnings", bundleForNode(t, source))
	node.Env = append(os.Environ(), "TEST_ADDRESS="+control.URL)
	node.Stderr = os.Stderr
	output, err := node.Output()
	if err != nil {
		t.Errorf("%s on Node.js: %v", source, err)
	}
	return string(output)
}

// bundleForNode makes a bundle of what extrun would bundle.
func bundleForNode(t *testing.T, source string) (script string) {
	t.Helper()
	script = filepath.Join(t.TempDir(), "program.mjs")
	stand, err := filepath.Abs(filepath.Join(clients, "node.ts"))
	if err != nil {
		t.Fatal(err)
	}
	built := api.Build(api.BuildOptions{
		EntryPoints: []string{source}, Outfile: script, Write: true, Bundle: true,
		Platform: api.PlatformBrowser, Conditions: []string{"worker", "module"}, Format: api.FormatESModule,
		Alias: map[string]string{"@srcnexus/ext-sdk": stand},
	})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors)
	}
	return script
}

func (s *stage) serveHTTP(w http.ResponseWriter, r *http.Request) {
	var fields map[string]any
	var params rpc.Object
	if err := json.NewDecoder(r.Body).Decode(&fields); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	for name, value := range fields {
		params = append(params, rpc.Field{Name: name, Value: value})
	}
	result, err := s.act(r.Context(), r.URL.Path[1:], params)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(result)
}
