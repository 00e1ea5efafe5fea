package e2e

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// A backend is the server that a client from npm is made for: a program that is
// told its port and how often it was started, says its address once it listens,
// and ends when its standard input does. Any goroutine may use it.
type backend struct {
	command []string

	mu      sync.Mutex
	address string // host and port, the same for each run
	runs    int
	running *exec.Cmd
	orphan  context.CancelFunc // ends it if nobody has
	stdin   io.Closer
	stderr  *strings.Builder
}

// startBackend starts the command, which ends with the test.
func startBackend(t *testing.T, command ...string) *backend {
	t.Helper()
	b := &backend{command: command, address: "127.0.0.1:0"}
	if err := b.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.kill(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// start waits until the server listens, on the port that it had before.
func (b *backend) start() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running != nil {
		return fmt.Errorf("the server on %s runs already", b.address)
	}
	b.runs++
	stdout, err := b.launch()
	if err != nil {
		return err
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		b.end()
		return fmt.Errorf("%q ended before it listened: %w\n%s", b.command, err, b.stderr)
	}
	b.address = strings.TrimPrefix(strings.TrimSpace(line), "ws://")
	return nil
}

func (b *backend) launch() (stdout io.Reader, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	_, port, _ := strings.Cut(b.address, ":")
	cmd := exec.CommandContext(ctx, b.command[0], append(b.command[1:len(b.command):len(b.command)], port, strconv.Itoa(b.runs))...)
	b.stderr = new(strings.Builder)
	cmd.Stderr = b.stderr
	stdout, _ = cmd.StdoutPipe()
	b.stdin, _ = cmd.StdinPipe()
	if err := cmd.Start(); err != nil {
		cancel()
		return nil, err
	}
	b.running, b.orphan = cmd, cancel
	return stdout, nil
}

// kill ends the server as a crash does, and reports what it had to complain of.
func (b *backend) kill() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.running == nil {
		return nil
	}
	b.end()
	if b.stderr.Len() > 0 {
		return fmt.Errorf("%q wrote: %s", b.command, b.stderr)
	}
	return nil
}

// end waits for the process, of which nothing is left afterwards.
func (b *backend) end() {
	b.running.Process.Kill()
	b.running.Wait() // says that it was killed
	b.stdin.Close()
	b.orphan()
	b.running = nil
}
