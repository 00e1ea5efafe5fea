package sdk

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// DefaultMaxBytes is how large the sources of an extension may be together.
const DefaultMaxBytes = 16 << 20

// Input names what is to be bundled.
type Input struct {
	// Entry is the file that is run: JavaScript or TypeScript.
	Entry string

	// Root is the folder of the extension's package, which relative imports
	// can't leave. The default is the entry's folder. Packages are looked for
	// in node_modules folders from the importing file upwards, as Node.js does.
	Root string

	// MaxBytes bounds the size of all sources together, packages included. The
	// default is DefaultMaxBytes.
	MaxBytes int64
}

// A Bundled extension is one script.
type Bundled struct {
	// Code is a classic script. It takes the SDK from the global function
	// require, if any of the sources imports it.
	Code string

	// Map is the source map of Code, version 3, as JSON, without the sources'
	// contents. Its sources are paths relative to the root, with slashes.
	Map []byte

	// Async is set if a source awaits at top level. The completion value of
	// Code is then a promise of the end of the top-level code.
	Async bool

	// Warnings are what the author should know although the bundle works.
	Warnings []Message
}

// Bundle makes one script of an extension's sources. It reads files only, and
// only regular ones: no tsconfig.json is obeyed, nothing is written or run. The
// error is a *BuildError.
func Bundle(input Input) (*Bundled, error) {
	input, err := input.complete()
	if err != nil {
		return nil, err
	}
	result := build(input, false)
	async := usesTopLevelAwait(result.Errors)
	if async {
		result = build(input, true)
	}
	if len(result.Errors) > 0 {
		return nil, &BuildError{messages(result.Errors)}
	}
	bundled := &Bundled{Async: async, Warnings: messages(result.Warnings)}
	for _, file := range result.OutputFiles {
		if strings.HasSuffix(file.Path, ".map") {
			bundled.Map = file.Contents
		} else {
			bundled.Code = string(file.Contents)
		}
	}
	if !async && onlyModules(result.Metafile) {
		bundled.Code = `"use strict";` + bundled.Code // on a line that the map says nothing of
	}
	return bundled, nil
}

// onlyModules reports whether all sources are ES modules, which are strict code.
// esbuild doesn't say so in a script, for the sake of CommonJS modules beside
// them that may not be.
func onlyModules(metafile string) bool {
	var meta struct {
		Inputs map[string]struct{ Format string }
	}
	if json.Unmarshal([]byte(metafile), &meta) != nil {
		return false
	}
	modules := 0
	for name, input := range meta.Inputs {
		switch {
		case strings.HasPrefix(name, virtual):
		case input.Format != "esm":
			return false
		default:
			modules++
		}
	}
	return modules > 0
}

// complete fills in the defaults and makes both paths absolute and free of
// symbolic links, so that one can be told to be inside the other.
func (in Input) complete() (Input, error) {
	if in.MaxBytes <= 0 {
		in.MaxBytes = DefaultMaxBytes
	}
	entry, err := realPath(in.Entry)
	if err != nil {
		return in, refusal("can't run %s: %s", in.Entry, causeOf(err))
	}
	if info, err := os.Stat(entry); err == nil && info.IsDir() {
		return in, refusal("can't run %s: it is a folder; name the file to run, or give its folder a manifest.json with a main", in.Entry)
	}
	if in.Root == "" {
		in.Root = filepath.Dir(entry)
	}
	root, err := realPath(in.Root)
	if err != nil {
		return in, refusal("can't use %s as the package root: %s", in.Root, causeOf(err))
	}
	if !within(root, entry) {
		return in, refusal("can't run %s: it is outside of its package, %s", in.Entry, in.Root)
	}
	in.Entry, in.Root = entry, root
	return in, nil
}

// build runs esbuild. A script with top-level await becomes the body of an
// async function; esbuild leaves such code as it is only in an ES module, whose
// imports and exports are gone once it is bundled behind a stub.
func build(input Input, async bool) api.BuildResult {
	options := api.BuildOptions{
		EntryPoints:    []string{input.Entry},
		AbsWorkingDir:  input.Root,
		Outfile:        filepath.Join(input.Root, "extension.js"),
		Bundle:         true,
		Format:         api.FormatIIFE,
		Platform:       api.PlatformNeutral,
		Target:         api.ESNext,
		Supported:      unsupported(),
		MainFields:     []string{"module", "main"},
		Conditions:     []string{"import", "default"},
		Define:         defines(input),
		TsconfigRaw:    "{}",
		LegalComments:  api.LegalCommentsNone,
		Sourcemap:      api.SourceMapExternal,
		Metafile:       true,
		SourcesContent: api.SourcesContentExclude,
		TreeShaking:    api.TreeShakingTrue,
		Plugins:        []api.Plugin{newPlugin(input).plugin()},
	}
	if async {
		options.EntryPoints = []string{stubEntry}
		options.Format = api.FormatESModule
		options.Banner = map[string]string{"js": `(async () => { "use strict";`}
		options.Footer = map[string]string{"js": `})()`}
	}
	return api.Build(options)
}

// defines are the constants that packages ask for and goja doesn't have.
func defines(input Input) map[string]string {
	return map[string]string{
		"import.meta.url":      strconv.Quote("file:///" + relativeTo(input.Root, input.Entry)),
		"process.env.NODE_ENV": `"production"`,
	}
}

func usesTopLevelAwait(errors []api.Message) bool {
	for _, message := range errors {
		if strings.HasPrefix(message.Text, "Top-level await is currently not supported") {
			return true
		}
	}
	return false
}

func realPath(name string) (string, error) {
	if name == "" {
		return "", fmt.Errorf("no path given")
	}
	absolute, err := filepath.Abs(name)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(absolute)
}

// within reports whether a path is inside a folder; both are absolute and clean.
func within(folder, name string) bool {
	rel, err := filepath.Rel(folder, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// relativeTo is how messages name a file: relative to the package, with slashes.
func relativeTo(root, name string) string {
	if rel, err := filepath.Rel(root, name); err == nil {
		return filepath.ToSlash(rel)
	}
	return name
}
