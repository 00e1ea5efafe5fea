package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"

	"github.com/srcnexus/extrun/bench/task"
)

// A program is one process under measurement, started by the command launch.
type program struct {
	launch *exec.Cmd
	pid    int             // of the program itself
	hold   io.Closer       // its input, whose end it may wait for
	lines  *bufio.Scanner  // its output
	stderr strings.Builder // its errors, to be read when it has ended
	report *os.File        // what launch says
}

// start starts a program. wait must be called.
func (y *yard) start(argv, env []string) (*program, error) {
	p := &program{launch: exec.Command(y.bin("launch"), argv...)}
	p.launch.Env, p.launch.Stderr = env, &p.stderr
	in, err := p.launch.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.launch.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.hold, p.lines = in, bufio.NewScanner(out)
	return p, p.run()
}

// run starts launch and waits until the program has a process id.
func (p *program) run() error {
	report, write, err := os.Pipe()
	if err != nil {
		return err
	}
	p.launch.ExtraFiles = []*os.File{write}
	err = p.launch.Start()
	write.Close()
	if err != nil {
		report.Close()
		return err
	}
	p.report = report
	p.pid, err = readPID(report)
	if err != nil {
		_, endErr := p.wait()
		return errors.Join(err, endErr)
	}
	return nil
}

// readPID reads a number of ten digits.
func readPID(r io.Reader) (int, error) {
	digits := make([]byte, 10)
	if _, err := io.ReadFull(r, digits); err != nil {
		return 0, fmt.Errorf("the program could not be started: %w", err)
	}
	return strconv.Atoi(string(digits))
}

// result waits for the first line that is JSON.
func (p *program) result() (r task.Result, err error) {
	for p.lines.Scan() {
		if line := p.lines.Bytes(); len(line) > 0 && line[0] == '{' {
			return r, json.Unmarshal(line, &r)
		}
	}
	return r, errors.New("it ended without a result")
}

// kill ends the program, which must not have been waited for.
func (p *program) kill() {
	if process, err := os.FindProcess(p.pid); err == nil {
		process.Kill()
	}
}

// wait waits until the program has ended, and returns what it has used. Its
// error says how it ended, if not well.
func (p *program) wait() (used task.Usage, err error) {
	for p.lines.Scan() { // so that it can write what it has to say
	}
	said, err := io.ReadAll(p.report)
	p.report.Close()
	if endErr := p.launch.Wait(); endErr != nil {
		words := strings.TrimSpace(p.stderr.String())
		err = errors.New(words[:min(len(words), 500)])
	}
	if len(said) > 0 {
		err = errors.Join(err, json.Unmarshal(said, &used))
	}
	return used, err
}
