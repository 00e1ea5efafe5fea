package sdk

import (
	"encoding/json"
	"errors"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/internal/nesting"
)

// A built is the outcome of a run.
type built struct {
	code     string
	codeMap  []byte
	size     int64
	errors   []api.Message
	warnings []api.Message
	modules  map[string]bool // the sources, and whether they are ES modules
	commonJS bool            // some source is a CommonJS module for sure
	imports  int             // how many imports lead to another source, or nowhere
}

func newBuilt(result api.BuildResult, p *plugin) *built {
	b := &built{size: p.read.sum(), errors: p.reword(result.Errors), warnings: p.reword(result.Warnings)}
	for _, file := range result.OutputFiles {
		if strings.HasSuffix(file.Path, ".map") {
			b.codeMap = file.Contents
		} else {
			b.code = strings.ToValidUTF8(repaired(string(file.Contents)), "\ufffd") // names of files are anything
		}
	}
	b.read(result.Metafile)
	return b
}

// read takes from esbuild's report what the sources are.
func (b *built) read(metafile string) {
	var meta struct {
		Inputs map[string]struct {
			Format  string
			Imports []struct{ Path string }
		}
	}
	if json.Unmarshal([]byte(metafile), &meta) != nil {
		return
	}
	b.modules = make(map[string]bool)
	for name, input := range meta.Inputs {
		if strings.HasPrefix(name, virtual+":") {
			continue
		}
		b.modules[name] = input.Format == "esm"
		b.commonJS = b.commonJS || input.Format == "cjs"
		for _, to := range input.Imports {
			if to.Path != "<runtime>" { // what esbuild adds
				b.imports++
			}
		}
	}
}

// onlyModules reports whether all sources are ES modules, which are strict code.
// esbuild doesn't say so in a script, for the sake of CommonJS modules beside
// them that may not be.
func (b *built) onlyModules() bool {
	for _, isModule := range b.modules {
		if !isModule {
			return false
		}
	}
	return len(b.modules) > 0
}

// maxCodeBytes bounds the code of a bundle: rewriting what the engine lacks can
// make it many times as long as its sources.
const maxCodeBytes = 64 << 20

// bundled is the outcome for those who asked for it.
func (b *built) bundled() (*Bundled, error) {
	if len(b.errors) > 0 {
		return nil, &BuildError{messages(b.errors)}
	}
	if len(b.code) > maxCodeBytes {
		return nil, refusal("the bundle would have %d bytes, and may have %d: leave out what isn't needed", len(b.code), maxCodeBytes)
	}
	if deep, ok := errors.AsType[*nesting.TooDeep](nesting.CheckArrows(b.code)); ok {
		return nil, refusal("%s", deep.Reason())
	}
	return &Bundled{Code: b.code, Map: b.codeMap, Size: b.size, Warnings: messages(b.warnings)}, nil
}

func usesTopLevelAwait(errors []api.Message) bool {
	for _, message := range errors {
		if strings.HasPrefix(message.Text, "Top-level await is currently not supported") {
			return true
		}
	}
	return false
}
