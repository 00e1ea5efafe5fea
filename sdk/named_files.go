package sdk

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// namedFiles are the paths that the sources import by name, as far as they are
// known. Any goroutine may use them.
type namedFiles struct {
	mu    sync.Mutex
	added map[string]bool // absolute, perhaps without endings
	fresh []string        // those of added that files doesn't know yet
	files map[string]bool // what they may stand for, in small letters, and what that really is
}

func (n *namedFiles) add(path string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.added[path] {
		return
	}
	if n.added == nil {
		n.added, n.files = make(map[string]bool), make(map[string]bool)
	}
	n.added[path] = true
	n.fresh = append(n.fresh, path)
}

// has reports whether a file, by its real path, is named by a source. What is
// installed may be named as a package, so it counts always.
func (n *namedFiles) has(file string) bool {
	if strings.Contains(filepath.ToSlash(file), "/"+nodeFolder+"/") {
		return true
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, path := range n.fresh {
		n.expand(path)
		n.expand(filepath.Join(path, "index"))
	}
	n.fresh = nil
	return n.files[strings.ToLower(file)]
}

// expand remembers the files that a path may stand for. esbuild finds names in
// other letters too.
func (n *namedFiles) expand(path string) {
	for _, ending := range append([]string{""}, impliedEndings...) {
		n.files[strings.ToLower(path+ending)] = true
		if _, err := os.Lstat(path + ending); err != nil {
			continue
		}
		if real, err := filepath.EvalSymlinks(path + ending); err == nil {
			n.files[strings.ToLower(real)] = true
		}
	}
}
