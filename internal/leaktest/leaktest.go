// Package leaktest fails a package's tests when they leave a goroutine, a file
// descriptor or a temporary file behind.
package leaktest

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.uber.org/goleak"
)

// patience is how long what a test has closed may take to be gone.
const patience = 5 * time.Second

// Runner is the part of testing.M that Main needs.
type Runner interface{ Run() int }

// Main runs a package's tests and exits the process: use it as the whole body
// of TestMain. The tests' temporary files go to a folder of their own, which
// must be empty afterwards.
func Main(m Runner) {
	os.Exit(run(m))
}

func run(m Runner) int {
	temp, err := os.MkdirTemp("", "extrun-test")
	if err != nil {
		fmt.Fprintln(os.Stderr, "leaktest:", err)
		return 1
	}
	defer os.RemoveAll(temp)
	os.Setenv("TMPDIR", temp)
	startPoller()
	before := Descriptors()
	if code := m.Run(); code != 0 {
		return code
	}
	return check(temp, before)
}

func check(temp string, before int) int {
	// The clock of goja's regular expressions goes on for a while after the last
	// of them, and then ends by itself.
	if err := goleak.Find(goleak.IgnoreAnyFunction("github.com/dlclark/regexp2/v2.runClock")); err != nil {
		fmt.Fprintln(os.Stderr, "leaktest: goroutines left behind:", err)
		return 1
	}
	deadline := time.Now().Add(patience)
	for Descriptors() > before && time.Now().Before(deadline) {
		runtime.Gosched()
	}
	if now := Descriptors(); now > before {
		fmt.Fprintf(os.Stderr, "leaktest: %d file descriptors left behind\n", now-before)
		return 1
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
		fmt.Fprintln(os.Stderr, "leaktest: temporary files left behind:", left)
		return 1
	}
	return 0
}

// startPoller makes the Go runtime open the descriptors of its network poller,
// which it keeps.
func startPoller() {
	if listener, err := net.Listen("tcp", "127.0.0.1:0"); err == nil {
		listener.Close()
	}
}

// Descriptors counts the open descriptors where the system lists them, as Linux
// and macOS do; 0 says that it doesn't.
func Descriptors() int {
	for _, dir := range []string{"/proc/self/fd", "/dev/fd"} {
		if entries, err := os.ReadDir(dir); err == nil {
			return len(entries)
		}
	}
	return 0
}
