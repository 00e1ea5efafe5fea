package sdk

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// reword replaces what esbuild says about modules and names that don't exist by
// what it means for an extension.
func (p *plugin) reword(found []api.Message) []api.Message {
	for i := range found {
		message := &found[i]
		if specifier, ok := quoted(message.Text, "Could not resolve "); ok {
			message.Text, message.Notes = p.missing(specifier, p.folderOf(message.Location)), nil
		} else if name, ok := quoted(message.Text, noExport); ok {
			message.Text, message.Notes = unknownExport(name), nil
		} else {
			message.Text = strings.ReplaceAll(message.Text, `"`+virtual+":"+Module+`"`, `"`+Module+`"`)
		}
	}
	return found
}

// noExport is what esbuild says before the name that the SDK doesn't export.
const noExport = `No matching export in "` + virtual + ":" + Module + `" for import `

// quoted is the text in quotes that follows a prefix.
func quoted(text, prefix string) (string, bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok {
		return "", false
	}
	plain, err := strconv.Unquote(rest)
	return plain, err == nil
}

// folderOf is the folder of the source that a message is about.
func (p *plugin) folderOf(at *api.Location) string {
	if at == nil || strings.HasPrefix(at.File, virtual+":") {
		return filepath.Dir(p.input.Entry)
	}
	return filepath.Dir(filepath.Join(p.input.Root, filepath.FromSlash(at.File)))
}

// missing explains an import, in a source of a folder, that leads nowhere.
func (p *plugin) missing(specifier, folder string) string {
	if isPath(specifier) {
		return fmt.Sprintf("%q doesn't exist", specifier)
	}
	if strings.HasPrefix(specifier, "#") {
		return fmt.Sprintf("%q is not among the \"imports\" of package.json, or leads nowhere", specifier)
	}
	if builtin, ok := nodeModuleOf(specifier); ok {
		text := fmt.Sprintf("%q belongs to Node.js, which extensions run without", specifier)
		if builtin.advice != "" {
			text += ": " + builtin.advice
		}
		return text
	}
	name := packageName(specifier)
	switch {
	case packageAt(folder, name) == "":
		return fmt.Sprintf("package %q isn't installed: run npm install %s in the extension's folder", name, name)
	case name == specifier:
		return fmt.Sprintf("package %q is installed, but names no file to import: see \"main\" and \"exports\" in its package.json", name)
	}
	return fmt.Sprintf("%q can't be found: package %s is installed, but offers no such part; see \"exports\" in its package.json", specifier, name)
}
