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
// files and packages that "browser" in a package.json maps to false. esbuild
// honours the field, but for such a thing that exists it asks its plugin all the
// same. Any goroutine may use them.
type browserFields struct {
	mu   sync.Mutex
	seen map[string]*browserField // by folder
}

// A browserField is what one package leaves out.
type browserField struct {
	files    []string // absolute, perhaps without endings
	packages []string // by the names that sources import
}

// disable reports whether a file is left out by its package.
func (b *browserFields) disable(file string) bool {
	field := b.of(packageFolder(filepath.Dir(file)))
	return field != nil && slices.ContainsFunc(field.files, func(name string) bool {
		return file == name || file == withoutEnding(name) || withoutEnding(file) == name
	})
}

// disablePackage reports whether what a source of a folder imports by a
// package's name is left out by the nearest package that has such a field.
func (b *browserFields) disablePackage(folder, specifier string) bool {
	for up := folder; ; up = filepath.Dir(up) {
		if field := b.of(up); field != nil {
			return slices.Contains(field.packages, specifier)
		}
		if up == filepath.Dir(up) {
			return false
		}
	}
}

// of is the field of the package.json in a folder, or nil.
func (b *browserFields) of(folder string) *browserField {
	b.mu.Lock()
	defer b.mu.Unlock()
	field, known := b.seen[folder]
	if !known {
		field = readBrowserField(folder)
		if b.seen == nil {
			b.seen = make(map[string]*browserField)
		}
		b.seen[folder] = field
	}
	return field
}

func withoutEnding(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }

func readBrowserField(folder string) *browserField {
	content, err := regular.Read(filepath.Join(folder, "package.json"), maxConfigBytes)
	if err != nil {
		return nil
	}
	var fields struct{ Browser map[string]any }
	if json.Unmarshal(content, &fields) != nil || fields.Browser == nil {
		return nil
	}
	field := &browserField{}
	for name, target := range fields.Browser {
		switch {
		case target != false:
		case isPath(name):
			field.files = append(field.files, filepath.Join(folder, filepath.FromSlash(name)))
		default:
			field.packages = append(field.packages, name)
		}
	}
	return field
}
