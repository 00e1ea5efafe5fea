package sdk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/srcnexus/extrun/internal/regular"
)

// nodeFolder is where packages are installed.
const nodeFolder = "node_modules"

// homes are the folders that sources may be in: the package itself, what is
// installed for it, and the packages that are linked in from elsewhere, as those
// of a workspace are. Any goroutine may use them.
type homes struct {
	root string

	mu     sync.Mutex
	linked []string // the real folders of packages that are elsewhere
}

// enter allows for the real folder of a package, as it is found from a folder.
// A link alone proves nothing: what it leads to has to call itself that package,
// and can't be around the package of the extension.
func (h *homes) enter(folder, name string) {
	where := packageAt(folder, name)
	if where == "" {
		return
	}
	real, err := filepath.EvalSymlinks(where)
	if err != nil || real == where || h.allow(real) || within(real, h.root) || nameIn(real) != name {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.linked = append(h.linked, real)
}

// allow reports whether a file, by its real path, may be part of a bundle.
func (h *homes) allow(name string) bool {
	if within(h.root, name) || h.link(name) != "" {
		return true
	}
	for up := filepath.Dir(h.root); ; up = filepath.Dir(up) {
		if within(filepath.Join(up, nodeFolder), name) {
			return true
		}
		if up == filepath.Dir(up) {
			return false
		}
	}
}

// of is the folder that paths in a file can't leave: the root, or the folder of
// the package that is elsewhere.
func (h *homes) of(file string) string {
	if within(h.root, file) || !filepath.IsAbs(file) {
		return h.root
	}
	if linked := h.link(file); linked != "" {
		return linked
	}
	marker := string(filepath.Separator) + nodeFolder + string(filepath.Separator)
	if at := strings.LastIndex(file, marker); at >= 0 {
		rest := filepath.ToSlash(file[at+len(marker):])
		return filepath.Join(file[:at], nodeFolder, filepath.FromSlash(packageName(rest)))
	}
	return packageFolder(filepath.Dir(file))
}

func (h *homes) link(name string) string {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, folder := range h.linked {
		if within(folder, name) {
			return folder
		}
	}
	return ""
}

// packageAt is the folder of a package, as Node.js looks for it from a folder
// upwards, or empty.
func packageAt(folder, name string) string {
	if name == "" || strings.HasPrefix(name, "#") {
		return ""
	}
	for up := folder; ; up = filepath.Dir(up) {
		where := filepath.Join(up, nodeFolder, filepath.FromSlash(name))
		if info, err := os.Stat(where); err == nil && info.IsDir() {
			return where
		}
		if up == filepath.Dir(up) {
			return ""
		}
	}
}

// nameIn is what the package.json in a folder says that the package is called.
func nameIn(folder string) string {
	var fields struct{ Name string }
	content, err := regular.Read(filepath.Join(folder, "package.json"), maxConfigBytes)
	if err != nil || json.Unmarshal(content, &fields) != nil {
		return ""
	}
	return fields.Name
}

// packageFolder is the nearest folder upwards that has a package.json, or the
// folder itself if there is none.
func packageFolder(folder string) string {
	for up := folder; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, "package.json")); err == nil {
			return up
		}
		if up == filepath.Dir(up) {
			return folder
		}
	}
}

// exists reports whether a path leads to a file, if need be with the ending that
// an import may leave out.
func exists(name string) bool {
	for _, ending := range append([]string{""}, impliedEndings...) {
		if _, err := os.Lstat(name + ending); err == nil {
			return true
		}
	}
	return false
}
