// Package usage asks the operating system what a process has used. Its
// functions may be called from any goroutine.
package usage

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// CPU is the time that a process which has ended was on a core, with the
// children it has waited for.
func CPU(state *os.ProcessState) time.Duration { return state.UserTime() + state.SystemTime() }

// Resident is how many bytes of memory a running process has.
func Resident(pid int) (int64, error) { return read(fmt.Sprintf("/proc/%d/status", pid), "VmRSS") }

// Available is how many bytes of memory the machine can still give.
func Available() (int64, error) { return read("/proc/meminfo", "MemAvailable") }

// read finds the line "name: N kB" in a file of /proc.
func read(file, name string) (bytes int64, err error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return 0, fmt.Errorf("memory is read from /proc: %w", err)
	}
	for line := range strings.Lines(string(text)) {
		if n, _ := fmt.Sscanf(line, name+": %d kB", &bytes); n == 1 {
			return bytes << 10, nil
		}
	}
	return 0, fmt.Errorf("%s has no line %s", file, name)
}
