package sdk

import (
	"bytes"
	"path/filepath"
	"slices"
)

// moduleWords are what a source has that is no ES module and still refers to
// others; what may spell such a word; and what asks for imported tags. Scripts
// may have them too.
var moduleWords = []string{"import", "require", "module", "exports", `\u`, "@jsx"}

// moduleEndings are those of files that are modules whatever they contain.
var moduleEndings = []string{".mjs", ".cjs", ".mts", ".cts"}

// looksLikeModule guesses whether the entry is a module, by the first words of
// its lines. It only decides what is tried first.
func (b *bundling) looksLikeModule() bool {
	for line := range bytes.Lines(b.source) {
		line = bytes.TrimLeft(line, " \t")
		for _, word := range []string{"import", "export"} {
			if rest, ok := bytes.CutPrefix(line, []byte(word)); ok && len(rest) > 0 && !isWordByte(rest[0]) {
				return true
			}
		}
	}
	return false
}

func isWordByte(c byte) bool {
	return c == '_' || c == '$' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// mayBeModule reports whether the entry has a word that a module would have.
func (b *bundling) mayBeModule() bool {
	return slices.ContainsFunc(moduleWords, func(word string) bool {
		return bytes.Contains(b.source, []byte(word))
	})
}

// classic is the entry as a script by itself, if it is one: it has no import, no
// export, and none of the names that make a CommonJS module. Otherwise, and
// where nobody wants to know, it is nil.
func (b *bundling) classic(wanted bool) *Bundled {
	if !wanted || slices.Contains(moduleEndings, filepath.Ext(b.input.Entry)) {
		return nil
	}
	script := b.run(asScript)
	if len(script.errors) > 0 || script.commonJS || script.modules[b.entryName()] {
		return nil
	}
	if b.mayBeModule() || b.project.importsTags() {
		probe := b.run(asProbe)
		if len(probe.errors) > 0 || len(probe.modules) != 1 || probe.commonJS || probe.imports > 0 {
			return nil
		}
	}
	bundled, _ := script.bundled() // there are no errors
	return bundled
}
