package usage

import (
	"os"
	"syscall"
	"time"
)

// Peak is the most memory that a process which has ended had at a time. Linux
// counts what its parent had when it started it, too.
func Peak(state *os.ProcessState) int64 { return state.SysUsage().(*syscall.Rusage).Maxrss << 10 }

// Self is the time that this process has been on a core.
func Self() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
