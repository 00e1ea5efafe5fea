package sdk

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/srcnexus/extrun/internal/nesting"
	"github.com/srcnexus/extrun/internal/regular"
)

// maxExtends bounds how many files may extend each other.
const maxExtends = 30

// A config is the content of a file with all that it extends. Paths in it are
// absolute, but for those in "paths", which are relative to from.
type config struct {
	options map[string]any
	base    string
	from    string
}

// project makes the paths absolute.
func (c *config) project(file string, r configReader) (*project, error) {
	p := &project{file: file, options: c.options, base: c.base}
	paths, _ := c.options["paths"].(map[string]any)
	from := c.from
	if c.base != "" {
		from = c.base
	}
	for _, pattern := range slices.Sorted(maps.Keys(paths)) {
		targets, _ := paths[pattern].([]any)
		for _, target := range targets {
			name, ok := target.(string)
			if !ok || declaresOnly(pattern, name) {
				continue
			}
			name = r.absolute(name, from, file)
			if !r.homes.allow(strings.ReplaceAll(name, "*", "x")) {
				return nil, refusalIn(r.name(file), "paths: %q leads to %q, outside of the package", pattern, target)
			}
			if p.paths == nil {
				p.paths = make(map[string][]string)
			}
			p.paths[pattern] = append(p.paths[pattern], name)
		}
	}
	if p.base != "" && !r.homes.allow(p.base) {
		return nil, refusalIn(r.name(file), "baseUrl leads outside of the package")
	}
	return p, nil
}

// declaresOnly reports whether a path tells the compiler where types are, which
// may be anywhere: no code is taken from there.
func declaresOnly(pattern, target string) bool {
	return pattern == Module || strings.HasSuffix(target, ".d.ts") || strings.HasSuffix(target, ".d.mts")
}

// A configReader reads tsconfig.json files.
type configReader struct {
	input Input
	homes *homes
}

// read reads a file and what it extends; open are the files that extend it.
func (r configReader) read(file string, open []string) (*config, error) {
	if real, err := filepath.EvalSymlinks(file); err == nil {
		file = real
	}
	if !r.homes.allow(file) {
		return nil, refusalIn(r.name(file), "is outside of the package that extends it")
	}
	if slices.Contains(open, file) || len(open) > maxExtends {
		return nil, refusalIn(r.name(file), "extends itself")
	}
	fields, err := r.parse(file)
	if err != nil {
		return nil, err
	}
	merged := &config{options: make(map[string]any)}
	for _, name := range extended(fields) {
		base, err := r.find(name, file)
		if err != nil {
			return nil, err
		}
		from, err := r.read(base, append(open, file))
		if err != nil {
			return nil, err
		}
		merged.add(from)
	}
	options, _ := fields["compilerOptions"].(map[string]any)
	own := &config{options: options}
	if base, ok := options["baseUrl"].(string); ok {
		own.base = r.absolute(base, filepath.Dir(file), append(open, file)[0])
	}
	if _, ok := options["paths"]; ok {
		own.from = filepath.Dir(file)
	}
	merged.add(own)
	return merged, nil
}

// add puts what a file says over what is there.
func (c *config) add(over *config) {
	maps.Copy(c.options, over.options)
	if over.base != "" {
		c.base = over.base
	}
	if over.from != "" {
		c.from = over.from
	}
}

// parse reads one file.
func (r configReader) parse(file string) (map[string]any, error) {
	content, err := regular.Read(file, maxConfigBytes)
	switch {
	case errors.Is(err, regular.ErrTooLarge):
		return nil, refusalIn(r.name(file), "is larger than %d bytes", maxConfigBytes)
	case err != nil:
		return nil, refusalIn(r.name(file), "can't be read: %s", causeOf(err))
	}
	r.input.trace.file(file, content)
	if deep, ok := errors.AsType[*nesting.TooDeep](nesting.Check(string(content), 0)); ok {
		return nil, refusalIn(r.name(file), "can't be read safely: %s", deep.Reason())
	}
	plain := withoutComments(content)
	var fields map[string]any
	if len(strings.TrimSpace(string(plain))) == 0 {
		return nil, nil
	}
	if err := json.Unmarshal(plain, &fields); err != nil {
		return nil, &BuildError{[]Message{jsonFault(r.name(file), content, err)}}
	}
	return fields, nil
}

// find is the file that a file extends by a name.
func (r configReader) find(name, file string) (string, error) {
	folder := filepath.Dir(file)
	places := []string{r.absolute(name, folder, file)}
	if !isPath(name) {
		places = nil
		r.homes.enter(folder, packageName(name))
		r.input.trace.installed(folder, packageName(name))
		if where := packageAt(folder, packageName(name)); where != "" {
			places = append(places, filepath.Join(where, filepath.FromSlash(strings.TrimPrefix(name[len(packageName(name)):], "/"))))
		}
	}
	for _, place := range places {
		r.input.trace.target(place)
		for _, candidate := range []string{place, place + ".json", filepath.Join(place, "tsconfig.json")} {
			info, err := os.Stat(candidate)
			if err == nil && !info.IsDir() {
				return candidate, nil
			}
			if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) {
				return "", refusalIn(r.name(file), "extends %q, which can't be read: %s", name, causeOf(err))
			}
		}
	}
	return "", refusalIn(r.name(file), "extends %q, which doesn't exist", name)
}

// absolute resolves a path of a file in a folder; top is the file that the
// others are extended by.
func (r configReader) absolute(name, folder, top string) string {
	if rest, ok := strings.CutPrefix(name, "${configDir}"); ok {
		return filepath.Join(filepath.Dir(top), filepath.FromSlash(rest))
	}
	if filepath.IsAbs(name) {
		return filepath.Clean(name)
	}
	return filepath.Join(folder, filepath.FromSlash(name))
}

func (r configReader) name(file string) string { return relativeTo(r.input.Root, file) }

// extended are the names of the files that a file extends.
func extended(fields map[string]any) (names []string) {
	switch value := fields["extends"].(type) {
	case string:
		names = append(names, value)
	case []any:
		for _, element := range value {
			if name, ok := element.(string); ok {
				names = append(names, name)
			}
		}
	}
	return names
}

// refusalIn is an error about a file as a whole.
func refusalIn(file, format string, args ...any) error {
	return &BuildError{[]Message{{File: file, Text: fmt.Sprintf(format, args...)}}}
}
