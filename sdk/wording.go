package sdk

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/internal/lazyregexp"
)

// reword replaces what esbuild says about modules and names that don't exist by
// what it means for an extension.
func (p *plugin) reword(found []api.Message) []api.Message {
	bound := p.boundToNode(found)
	for i := range found {
		message := &found[i]
		if specifier, ok := quoted(message.Text, noFile); ok {
			message.Text, message.Notes = p.unresolved(specifier, p.folderOf(message.Location), bound), nil
		} else if name, ok := quoted(message.Text, noExport); ok {
			message.Text, message.Notes = unknownExport(name), nil
		} else {
			message.Text = inner.Replace(message.Text)
		}
	}
	return found
}

// inner turns what esbuild calls the SDK, and a file that its package leaves
// out, into their names.
var inner = strings.NewReplacer(`"`+virtual+":"+Module+`"`, `"`+Module+`"`, `"(disabled):`, `"`)

// noFile is what esbuild says before what leads nowhere.
const noFile = "Could not resolve "

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

// boundToNode are the installed packages that need what nothing replaces: it
// would be no use to install a replacement for the rest.
func (p *plugin) boundToNode(found []api.Message) map[string]bool {
	bound := make(map[string]bool)
	for _, message := range found {
		specifier, _ := quoted(message.Text, noFile)
		if builtin, ok := nodeModuleOf(specifier); ok && !builtin.installable() {
			bound[owner(p.folderOf(message.Location))] = true
		}
	}
	return bound
}

// unresolved explains an import that leads nowhere, in a source of a folder.
func (p *plugin) unresolved(specifier, folder string, bound map[string]bool) string {
	if builtin, ok := nodeModuleOf(specifier); ok {
		return ofNode(specifier, builtin, folder, bound)
	}
	return p.missing(specifier, folder)
}

// missing is unresolved for what is no part of Node.js.
func (p *plugin) missing(specifier, folder string) string {
	if isPath(specifier) {
		return fmt.Sprintf("%q doesn't exist", specifier)
	}
	if strings.HasPrefix(specifier, "#") {
		return fmt.Sprintf("%q is not among the \"imports\" of package.json, or leads nowhere", specifier)
	}
	// Where a pattern takes any name, the package is as likely what was meant.
	if targets := p.project.mapped(specifier); len(targets) > 0 && p.project.paths["*"] == nil && owner(folder) == "" {
		for i, target := range targets {
			targets[i] = relativeTo(p.input.Root, target)
		}
		return fmt.Sprintf("%q stands for %s, by %s, but that doesn't exist", specifier, strings.Join(targets, " or "), relativeTo(p.input.Root, p.project.file))
	}
	name := packageName(specifier)
	switch {
	case name == "vscode" && packageAt(folder, name) == "":
		return fmt.Sprintf("%q is another editor's API, which extensions don't have here: import %q and take what you need from it", name, Module)
	case !packageNames().MatchString(name):
		return fmt.Sprintf("%q can't be found, and no package can have that name: if it stands for a path, say so in \"paths\" in tsconfig.json", specifier)
	case packageAt(folder, name) == "" && owner(folder) == "" && globalFor[name] != "":
		return fmt.Sprintf("package %q isn't installed, and would need Node.js, which extensions run without: use the global %s", name, globalFor[name])
	case packageAt(folder, name) == "" && owner(folder) != "":
		return fmt.Sprintf("package %q, which package %q needs, isn't installed: run npm install in the extension's folder, or npm install %s", name, owner(folder), name)
	case packageAt(folder, name) == "":
		return fmt.Sprintf("package %q isn't installed: run npm install %s in the extension's folder", name, name)
	case name == specifier:
		return fmt.Sprintf("package %q is installed, but names no file to import: see \"main\" and \"exports\" in its package.json", name)
	}
	return fmt.Sprintf("%q can't be found: package %s is installed, but offers no such part; see \"exports\" in its package.json", specifier, name)
}

// ofNode explains an import of what is part of Node.js. Advice about code is for
// those who can change that code, and not for what is installed.
func ofNode(specifier string, builtin nodeModule, folder string, bound map[string]bool) string {
	by := owner(folder)
	if by == "" {
		text := fmt.Sprintf("%q belongs to Node.js, which extensions run without", specifier)
		if builtin.advice != "" {
			text += ": " + builtin.advice
		}
		return text
	}
	advice := "look for a package that is made for browsers too"
	if global := globalFor[by]; global != "" {
		advice = "use the global " + global
	} else if builtin.installable() && !bound[by] {
		advice = builtin.advice
	}
	return fmt.Sprintf("package %q needs %q of Node.js, which extensions run without: %s", by, specifier, advice)
}

// packageNames matches what npm takes for the name of a package, or once did.
var packageNames = lazyregexp.New(`^(?:@[\w.-]+/)?[\w-][\w.-]*$`)

// owner is the installed package that a folder belongs to, or empty.
func owner(folder string) string {
	const marker = "/" + nodeFolder + "/"
	folder = filepath.ToSlash(folder)
	if at := strings.LastIndex(folder, marker); at >= 0 {
		return packageName(folder[at+len(marker):])
	}
	return ""
}
