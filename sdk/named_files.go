package sdk

import (
	"path/filepath"
	"strings"
	"sync"
)

// namedFiles are the paths that the sources import by name, as far as they are
// known. Any goroutine may use them.
type namedFiles struct {
	mu    sync.Mutex
	paths map[string]bool // absolute, perhaps without endings
}

func (n *namedFiles) add(path string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.paths == nil {
		n.paths = make(map[string]bool)
	}
	n.paths[path] = true
}

// has reports whether a file, by its real path, is named by a source. What is
// installed may be named as a package, so it counts always.
func (n *namedFiles) has(file string) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	if strings.Contains(filepath.ToSlash(file), "/"+nodeFolder+"/") {
		return true
	}
	for path := range n.paths {
		for _, name := range []string{path, filepath.Join(path, "index")} {
			for _, ending := range append([]string{""}, impliedEndings...) {
				if strings.EqualFold(name+ending, file) { // esbuild finds names in other letters too
					return true
				}
				if real, err := filepath.EvalSymlinks(name + ending); err == nil && real == file {
					return true
				}
			}
		}
	}
	return false
}
