package sdk

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
)

// A project is what the tsconfig.json, or jsconfig.json, nearest to the entry
// says within the package. It holds for all sources of the package, not for what
// is installed.
type project struct {
	file    string // empty without one
	options map[string]any
	base    string              // baseUrl, absolute, or empty
	paths   map[string][]string // targets are absolute
}

// keptOptions are those that change what sources mean once they are JavaScript.
// A target is among them for what it implies for class fields; the output is
// JavaScript of the newest kind whatever it says.
var keptOptions = []string{
	"alwaysStrict", "experimentalDecorators", "importsNotUsedAsValues", "jsx", "jsxFactory", "jsxFragmentFactory",
	"jsxImportSource", "preserveValueImports", "strict", "target", "useDefineForClassFields", "verbatimModuleSyntax",
}

// findProject reads the project of an input.
func findProject(input Input, homes *homes) (*project, error) {
	reader := configReader{input: input, homes: homes}
	for up := filepath.Dir(input.Entry); within(input.Root, up); up = filepath.Dir(up) {
		input.trace.config(up)
		for _, name := range []string{"tsconfig.json", "jsconfig.json"} {
			name = filepath.Join(up, name)
			if _, err := os.Lstat(name); err != nil {
				continue
			}
			config, err := reader.read(name, nil)
			if err != nil {
				return nil, err
			}
			return config.project(name, reader)
		}
	}
	return &project{}, nil
}

// candidates are the files or folders, without endings, that a package's name
// may stand for.
func (p *project) candidates(specifier string) []string {
	targets := p.mapped(specifier)
	if p.base != "" {
		targets = append(targets, filepath.Join(p.base, filepath.FromSlash(specifier)))
	}
	return targets
}

// mapped are those of the candidates that "paths" names.
func (p *project) mapped(specifier string) []string {
	var targets []string
	for pattern, names := range p.paths {
		before, after, wild := strings.Cut(pattern, "*")
		if !wild && pattern != specifier || len(specifier) < len(before)+len(after) ||
			!strings.HasPrefix(specifier, before) || !strings.HasSuffix(specifier, after) {
			continue
		}
		for _, name := range names {
			targets = append(targets, strings.Replace(name, "*", specifier[len(before):len(specifier)-len(after)], 1))
		}
	}
	return targets
}

// text is the project for esbuild.
func (p *project) text() string {
	options := make(map[string]any)
	for _, name := range keptOptions {
		if value, ok := p.options[name]; ok {
			options[name] = value
		}
	}
	options["jsx"] = jsxMode(p.options)
	if p.base != "" {
		options["baseUrl"] = p.base
	}
	if p.paths != nil {
		options["paths"] = p.paths
	}
	text, err := json.Marshal(map[string]any{"compilerOptions": options})
	if err != nil {
		return "{}"
	}
	return string(text)
}

// importsTags reports whether tags become calls of what a package exports.
func (p *project) importsTags() bool { return jsxMode(p.options) == automaticTags }

const automaticTags = "react-jsx"

// jsxMode is what becomes of tags. Those that are to be preserved have nobody
// after us to read them, and what is for debugging names files of the machine.
func jsxMode(options map[string]any) string {
	switch mode, _ := options["jsx"].(string); strings.ToLower(mode) {
	case "react-jsx", "react-jsxdev":
		return automaticTags
	case "preserve", "react-native", "":
		if _, ok := options["jsxImportSource"]; ok {
			return automaticTags
		}
	}
	return "react"
}
