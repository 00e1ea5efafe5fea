package e2e

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// patience is after how long a program that doesn't end is killed, so that a
// story that hangs fails instead.
const patience = time.Minute

// A result is what a program leaves behind.
type result struct {
	stdout, stderr string
	code           int // -1 if a signal ended it
}

// A process is a running program. Its methods are for the test's goroutine.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	lines  chan string // of the standard output
	seen   []string    // those that were read from lines
	stderr strings.Builder
	copied sync.WaitGroup
}

// run runs the program to its end.
func run(t *testing.T, args ...string) result {
	t.Helper()
	return start(t, args...).wait()
}

// start starts the program, in a folder of its own.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	p := &process{t: t, cmd: exec.CommandContext(ctx, program, args...), lines: make(chan string, 1<<16)}
	p.cmd.Dir = t.TempDir()
	p.cmd.Stderr = &p.stderr
	stdout, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.copied.Go(func() { p.read(stdout) })
	return p
}

// read passes the lines on, with their ends.
func (p *process) read(stdout io.Reader) {
	defer close(p.lines)
	from := bufio.NewReader(stdout)
	for {
		line, err := from.ReadString('\n')
		if line != "" {
			p.lines <- line
		}
		if err != nil {
			return
		}
	}
}

// await waits until the program has written a line.
func (p *process) await(want string) {
	p.t.Helper()
	for line := range p.lines {
		p.seen = append(p.seen, line)
		if line == want+"\n" {
			return
		}
	}
	p.t.Fatalf("the program ended without writing %q:\n%s%s", want, strings.Join(p.seen, ""), p.wait().stderr)
}

// signal sends the program a signal.
func (p *process) signal(sig os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(sig); err != nil {
		p.t.Fatal(err)
	}
}

// wait waits for the program's end.
func (p *process) wait() result {
	p.t.Helper()
	p.copied.Wait()
	err := p.cmd.Wait()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		p.t.Fatal(err)
	}
	for line := range p.lines {
		p.seen = append(p.seen, line)
	}
	return result{strings.Join(p.seen, ""), slow.ReplaceAllString(p.stderr.String(), ""), p.cmd.ProcessState.ExitCode()}
}

// slow is what the program says of scripts that run for a second, which a busy
// machine makes of some.
var slow = regexp.MustCompile(`(?m)^extrun: level=WARN msg="JavaScript has not given the thread back".*\n`)

// observation is what a program has written, on one line, and not all of it if
// that is long.
func (r result) observation() string {
	text := strings.ReplaceAll(strings.TrimSpace(r.stdout+r.stderr), "\n", "; ")
	if r.code != 0 {
		text += fmt.Sprintf("; exit code %d", r.code)
	}
	if len(text) > 300 {
		text = strings.ToValidUTF8(text[:300], "") + "…"
	}
	return text
}

// expect compares all that a program has left behind.
func (r result) expect(t *testing.T, stdout, stderr string, code int) {
	t.Helper()
	if r.stdout != stdout || r.stderr != stderr || r.code != code {
		t.Errorf("exit code %d, want %d\nstdout:\n%s\nwant:\n%s\nstderr:\n%s\nwant:\n%s", r.code, code, r.stdout, stdout, r.stderr, stderr)
	}
}

// write puts a script into a new folder and returns its path.
func write(t *testing.T, name, script string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(script), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// sample is the path of one of the samples.
func sample(name string) string {
	path, err := filepath.Abs(filepath.Join("..", "extensions", "samples", filepath.FromSlash(name)))
	if err != nil {
		panic(err)
	}
	return path
}
