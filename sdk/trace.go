package sdk

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// maxObservations bounds what a trace remembers. A bundle that depends on more
// is not kept: to find out whether it still holds would take too long.
const maxObservations = 20_000

// A trace remembers what the file system answered while a bundle was made: what
// was read, and where something was looked for, found or not. The bundle holds
// as long as the file system would give the same answers.
//
// Each answer is taken before the bundler gets its own, or is the very content
// that it gets. So a change in between is noticed afterwards.
//
// Any goroutine may use a trace. On nil all methods do nothing.
type trace struct {
	homes *homes // what may be looked into, set before anything is asked

	mu       sync.Mutex
	answers  map[observation]digest
	searched map[string]bool // folders whose configuration is remembered
	unproved bool            // something changed meanwhile, or isn't known, or there is too much of it
}

// file remembers the content of a file that was read.
func (t *trace) file(name string, content []byte) {
	if t != nil {
		t.note(observation{ofFile, name}, contentDigest(content))
	}
}

// found remembers what is around a module that was found.
func (t *trace) found(name string) {
	if t == nil {
		return
	}
	t.folder(filepath.Dir(name))
	for up := filepath.Dir(name); up != filepath.Dir(up); up = filepath.Dir(up) {
		t.config(up)
	}
}

// folder remembers the names in a folder in which a module is looked for.
func (t *trace) folder(name string) {
	if t != nil {
		t.look(observation{ofFolder, name})
	}
}

// maps remembers the source maps that a source in a folder refers to, and where
// they really are.
func (t *trace) maps(source []byte, folder string) {
	if t == nil {
		return
	}
	for _, name := range referredMaps(source, folder) {
		t.ask(observation{ofLink, name})
		t.look(observation{ofFile, name})
	}
}

// look asks about what is in a file or folder. Of what no source may be in, it
// asks only where the name leads: nothing else about it can matter.
func (t *trace) look(o observation) {
	if real, err := filepath.EvalSymlinks(o.Name); err == nil && !t.homes.allow(real) {
		o.Kind = ofLink
	}
	t.ask(o)
}

// target remembers the surroundings of what may be a file, with or without its
// ending, or a folder, or nothing.
func (t *trace) target(name string) {
	t.folder(name)
	t.folder(filepath.Dir(name))
}

// installed remembers where a package is looked for, from a folder upwards.
func (t *trace) installed(folder, name string) {
	if t == nil {
		return
	}
	for up := folder; up != filepath.Dir(up); up = filepath.Dir(up) {
		place := filepath.Join(up, nodeFolder)
		for part := range strings.SplitSeq(name, "/") {
			place = filepath.Join(place, part)
			t.folder(place)
		}
	}
}

// config remembers the files of a folder that say how modules are looked for,
// and the folders that they lead to.
func (t *trace) config(folder string) {
	if t == nil || !t.first(folder) {
		return
	}
	for _, name := range tracedConfigs {
		name = filepath.Join(folder, name)
		t.ask(observation{ofFile, name})
		if _, err := os.Lstat(name); err == nil {
			t.ask(observation{ofLink, name})
		}
	}
	files, packages, err := packageTargets(folder)
	if err != nil {
		t.doubt()
	}
	for _, name := range files {
		t.target(filepath.Join(folder, filepath.FromSlash(name)))
	}
	for _, name := range packages {
		t.installed(folder, name)
	}
}

// first reports whether it is called for a folder for the first time.
func (t *trace) first(folder string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.searched[folder] {
		return false
	}
	if t.searched == nil {
		t.searched = make(map[string]bool)
	}
	t.searched[folder] = true
	return true
}

// ask puts a question to the file system, unless that was done already.
func (t *trace) ask(o observation) {
	t.mu.Lock()
	_, known := t.answers[o]
	t.mu.Unlock()
	if !known {
		t.note(o, o.answer(sha256.New()))
	}
}

// doubt has the bundle not kept.
func (t *trace) doubt() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.unproved = true
}

func (t *trace) note(o observation, answer digest) {
	t.mu.Lock()
	defer t.mu.Unlock()
	before, known := t.answers[o]
	if known && before != answer || len(t.answers) >= maxObservations {
		t.unproved = true
		return
	}
	if t.answers == nil {
		t.answers = make(map[observation]digest)
	}
	t.answers[o] = answer
}
