//go:build unix

package regular

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestPipe opens what was a regular file when somebody looked, and is a pipe now.
func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for _, open := range []func() error{
		func() error { _, _, err := Open(pipe); return err },
		func() error { _, _, err := open(pipe); return err },
	} {
		if err := open(); err != ErrKind {
			t.Errorf("got %v", err)
		}
	}
}
