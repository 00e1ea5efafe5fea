package main

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
)

// The subjects, by their names in the tables. The peers are those that extrun is
// compared with.
const (
	extrun = "extrun"
	node   = "Node"
	deno   = "Deno"
	bun    = "Bun"
	golang = "Go"
)

var peers = []string{node, deno, bun}

// A subject is one of what is measured.
type subject struct {
	name    string
	version string
	family  string   // the folder of its programs
	command []string // what runs a program, whose path follows
	crowd   []string // what runs a crowd, with the folder, where no program does
	modules string   // the node_modules that its programs import from, if any
	dir     string   // where its programs are
}

//go:embed programs
var programs embed.FS

// prepare puts the subject's programs into a folder of its own under dir.
func (s *subject) prepare(dir string) error {
	s.dir = filepath.Join(dir, s.name)
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return err
	}
	for _, family := range []string{"shared", s.family} {
		if err := copyPrograms("programs/"+family, s.dir); err != nil {
			return err
		}
	}
	if s.modules == "" {
		return nil
	}
	if err := os.Symlink(s.modules, filepath.Join(s.dir, "node_modules")); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, "package.json"), packageJSON, 0o644)
}

func copyPrograms(from, to string) error {
	files, err := fs.Glob(programs, from+"/*.js")
	if err != nil {
		return err
	}
	for _, file := range files {
		text, err := programs.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(file)), text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// argv is the command that runs a program.
func (s *subject) argv(program string) []string {
	switch {
	case s.family == "":
		return append(s.command, s.dir)
	case program == crowdProgram && s.crowd != nil:
		return append(s.crowd, s.dir)
	}
	return append(s.command, filepath.Join(s.dir, program+".js"))
}
