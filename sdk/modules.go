package sdk

import (
	"fmt"
	"path/filepath"
	"strings"
	"sync"
)

// Modules are what an extension can require at run time, beyond what is in its
// bundle: the files of its package, each as a module of its own, and the
// packages that are installed for it, each bundled with all that it imports.
// Modules read files, under the same rules as [Bundle], and run nothing. Any
// goroutine may use them.
type Modules struct {
	input Input
	homes *homes
	spent spending // the bytes read, the extension's bundle included

	mu       sync.Mutex
	projects map[string]*project // by the folders of what was loaded
}

// NewModules returns the modules of the package in a folder, which must be
// absolute and free of symbolic links. spent is how large the sources are that
// have been read already: maxBytes, by default [DefaultMaxBytes], bounds all of
// them together.
func NewModules(root string, maxBytes, spent int64) *Modules {
	if maxBytes <= 0 {
		maxBytes = DefaultMaxBytes
	}
	m := &Modules{input: Input{Root: root, MaxBytes: maxBytes}, homes: &homes{root: root}, projects: make(map[string]*project)}
	m.spent.total = spent
	return m
}

// A Found module is what an id stands for.
type Found struct {
	// Key tells modules apart: the file's real path, or that of the package's
	// folder with the id.
	Key string

	// File is where the module is, or its package's folder: a path that begins
	// with a slash, which is the root of the extension's package.
	File string

	// Folder is what relative ids in the module are relative to.
	Folder string

	bare string // the id of what is in a package
	from string // the folder that required it
}

// Load makes a CommonJS module of what was found. Its code is an expression, a
// function of exports, require, module, __filename and __dirname. Load blocks
// while files are read. The error is a *BuildError, or a *NotFound for a package
// that doesn't have what is asked of it.
func (m *Modules) Load(found Found) (*Bundled, error) {
	return inTime(DefaultMaxTime, func() (*Bundled, error) { return m.load(found) })
}

func (m *Modules) load(found Found) (*Bundled, error) {
	input := m.input
	input.Entry = found.Key
	if found.bare != "" {
		input.Entry = filepath.Join(found.from, "require")
	}
	project, err := m.project(input)
	if err != nil {
		return nil, err
	}
	b := &bundling{input: input, project: project, homes: m.homes, spent: &m.spent}
	if found.bare == "" {
		return b.run(asModule).bundled()
	}
	b.stub = "module.exports = require(" + literal(found.bare) + ")"
	result := b.run(asPackage)
	for _, message := range result.errors {
		if at := message.Location; at != nil && strings.HasPrefix(at.File, virtual+":") {
			return nil, m.notFound(found.bare, found.from, "%s", message.Text)
		}
	}
	return result.bundled()
}

// project is what tsconfig.json says for an entry. It is read once for a folder.
func (m *Modules) project(input Input) (*project, error) {
	folder := filepath.Dir(input.Entry)
	m.mu.Lock()
	defer m.mu.Unlock()
	if known := m.projects[folder]; known != nil {
		return known, nil
	}
	found, err := findProject(input, m.homes)
	if err == nil {
		m.projects[folder] = found
	}
	return found, err
}

// A NotFound error says that there is no module for an id.
type NotFound struct {
	ID     string
	From   string // the folder that asked, as in Found.File
	Reason string
}

func (e *NotFound) Error() string {
	return fmt.Sprintf("cannot find module '%s', required in %s: %s", e.ID, e.From, e.Reason)
}

func (m *Modules) notFound(id, folder, format string, args ...any) error {
	return &NotFound{ID: id, From: m.rooted(folder), Reason: fmt.Sprintf(format, args...)}
}

// rooted is how the extension sees a path: with its package as the root.
func (m *Modules) rooted(name string) string {
	if !within(m.input.Root, name) {
		return "/" + nodeFolder + "/" + filepath.Base(name)
	}
	return "/" + strings.TrimPrefix(relativeTo(m.input.Root, name), ".")
}
