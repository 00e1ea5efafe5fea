package runtime

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An entry is where an extension begins: its file, the package that the file
// belongs to, and its id.
type entry struct {
	ID       string
	File     string    // absolute
	Root     string    // the package's folder, absolute
	Manifest *Manifest // nil without one
}

// sourceEndings are the files that can be an entry.
var sourceEndings = []string{".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"}

// findEntry resolves what a user names: a source file, a folder, or a manifest.
// id counts where there is no manifest to name one.
func findEntry(path, id string) (entry, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return entry{}, fmt.Errorf("%s: %w", path, err)
	}
	info, err := os.Stat(absolute)
	if errors.Is(err, os.ErrNotExist) {
		return entry{}, fmt.Errorf("%s: there is no such file", path)
	}
	if err != nil {
		return entry{}, fmt.Errorf("%s: can't be read: %w", path, reason(err))
	}
	var e entry
	switch {
	case info.IsDir():
		e.Root = absolute
		err = e.fromFolder(path)
	case filepath.Base(absolute) == manifestName:
		e.Root = filepath.Dir(absolute)
		err = e.fromFolder(filepath.Dir(path))
	default:
		e.File = absolute
		err = e.fromFile(path)
	}
	if err != nil {
		return entry{}, err
	}
	return e, e.name(id)
}

// fromFolder finds the entry file of a package.
func (e *entry) fromFolder(path string) (err error) {
	if e.Manifest, err = readManifest(e.Root); err != nil {
		return err
	}
	if e.Manifest != nil && e.Manifest.Main != "" {
		e.File = filepath.Join(e.Root, filepath.FromSlash(e.Manifest.Main))
		if info, err := os.Stat(e.File); err != nil || !info.Mode().IsRegular() {
			return &ManifestError{Path: filepath.Join(path, manifestName), Field: "main", Reason: fmt.Sprintf("names %q, which is not a file in the package", e.Manifest.Main)}
		}
		if !isSource(e.File) {
			return &ManifestError{Path: filepath.Join(path, manifestName), Field: "main", Reason: fmt.Sprintf("names %q, which is no JavaScript or TypeScript file", e.Manifest.Main)}
		}
		return nil
	}
	for _, base := range []string{"main", "index"} {
		for _, ending := range sourceEndings {
			file := filepath.Join(e.Root, base+ending)
			if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() {
				e.File = file
				return nil
			}
		}
	}
	return fmt.Errorf("%s: the folder has no entry: no %s with a \"main\", and no main or index file", path, manifestName)
}

// fromFile takes the file itself, and looks for its package above it.
func (e *entry) fromFile(path string) (err error) {
	if !isSource(e.File) {
		return fmt.Errorf("%s: not an extension: expected a JavaScript or TypeScript file (%s), a folder, or a %s", path, strings.Join(sourceEndings, " "), manifestName)
	}
	e.Root = packageRoot(filepath.Dir(e.File))
	e.Manifest, err = readManifest(e.Root)
	return err
}

func isSource(file string) bool { return slices.Contains(sourceEndings, filepath.Ext(file)) }

// packageRoot is the nearest folder upwards that has a manifest.json or a
// package.json, or is the top of a repository. Without any, a file stands for
// itself and its folder is the root.
func packageRoot(folder string) string {
	for dir := folder; ; dir = filepath.Dir(dir) {
		if exists(dir, manifestName) || exists(dir, "package.json") {
			return dir
		}
		if exists(dir, ".git") || dir == filepath.Dir(dir) {
			return folder
		}
	}
}

func exists(folder, name string) bool {
	_, err := os.Stat(filepath.Join(folder, name))
	return err == nil
}

// name settles the id: the manifest's, else the one that was asked for, else
// the file's name, or its folder's for an index or main file.
func (e *entry) name(id string) error {
	base := strings.TrimSuffix(filepath.Base(e.File), filepath.Ext(e.File))
	if base == "index" || base == "main" {
		base = filepath.Base(filepath.Dir(e.File))
	}
	switch {
	case e.Manifest != nil:
		e.ID = e.Manifest.ID
	case id != "":
		e.ID = id
	default:
		e.ID = base
	}
	if err := checkID(e.ID); err != nil {
		if e.Manifest == nil && id == "" {
			return fmt.Errorf("%s: its name %w; give the extension one with --id or a %s", e.File, err, manifestName)
		}
		return fmt.Errorf("%s: the id %w", e.File, err)
	}
	return nil
}
