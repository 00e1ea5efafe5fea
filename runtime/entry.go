package runtime

import (
	"errors"
	"fmt"
	"io/fs"
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

	shown  string // how errors name what was asked for
	folder bool   // a folder was asked for
}

// sourceEndings are the files that can be an entry.
var sourceEndings = []string{".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"}

// findEntry resolves what a user names: a source file, a folder, or a manifest.
// id counts where there is no manifest to name one. It runs nothing, and reads
// no sources.
func findEntry(path, id string) (entry, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return entry{}, fmt.Errorf("%s: %w", path, err)
	}
	info, err := os.Stat(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		return entry{}, fmt.Errorf("%s: there is no such file", path)
	}
	if err != nil {
		return entry{}, fmt.Errorf("%s: can't be read: %w", path, reason(err))
	}
	e := entry{shown: path}
	base := filepath.Base(absolute)
	switch {
	case info.IsDir():
		e.Root = absolute
		err = e.fromFolder()
	case base == manifestName || base == packageName:
		e.Root, e.shown = filepath.Dir(absolute), filepath.Dir(path)
		err = e.fromFolder()
	default:
		e.File = absolute
		err = e.fromFile()
	}
	if err != nil {
		return entry{}, err
	}
	return e, e.name(id)
}

// fromFolder finds the entry file of a package: the one that its manifest names,
// or its package.json, or one with the usual name.
func (e *entry) fromFolder() (err error) {
	e.folder = true
	if e.Manifest, err = readManifest(e.Root, e.shown); err != nil {
		return err
	}
	described, err := readPackage(e.Root, e.shown)
	if err != nil {
		return err
	}
	if e.Manifest != nil && e.Manifest.Main != "" {
		return e.fromManifest(described)
	}
	if described != nil && len(described.Entries) > 0 {
		return e.fromPackage(described)
	}
	for _, base := range []string{"main", "index", "src/main", "src/index"} {
		if file := e.usual(base); file != "" {
			e.File = file
			return e.judge(func(problem string) error {
				return fmt.Errorf("%s: %s %s", e.shown, e.relative(file), problem)
			})
		}
	}
	return fmt.Errorf("%s: the folder has no entry: no %s with a \"main\", and no main or index file", e.shown, manifestName)
}

// fromManifest takes what a manifest names, which has to be there to the letter.
func (e *entry) fromManifest(described *packageFile) error {
	refuse := func(problem string) error {
		return &ManifestError{Path: filepath.Join(e.shown, manifestName), Field: "main",
			Reason: fmt.Sprintf("names %q, which %s", e.Manifest.Main, problem)}
	}
	e.File = filepath.Join(e.Root, filepath.FromSlash(e.Manifest.Main))
	if !isRegular(e.File) {
		problem := "is not a file in the package"
		if meant := e.resolve(e.Manifest.Main); meant != "" {
			problem += fmt.Sprintf(": did you mean %q?", e.relative(meant))
		} else {
			problem += described.buildHint()
		}
		return refuse(problem)
	}
	return e.judge(refuse)
}

// fromPackage takes the first file that a package.json names and that is there.
func (e *entry) fromPackage(described *packageFile) error {
	for _, named := range described.Entries {
		if e.File = e.resolve(named.Path); e.File != "" {
			return e.judge(func(problem string) error { return described.refuse(named, problem) })
		}
	}
	problem := "is not a file in the package"
	if named := described.Entries[0].Path; filepath.Ext(named) == "" {
		problem += fmt.Sprintf(", nor is it one with an ending (%s), nor a folder with an index", strings.Join(sourceEndings, " "))
	}
	return described.refuse(described.Entries[0], problem+described.buildHint())
}

// judge refuses an entry file that can't be run, in the words of whoever knows
// who named it.
func (e *entry) judge(refuse func(problem string) error) error {
	if !isSource(e.File) {
		return refuse("is no JavaScript or TypeScript file")
	}
	file, err := filepath.EvalSymlinks(e.File)
	if err != nil {
		return refuse(fmt.Sprintf("can't be read: %v", reason(err)))
	}
	root, err := filepath.EvalSymlinks(e.Root)
	if err != nil {
		return refuse(fmt.Sprintf("is in a folder that can't be read: %v", reason(err)))
	}
	if inside, err := filepath.Rel(root, file); err != nil || !filepath.IsLocal(inside) {
		return refuse("leads out of the package")
	}
	if isEmpty(e.File) {
		return refuse("is empty: there is nothing to run")
	}
	return nil
}

// resolve is the file that a path in a package.json stands for, as Node.js reads
// it: the file itself, one with an ending, or the index of a folder. It is ""
// where there is none.
func (e *entry) resolve(path string) string {
	if file := filepath.Join(e.Root, filepath.FromSlash(path)); isRegular(file) {
		return file
	}
	if file := e.usual(path); file != "" {
		return file
	}
	return e.usual(path + "/index")
}

// usual is the source file of a name without its ending, or "".
func (e *entry) usual(base string) string {
	for _, ending := range sourceEndings {
		if file := filepath.Join(e.Root, filepath.FromSlash(base)+ending); isRegular(file) {
			return file
		}
	}
	return ""
}

// fromFile takes the file itself, and looks for its package above it.
func (e *entry) fromFile() (err error) {
	if !isSource(e.File) {
		return fmt.Errorf("%s: not an extension: expected a JavaScript or TypeScript file (%s), a folder, or a %s", e.shown, strings.Join(sourceEndings, " "), manifestName)
	}
	if isEmpty(e.File) {
		return fmt.Errorf("%s is empty: there is nothing to run", e.shown)
	}
	e.Root = packageRoot(filepath.Dir(e.File))
	shown := e.Root
	if up, err := filepath.Rel(filepath.Dir(e.File), e.Root); err == nil {
		shown = filepath.Join(filepath.Dir(e.shown), up)
	}
	e.Manifest, err = readManifest(e.Root, shown)
	return err
}

func isSource(file string) bool {
	return slices.Contains(sourceEndings, strings.ToLower(filepath.Ext(file)))
}

func isRegular(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular()
}

func isEmpty(file string) bool {
	info, err := os.Stat(file)
	return err == nil && info.Mode().IsRegular() && info.Size() == 0
}

// relative names a file of the package in an error.
func (e *entry) relative(file string) string {
	if inside, err := filepath.Rel(e.Root, file); err == nil {
		return filepath.ToSlash(inside)
	}
	return file
}

// packageRoot is the nearest folder upwards that has a manifest.json or a
// package.json, or is the top of a repository. Without any, a file stands for
// itself and its folder is the root.
func packageRoot(folder string) string {
	for dir := folder; ; dir = filepath.Dir(dir) {
		if exists(dir, manifestName) || exists(dir, packageName) {
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
// the file's name, or its folder's for an index or main file. Where a folder was
// asked for, that is the folder.
func (e *entry) name(id string) error {
	base := strings.TrimSuffix(filepath.Base(e.File), filepath.Ext(e.File))
	if base == "index" || base == "main" {
		base = filepath.Base(filepath.Dir(e.File))
		if e.folder {
			base = filepath.Base(e.Root)
		}
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
