package sdk

import (
	"encoding/json"
	"path"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/internal/regular"
)

// A shape is what a build makes of its entry.
type shape int

const (
	asBundle  shape = iota // a script of the entry and all that it imports
	asAsync                // the same, as the body of an async function
	asScript               // a script of the entry alone, whose declarations are global
	asProbe                // asBundle, only to find out what the entry refers to
	asModule               // a CommonJS module of the entry alone
	asPackage              // a CommonJS module of a package and all that it imports
)

// bundles reports whether what the entry imports becomes part of the outcome.
func (s shape) bundles() bool { return s != asScript && s != asModule }

// A bundling is what runs of esbuild on one entry have in common.
type bundling struct {
	input   Input
	source  []byte // of the entry, nil if it wasn't read
	project *project
	homes   *homes
	stub    string    // the stub's source, for the shapes that begin with one
	spent   *spending // counts the bytes read by all runs, nil if each counts its own
}

func newBundling(input Input) (*bundling, error) {
	homes := &homes{root: input.Root}
	if input.trace != nil {
		input.trace.homes = homes
	}
	project, err := findProject(input, homes)
	if err != nil {
		return nil, err
	}
	return &bundling{input: input, project: project, homes: homes, stub: importMain}, nil
}

// readEntry reads the entry, to see what it looks like.
func (b *bundling) readEntry() {
	source, err := regular.Read(b.input.Entry, b.input.MaxBytes)
	if err != nil {
		return // the run that needs it says so
	}
	b.source = source
	b.input.trace.file(b.input.Entry, source)
}

// entryName is how esbuild names the entry.
func (b *bundling) entryName() string { return relativeTo(b.input.Root, b.input.Entry) }

// run runs esbuild, and once more where the outcome has class fields that goja
// can't read: rewriting all fields makes classes slower, so that is not the rule.
func (b *bundling) run(s shape) *built {
	result := b.build(s, unsupported())
	if strings.Contains(result.code, "class") && oddFields().MatchString(result.code) {
		result = b.build(s, withoutFields())
	}
	return result
}

func (b *bundling) build(s shape, lacking map[string]bool) *built {
	p := &plugin{
		input: b.input, bundles: s.bundles(), stub: b.stub, read: b.spent, project: b.project, homes: b.homes,
		configs: configFiles{root: b.input.Root, trace: b.input.trace},
	}
	if p.read == nil {
		p.read = new(spending)
	}
	options := b.options(s)
	options.Supported = lacking
	options.Plugins = []api.Plugin{p.plugin()}
	result := api.Build(options)
	return newBuilt(result, p)
}

// options are esbuild's. Packages are taken in the form that they have for
// browsers, which lack Node.js as extensions do.
func (b *bundling) options(s shape) api.BuildOptions {
	options := api.BuildOptions{
		EntryPoints:       []string{mainEntry},
		AbsWorkingDir:     b.input.Root,
		Outfile:           filepath.Join(b.input.Root, "extension.js"),
		Bundle:            s.bundles(),
		Format:            api.FormatIIFE,
		Platform:          api.PlatformBrowser,
		Target:            api.ESNext,
		MainFields:        []string{"browser", "module", "main"},
		Conditions:        []string{"worker", "module"}, // extensions have no document, as workers
		ResolveExtensions: impliedEndings,
		Define:            b.defines(),
		TsconfigRaw:       b.project.text(),
		LegalComments:     api.LegalCommentsNone,
		LineLimit:         100, // bounds the indentation too, which would be most of deeply nested code
		Sourcemap:         api.SourceMapExternal,
		Metafile:          true,
		SourcesContent:    api.SourcesContentExclude,
		TreeShaking:       api.TreeShakingTrue,
	}
	b.shape(&options, s)
	return options
}

// shape sets what shapes differ in. A script with top-level await becomes the
// body of an async function; esbuild leaves such code as it is only in an ES
// module, whose imports and exports are gone once it is bundled behind a stub.
func (b *bundling) shape(options *api.BuildOptions, s shape) {
	wrap := func(before, after string) {
		options.Banner = map[string]string{"js": before}
		options.Footer = map[string]string{"js": after}
	}
	switch s {
	case asAsync:
		options.EntryPoints = []string{stubEntry}
		options.Format = api.FormatESModule
		wrap(`(async () => { "use strict";`, `})()`)
	case asScript:
		options.Format = api.FormatDefault
		options.TreeShaking = api.TreeShakingFalse
	case asProbe:
		options.Define["this"] = "globalThis" // or it would count as exports
		options.Sourcemap = api.SourceMapNone
	case asPackage:
		options.EntryPoints = []string{stubEntry}
		fallthrough
	case asModule:
		options.Format = api.FormatCommonJS
		delete(options.Define, "__filename")
		delete(options.Define, "__dirname")
		wrap(`(function (exports, require, module, __filename, __dirname) {`, `})`)
	}
}

// defines are the constants that packages ask for and goja doesn't have. Paths
// have the package as their root.
func (b *bundling) defines() map[string]string {
	return map[string]string{
		"__filename":           literal("/" + b.entryName()),
		"__dirname":            literal(path.Dir("/" + b.entryName())),
		"import.meta.url":      literal("file:///" + b.entryName()),
		"process.env.NODE_ENV": `"production"`,
	}
}

// literal is a text as a source writes it.
func literal(text string) string {
	quoted, _ := json.Marshal(text) // a string can always be written
	return string(quoted)
}
