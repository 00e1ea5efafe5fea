package runtime

import (
	"context"
	"os"
	"path/filepath"
	"testing"
)

// TestAbandonedCommandLeavesNothing has a caller give up while a command runs.
func TestAbandonedCommandLeavesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "test.js")
	if err := os.WriteFile(file, []byte(`globalThis.__executeCommand = () => console.log("running");`), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, abandon := context.WithCancel(t.Context())
	host, err := NewHost(Options{Console: func(*Extension, ConsoleLevel, string) { abandon() }})
	if err != nil {
		t.Fatal(err)
	}
	defer host.Close(context.Background())
	ext, err := host.Load(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ext.ExecuteCommand(ctx, "endless", nil); err != context.Canceled {
		t.Errorf("got %v", err)
	}
	left := make(chan int, 1)
	ext.loop.post(func() { left <- len(ext.bridge.commands) })
	if n := <-left; n != 0 {
		t.Errorf("%d commands are waited for", n)
	}
}
