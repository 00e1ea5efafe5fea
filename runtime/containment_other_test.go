//go:build !linux

package runtime_test

import (
	"os"
	"testing"
)

// limitMemory does nothing: there is no limit here that Go's own memory, most of
// which is only reserved, would not run into.
func limitMemory(*testing.T, uint64) {}

func peak(*os.ProcessState) string { return "unknown" }
