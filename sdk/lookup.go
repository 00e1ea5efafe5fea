package sdk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/srcnexus/extrun/internal/regular"
)

// requiredEndings are those that an id may leave out, in the order in which they
// are tried.
var requiredEndings = []string{".js", ".cjs", ".mjs", ".ts", ".tsx", ".jsx", ".cts", ".mts", ".json"}

// sourceOf are the endings of the TypeScript file that a JavaScript file, which
// doesn't exist, would be made of.
var sourceOf = map[string][]string{
	".js": {".ts", ".tsx"}, ".jsx": {".tsx"}, ".mjs": {".mts"}, ".cjs": {".cts"},
}

// Find looks for the module that an id stands for in a source of a folder. A
// path that begins with a slash is one from the package's root. The error is a
// *NotFound.
func (m *Modules) Find(id, folder string) (Found, error) {
	switch {
	case id == "":
		return Found{}, m.notFound(id, folder, "the id is empty")
	case isURL(id):
		return Found{}, m.notFound(id, folder, "an extension can't load code from elsewhere")
	case strings.HasPrefix(id, "/"):
		return m.findFile(id, folder, filepath.Join(m.input.Root, filepath.FromSlash(id)))
	case isPath(id):
		return m.findFile(id, folder, filepath.Join(folder, filepath.FromSlash(id)))
	}
	return m.findPackage(id, folder)
}

func (m *Modules) findFile(id, folder, target string) (Found, error) {
	if !within(m.input.Root, target) {
		return Found{}, m.notFound(id, folder, "a module can't leave the package of the extension")
	}
	file := ""
	if !strings.HasSuffix(id, "/") {
		file = fileAt(target)
	}
	if file == "" {
		file = folderAt(target)
	}
	if file == "" {
		return Found{}, m.notFound(id, folder, "there is no such file")
	}
	real, err := filepath.EvalSymlinks(file)
	if err != nil {
		return Found{}, m.notFound(id, folder, "%s", causeOf(err))
	}
	if !within(m.input.Root, real) {
		return Found{}, m.notFound(id, folder, "a module can't leave the package of the extension, and a link leads there")
	}
	return Found{Key: real, File: m.rooted(real), Folder: filepath.Dir(real)}, nil
}

func (m *Modules) findPackage(id, folder string) (Found, error) {
	where := packageAt(folder, packageName(id))
	if _, builtin := nodeModuleOf(id); where == "" && !builtin {
		p := plugin{input: m.input, project: &project{}}
		return Found{}, m.notFound(id, folder, "%s", p.missing(id, folder))
	}
	found := Found{Key: id, File: "/" + nodeFolder + "/" + id, Folder: m.input.Root, bare: id, from: folder}
	if real, err := filepath.EvalSymlinks(where); where != "" && err == nil {
		found.Key = real + "\x00" + id
		if within(m.input.Root, real) {
			found.File, found.Folder = m.rooted(real), real
		}
	}
	return found, nil
}

// fileAt is the file that a path without its ending may name, or empty.
func fileAt(target string) string {
	if isRegular(target) {
		return target
	}
	for _, ending := range requiredEndings {
		if isRegular(target + ending) {
			return target + ending
		}
	}
	ending := filepath.Ext(target)
	for _, source := range sourceOf[ending] {
		if name := strings.TrimSuffix(target, ending) + source; isRegular(name) {
			return name
		}
	}
	return ""
}

// folderAt is the file that stands for a folder, or empty: what its package.json
// names, or its index.
func folderAt(target string) string {
	var fields struct{ Main string }
	content, err := regular.Read(filepath.Join(target, "package.json"), maxConfigBytes)
	if err == nil && json.Unmarshal(content, &fields) == nil && fields.Main != "" {
		main := filepath.Join(target, filepath.FromSlash(fields.Main))
		if file := fileAt(main); file != "" {
			return file
		}
		if file := fileAt(filepath.Join(main, "index")); file != "" {
			return file
		}
	}
	return fileAt(filepath.Join(target, "index"))
}

func isRegular(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}
