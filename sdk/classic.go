package sdk

import (
	"bytes"
	"path/filepath"
	"slices"
)

// moduleWords are what a source has that is no ES module and still refers to
// others; what may spell such a word; and what asks for imported tags. Scripts
// may have them too.
var moduleWords = []string{"import", "export", "require", "module", `\u`, "@jsx"}

// moduleEndings are those of files that are modules whatever they contain.
var moduleEndings = []string{".mjs", ".cjs", ".mts", ".cts"}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// mayBeModule reports whether the entry has a word that a module would have, or
// another reason to be one.
func (b *bundling) mayBeModule() bool {
	return slices.Contains(moduleEndings, filepath.Ext(b.input.Entry)) || b.project.importsTags() ||
		slices.ContainsFunc(moduleWords, func(word string) bool { return bytes.Contains(b.source, []byte(word)) })
}

// mayBeScript reports whether the entry, of which a bundle was made, has no
// import, no export, and none of the names that make a CommonJS module. esbuild
// takes this at top level for such a name, so that needs a closer look.
func (b *bundling) mayBeScript(bundle *built) bool {
	if slices.Contains(moduleEndings, filepath.Ext(b.input.Entry)) || len(bundle.modules) != 1 || bundle.imports > 0 || bundle.modules[b.entryName()] {
		return false
	}
	if !bundle.commonJS {
		return true
	}
	if !bytes.Contains(b.source, []byte("this")) && !bytes.Contains(b.source, []byte(`\u`)) {
		return false
	}
	probe := b.build(asProbe, unsupported())
	return len(probe.errors) == 0 && !probe.commonJS
}

// script is the entry as a script by itself, or nil if it can't be one.
func (b *bundling) script() *Bundled {
	script := b.run(asScript)
	if len(script.errors) > 0 || script.commonJS || script.modules[b.entryName()] {
		return nil
	}
	bundled, _ := script.bundled() // there are no errors
	return bundled
}
