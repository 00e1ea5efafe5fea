//go:build !linux

package usage

import (
	"os"
	"time"
)

// Peak is 0: it is known on Linux only.
func Peak(*os.ProcessState) int64 { return 0 }

// Self is 0: it is known on Linux only.
func Self() time.Duration { return 0 }
