package runtime

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/srcnexus/extrun/runtime/internal/jsondoc"
)

// packageName is the file that describes a package of npm.
const packageName = "package.json"

// A packageFile is what a package.json says of the package's entry. Anything
// else in it is npm's business.
type packageFile struct {
	Path    string // how errors name it
	Entries []namedEntry
	Build   bool // there is a script that builds the package
}

// A namedEntry is a path, and the field that it stands in.
type namedEntry struct {
	Field, Path string
	value       *jsondoc.Value
}

// readPackage reads the package.json in a folder, which is named path in errors;
// it returns nil where there is none.
func readPackage(folder, path string) (*packageFile, error) {
	p := &packageFile{Path: filepath.Join(path, packageName)}
	text, err := readSmall(filepath.Join(folder, packageName), maxManifest)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", p.Path, err)
	}
	document, err := jsondoc.Parse(text)
	if wrong, ok := errors.AsType[*jsondoc.SyntaxError](err); ok {
		return nil, fmt.Errorf("%s:%d:%d: is not valid JSON: %s", p.Path, wrong.Line, wrong.Column, wrong.Reason)
	}
	p.read(document)
	return p, nil
}

// read takes the fields that name an entry, the source before what is built from
// it. Those of another type have another meaning, and are left alone.
func (p *packageFile) read(document *jsondoc.Value) {
	for _, field := range []string{"source", "main", "module"} {
		if v, _ := document.Member(field); v != nil {
			p.add(field, v)
		}
	}
	if exports, _ := document.Member("exports"); exports != nil {
		p.addExports("exports", exports, 0)
	}
	if scripts, _ := document.Member("scripts"); scripts != nil {
		build, _ := scripts.Member("build")
		p.Build = build != nil && build.Kind == jsondoc.String
	}
}

func (p *packageFile) add(field string, v *jsondoc.Value) {
	if v.Kind == jsondoc.String && v.Text != "" {
		p.Entries = append(p.Entries, namedEntry{field, v.Text, v})
	}
}

// addExports looks for the package itself in its exports: under ".", and then
// under the conditions that the bundler knows.
func (p *packageFile) addExports(field string, v *jsondoc.Value, depth int) {
	p.add(field, v)
	if depth == maxConditions {
		return
	}
	for i, item := range v.Items {
		p.addExports(fmt.Sprintf("%s[%d]", field, i), item, depth+1)
	}
	for _, member := range v.Members {
		switch member.Name {
		case ".", "worker", "browser", "module", "import", "require", "default":
			p.addExports(fmt.Sprintf("%s[%q]", field, member.Name), member.Value, depth+1)
		}
	}
}

// maxConditions is how deep the conditions of exports are followed.
const maxConditions = 5

func (p *packageFile) refuse(named namedEntry, problem string) error {
	line, column := named.value.Place()
	return fmt.Errorf("%s:%d:%d: field %q names %q, which %s", p.Path, line, column, named.Field, named.Path, problem)
}

// buildHint is what to do where a file is missing that is made from others.
func (p *packageFile) buildHint() string {
	if p == nil || !p.Build {
		return ""
	}
	return ": if it is built from other files, run npm run build first"
}
