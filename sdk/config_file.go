package sdk

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"github.com/srcnexus/extrun/internal/nesting"
	"github.com/srcnexus/extrun/internal/regular"
)

// maxConfigBytes bounds a package.json.
const maxConfigBytes = 4 << 20

// configNames are the files that esbuild reads by itself while it looks for a
// module: its own reading of them would block on a pipe and recurse into JSON.
var configNames = []string{"package.json", ".pnp.data.json", ".pnp.cjs", ".pnp.js"}

// configFiles examines the configuration files of the folders that a search
// for a module can touch, each folder once. Any goroutine may use it.
type configFiles struct {
	root  string
	trace *trace

	mu   sync.Mutex
	seen map[string]error
}

// check returns an error if looking for the specifier from the folder would
// read a file that can't be read safely.
func (c *configFiles) check(folder, specifier string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if isPath(specifier) {
		target := specifier
		if !filepath.IsAbs(specifier) {
			target = filepath.Join(folder, specifier)
		}
		c.trace.target(target)
		return cmp.Or(c.examine(target), c.upwards(filepath.Dir(target)), c.follow(target), c.follow(filepath.Dir(target)))
	}
	if err := c.upwards(folder); err != nil {
		return err
	}
	for up := folder; up != filepath.Dir(up); up = filepath.Dir(up) {
		if err := c.packages(filepath.Join(up, "node_modules"), specifier); err != nil {
			return err
		}
	}
	return nil
}

// folder returns an error if reading a folder would read a file that can't be
// read safely.
func (c *configFiles) folder(name string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.examine(name)
}

// packages examines the folder of a package and those on the way to its part.
func (c *configFiles) packages(folder, specifier string) error {
	c.trace.folder(folder)
	for part := range strings.SplitSeq(specifier, "/") {
		folder = filepath.Join(folder, part)
		c.trace.folder(folder)
		if err := cmp.Or(c.examine(folder), c.follow(folder)); err != nil {
			return err
		}
	}
	return nil
}

// upwards examines a folder of the package and those around it, up to the root.
func (c *configFiles) upwards(folder string) error {
	for up := folder; within(c.root, up); up = filepath.Dir(up) {
		if err := c.examine(up); err != nil {
			return err
		}
	}
	return nil
}

func (c *configFiles) examine(folder string) error {
	err, known := c.seen[folder]
	if known {
		return err
	}
	c.trace.config(folder)
	for _, name := range configNames {
		if fault := configFault(filepath.Join(folder, name)); fault != "" {
			err = fmt.Errorf("%s %s", relativeTo(c.root, filepath.Join(folder, name)), fault)
			break
		}
	}
	if c.seen == nil {
		c.seen = make(map[string]error)
	}
	c.seen[folder] = err
	if err == nil {
		err = c.links(folder)
		c.seen[folder] = err
	}
	return err
}

// links follows the symbolic links in a folder: esbuild looks for modules by
// their real paths, and at what is around those.
func (c *configFiles) links(folder string) error {
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil
	}
	entries, _ := os.ReadDir(folder) // esbuild reports what can't be read
	for _, entry := range entries {
		if entry.Type()&fs.ModeSymlink == 0 {
			continue
		}
		if err := c.follow(filepath.Join(folder, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// follow examines the folders around what a name really stands for.
func (c *configFiles) follow(name string) error {
	target, err := filepath.EvalSymlinks(name)
	if err != nil || target == name {
		return nil
	}
	if err := c.upwards(target); err != nil || within(c.root, target) {
		return err
	}
	for up := target; up != filepath.Dir(up); up = filepath.Dir(up) {
		if err := c.examine(up); err != nil {
			return err
		}
	}
	return nil
}

// configFault says what is wrong with a configuration file, if anything is.
func configFault(name string) string {
	content, err := regular.Read(name, maxConfigBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return ""
	case errors.Is(err, regular.ErrTooLarge):
		return fmt.Sprintf("is larger than %d bytes", maxConfigBytes)
	case err != nil:
		return "can't be read: " + causeOf(err)
	}
	if deep, ok := errors.AsType[*nesting.TooDeep](nesting.Check(string(content), 0)); ok {
		return "can't be read safely: " + deep.Reason()
	}
	return ""
}
