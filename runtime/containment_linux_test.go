package runtime_test

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

// limitMemory makes the system refuse memory past a limit. The race detector
// needs so much that there is no limit under it.
func limitMemory(t *testing.T, bytes uint64) {
	t.Helper()
	if raceDetector {
		return
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_DATA, &syscall.Rlimit{Cur: bytes, Max: bytes}); err != nil {
		t.Fatal(err)
	}
}

// peak is how much memory a process had at most.
func peak(state *os.ProcessState) string {
	return fmt.Sprintf("%d MiB", state.SysUsage().(*syscall.Rusage).Maxrss>>10)
}
