package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A yard is where the subjects run: their programs, their server, and a cache
// that nothing else uses. It must be closed.
type yard struct {
	root     string // of the module
	dir      string // of what is removed at the end
	subjects []*subject
	missing  []string
	address  string // of the server
	server   *exec.Cmd
	hold     io.Closer // the server's input, which ends it
}

// openYard builds extrun, installs its peers and starts the server.
func openYard(ctx context.Context, s settings) (*yard, error) {
	cache, err := cacheDir(s.cache)
	if err != nil {
		return nil, err
	}
	root, err := output(ctx, "", "go", "list", "-m", "-f", "{{.Dir}}", "github.com/srcnexus/extrun")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(cache, "run")
	if err != nil {
		return nil, err
	}
	y := &yard{root: root, dir: dir}
	found, missing := findPeers(ctx, filepath.Join(cache, "npm"))
	y.missing = missing
	if err := y.open(ctx, found); err != nil {
		y.close()
		return nil, err
	}
	return y, nil
}

func cacheDir(wanted string) (string, error) {
	if wanted == "" {
		base, err := os.UserCacheDir()
		if err != nil {
			return "", err
		}
		wanted = filepath.Join(base, "extrun-bench")
	}
	path, err := filepath.Abs(wanted)
	if err != nil {
		return "", err
	}
	return path, os.MkdirAll(path, 0o755)
}

// open builds what runs beside the peers, and starts the server.
func (y *yard) open(ctx context.Context, peers []*subject) error {
	if err := y.build(ctx); err != nil {
		return err
	}
	limit := &subject{name: golang, version: strings.TrimPrefix(runtime.Version(), "go"), command: []string{y.bin("limit")}}
	y.subjects = slices.Concat([]*subject{y.extrun(ctx)}, peers, []*subject{limit})
	for _, s := range y.subjects {
		if err := s.prepare(y.dir); err != nil {
			return err
		}
	}
	return y.serve()
}

// build builds extrun and the programs of the yard from the tree: static, as the
// README advises for a binary that is handed on.
func (y *yard) build(ctx context.Context) error {
	_, err := output(ctx, y.root, "env", "CGO_ENABLED=0", "go", "build", "-o", y.bin("")+string(filepath.Separator),
		"./cmd/extrun", "./bench/launch", "./bench/server", "./bench/limit", "./bench/crowd")
	return err
}

// bin is where a program is that build has built.
func (y *yard) bin(name string) string { return filepath.Join(y.dir, "bin", name) }

func (y *yard) extrun(ctx context.Context) *subject {
	commit, err := output(ctx, y.root, "git", "describe", "--always", "--dirty")
	if err != nil {
		commit = "of this tree"
	}
	return &subject{name: extrun, version: commit, family: "extrun", command: []string{y.bin("extrun")}, crowd: []string{y.bin("crowd")}}
}

// serve starts the server as a process of its own.
func (y *yard) serve() error {
	y.server = exec.Command(y.bin("server"))
	y.server.Stderr = os.Stderr
	in, err := y.server.StdinPipe()
	if err != nil {
		return err
	}
	out, err := y.server.StdoutPipe()
	if err != nil {
		return err
	}
	if err := y.server.Start(); err != nil {
		return err
	}
	y.hold = in
	line, err := bufio.NewReader(out).ReadString('\n')
	y.address = strings.TrimSpace(line)
	return err
}

// close ends the server and removes what was made.
func (y *yard) close() {
	if y.hold != nil {
		y.hold.Close()
		y.server.Wait()
	}
	os.RemoveAll(y.dir)
}

// output is what a command says on its standard output.
func output(ctx context.Context, dir, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, args[0], err, said.String())
	}
	return strings.TrimSpace(string(out)), nil
}
