package runtime

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
	"github.com/google/pprof/profile"
)

// A stuck script is watched for sampleTime, a few times over until a sample has
// been taken: goja takes one every 10 ms, on a machine with nothing else to do.
const (
	sampleTime   = 50 * time.Millisecond
	sampleRounds = 5
)

// sampling is held while goja's profiler is in use: there is one for the process.
var sampling sync.Mutex

// warnSlow logs that a turn has been running for a while, and where it is. It
// takes a while itself, in which the extension may end; it must not touch what
// belongs to the extension's goroutine. While others were asked, this turn may
// have ended.
func (e *Extension) warnSlow(where place, elapsed time.Duration) {
	sampling.Lock()
	defer sampling.Unlock()
	stack := "unknown: it has given the thread back meanwhile"
	if e.vm.stopwatch.running() {
		stack = sampleStack(e.program)
	}
	e.record(slog.LevelWarn, faultSlow, "JavaScript has not given the thread back",
		"where", where.String(), "for", elapsed.Round(time.Millisecond), "stack", stack)
}

// sampleStack tells where a program is that doesn't end. Only the goroutine
// that runs it can read its stack, but goja's sampling profiler asks that
// goroutine for it. The profiler is there once for the process, so it is used
// briefly, and left alone where the host's own profile is under way. Extensions
// of the same code share a program; the one that is stuck is seen most often.
func sampleStack(program string) string {
	for range sampleRounds {
		stack, err := sampleOnce(program)
		if err != nil {
			return "unknown: " + err.Error()
		}
		if stack != "" {
			return stack
		}
	}
	return "inside a built-in function"
}

func sampleOnce(program string) (string, error) {
	var samples bytes.Buffer
	if err := goja.StartProfile(&samples); err != nil {
		return "", err
	}
	time.Sleep(sampleTime)
	goja.StopProfile()
	parsed, err := profile.Parse(&samples)
	if err != nil {
		return "", err
	}
	return commonStack(parsed, program), nil
}

// commonStack returns the stack that was seen most often in a program, or "".
func commonStack(p *profile.Profile, program string) string {
	var most *profile.Sample
	for _, sample := range p.Sample {
		if runs(sample, program) && (most == nil || sample.Value[0] > most.Value[0]) {
			most = sample
		}
	}
	if most == nil {
		return ""
	}
	var lines []string
	for _, location := range most.Location {
		line := location.Line[0]
		if line.Function.Filename == program {
			// goja numbers the functions of one name, to tell them apart.
			name, _, _ := strings.Cut(line.Function.Name, ".")
			lines = append(lines, fmt.Sprintf("at %s (line %d)", name, line.Line))
		}
	}
	return strings.Join(lines, ", ")
}

func runs(sample *profile.Sample, program string) bool {
	for _, location := range sample.Location {
		if location.Line[0].Function.Filename == program {
			return true
		}
	}
	return false
}
