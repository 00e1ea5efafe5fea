package sdk

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/srcnexus/extrun/internal/regular"
)

// browserFields are what the packages leave out where there is no Node.js: the
// files that "browser" in a package.json maps to false. esbuild honours the
// field, but for such a file it asks its plugin all the same. Any goroutine may
// use them.
type browserFields struct {
	mu   sync.Mutex
	seen map[string][]string // the files left out, by package
}

// disable reports whether a file is left out.
func (b *browserFields) disable(file string) bool {
	folder := packageFolder(filepath.Dir(file))
	b.mu.Lock()
	defer b.mu.Unlock()
	names, known := b.seen[folder]
	if !known {
		names = leftOut(folder)
		if b.seen == nil {
			b.seen = make(map[string][]string)
		}
		b.seen[folder] = names
	}
	return slices.ContainsFunc(names, func(name string) bool {
		return file == name || file == withoutEnding(name) || withoutEnding(file) == name
	})
}

func withoutEnding(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

func leftOut(folder string) (names []string) {
	content, err := regular.Read(filepath.Join(folder, "package.json"), maxConfigBytes)
	if err != nil {
		return nil
	}
	var fields struct{ Browser map[string]any }
	if json.Unmarshal(content, &fields) != nil {
		return nil
	}
	for name, target := range fields.Browser {
		if target == false && isPath(name) {
			names = append(names, filepath.Join(folder, filepath.FromSlash(name)))
		}
	}
	return names
}
