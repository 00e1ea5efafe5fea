package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
)

// machine describes where the numbers were made.
func machine() string {
	return fmt.Sprintf("%s, %d cores, %.0f GiB, %s/%s, kernel %s",
		field("/proc/cpuinfo", "model name", "unknown CPU"), runtime.NumCPU(), memory(), runtime.GOOS, runtime.GOARCH, kernel())
}

// field is the value of a line "name : value".
func field(file, name, otherwise string) string {
	text, err := os.ReadFile(file)
	if err != nil {
		return otherwise
	}
	for line := range strings.Lines(string(text)) {
		if key, value, _ := strings.Cut(line, ":"); strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return otherwise
}

// memory is the machine's, in GiB.
func memory() (total float64) {
	fmt.Sscanf(field("/proc/meminfo", "MemTotal", "0"), "%f", &total)
	return total / (1 << 20)
}

// kernel is the numbers of its version, without what the machine's owner has
// added.
func kernel() string {
	text, err := os.ReadFile("/proc/sys/kernel/osrelease")
	if err != nil {
		return "unknown"
	}
	number, _, _ := strings.Cut(strings.TrimSpace(string(text)), "-")
	return number
}
