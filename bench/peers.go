package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

//go:embed peers/package.json
var packageJSON []byte

//go:embed peers/package-lock.json
var packageLock []byte

// nodeVersion is what is installed where the machine's Node.js is not of this
// major version.
const (
	nodeMajor   = "v20."
	nodeVersion = "20.20.2"
)

// install puts the packages of peers/package.json into dir, unless they are
// there. Their install scripts are not run: what these would download is in the
// packages for the system, which npm installs with them.
func install(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	stamp := filepath.Join(dir, "installed.json")
	if was, err := os.ReadFile(stamp); err == nil && bytes.Equal(was, packageLock) {
		return nil
	}
	for name, text := range map[string][]byte{"package.json": packageJSON, "package-lock.json": packageLock} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	if err := npm(ctx, dir, "ci"); err != nil {
		return err
	}
	return os.WriteFile(stamp, packageLock, 0o644)
}

func npm(ctx context.Context, dir string, args ...string) error {
	cmd := exec.CommandContext(ctx, "npm", append(args, "--ignore-scripts", "--no-audit", "--no-fund")...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("npm %s: %w\n%s", args[0], err, bytes.TrimSpace(out))
	}
	return nil
}

// findPeers returns the runtimes that are there, and says of the others why they
// are not.
func findPeers(ctx context.Context, dir string) (found []*subject, missing []string) {
	if err := install(ctx, dir); err != nil {
		return nil, []string{"the other runtimes are missing: " + err.Error()}
	}
	for _, find := range []func(context.Context, string) (*subject, error){findNode, findDeno, findBun} {
		if s, err := find(ctx, dir); err == nil {
			found = append(found, s)
		} else {
			missing = append(missing, err.Error())
		}
	}
	return found, missing
}

// findNode takes the machine's Node.js, or that of npm.
func findNode(ctx context.Context, dir string) (*subject, error) {
	modules := filepath.Join(dir, "node_modules")
	path, err := exec.LookPath("node")
	if v, versionErr := version(ctx, path); err == nil && versionErr == nil && strings.HasPrefix(v, nodeMajor) {
		return &subject{name: node, version: v, family: "node", command: []string{path}, modules: modules}, nil
	}
	name := "node-linux-" + strings.Replace(runtime.GOARCH, "amd64", "x64", 1)
	if err := npm(ctx, dir, "install", "--no-save", name+"@"+nodeVersion); err != nil {
		return nil, fmt.Errorf("%s is missing: %w", node, err)
	}
	s, err := located(ctx, node, "node", filepath.Join(modules, name, "bin", "node"))
	if err == nil {
		s.modules = modules
	}
	return s, err
}

func findDeno(ctx context.Context, dir string) (*subject, error) {
	return located(ctx, deno, "web", filepath.Join(dir, "node_modules", "@deno", "*", "deno"), "run", "--no-prompt", "--quiet", "-A")
}

func findBun(ctx context.Context, dir string) (*subject, error) {
	return located(ctx, bun, "web", filepath.Join(dir, "node_modules", "@oven", "*", "bin", "bun"))
}

// located is the subject whose program is at path, which may be a pattern: npm
// installs several builds where it can't tell which one runs here.
func located(ctx context.Context, name, family, pattern string, args ...string) (*subject, error) {
	paths, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	why := errors.New("npm has installed no program for this system")
	for _, path := range paths {
		v, err := version(ctx, path)
		if err == nil {
			return &subject{name: name, version: v, family: family, command: append([]string{path}, args...)}, nil
		}
		why = err
	}
	return nil, fmt.Errorf("%s is missing: %w", name, why)
}

// version is the first line of what a program says of its version, without its
// name.
func version(ctx context.Context, path string) (string, error) {
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return "", err
	}
	line, _, _ := strings.Cut(string(out), "\n")
	for word := range strings.FieldsSeq(line) {
		if strings.ContainsAny(word, "0123456789") {
			return word, nil
		}
	}
	return line, nil
}
