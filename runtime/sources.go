package runtime

import (
	"bytes"
	"encoding/json"
	"path"
	"path/filepath"
	"strings"

	"github.com/srcnexus/extrun/internal/mapref"
)

const (
	maxShownFile = 16 << 20 // the largest source that is read to show a line of it, in bytes
	maxShownMap  = 32 << 20 // and the largest source map
)

// sources are the author's files, by the names that stacks know them by. They
// are read again each time a line of one is shown, so that errors and
// extensions don't hold them. Only regular files of the package are read.
type sources struct {
	root  string // the package's folder, absolute and free of links
	entry string // the entry file, likewise
}

func newSources(e entry) sources {
	s := sources{e.Root, e.File}
	if root, err := filepath.EvalSymlinks(s.root); err == nil {
		s.root = root
	}
	if entry, err := filepath.EvalSymlinks(s.entry); err == nil {
		s.entry = entry
	}
	return s
}

// lines returns lines first to last of a file, counted from 1, or nil. A file
// that isn't in the package may be in the source map of the entry, if that was
// built from others.
func (s sources) lines(file string, first, last int) []string {
	text := s.file(file, maxShownFile)
	if text == nil {
		text = s.mapped(file)
	}
	return cutLines(text, first, last)
}

// cutLines returns lines first to last of a text, or nil if it hasn't got them.
// Both come from a stack, in which a script can write any number.
func cutLines(text []byte, first, last int) []string {
	if len(text) == 0 || first < 1 || last > bytes.Count(text, []byte("\n"))+1 {
		return nil
	}
	var cut []string
	for n := 1; n <= last; n++ {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		if n >= first {
			cut = append(cut, string(bytes.TrimRight(line, "\r")))
		}
		text = rest
	}
	return cut
}

// file reads a file of the package, or returns nil. A script can write what it
// likes into its stacks, so the name may lead anywhere.
func (s sources) file(name string, limit int64) []byte {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil
	}
	found, err := filepath.EvalSymlinks(filepath.Join(s.root, filepath.FromSlash(name)))
	if err != nil {
		return nil
	}
	if inside, err := filepath.Rel(s.root, found); err != nil || !filepath.IsLocal(inside) {
		return nil
	}
	text, _ := readSmall(found, limit)
	return text
}

// mapped returns the content of a source from the entry's source map, or nil.
func (s sources) mapped(file string) []byte {
	folder, text := s.sourceMap()
	var contents struct {
		SourceRoot     string
		Sources        []string
		SourcesContent []*string
	}
	if text == nil || json.Unmarshal(text, &contents) != nil {
		return nil
	}
	for i, source := range contents.Sources {
		name := authorName(folder, rootPrefix(contents.SourceRoot)+source)
		if name == file && i < len(contents.SourcesContent) && contents.SourcesContent[i] != nil {
			return []byte(*contents.SourcesContent[i])
		}
	}
	return nil
}

// rootPrefix is what a map's sourceRoot puts before its sources.
func rootPrefix(sourceRoot string) string {
	if sourceRoot == "" {
		return ""
	}
	if slash := strings.LastIndexByte(sourceRoot, '/'); slash >= 0 {
		return sourceRoot[:slash+1]
	}
	return sourceRoot + "/"
}

// sourceMap reads the map that the entry's last comment refers to, in the
// package or in the comment itself, and says in which folder its sources are.
func (s sources) sourceMap() (folder string, text []byte) {
	name, err := filepath.Rel(s.root, s.entry)
	if err != nil {
		return "", nil
	}
	name = filepath.ToSlash(name)
	code := s.file(name, maxShownFile)
	reference := ""
	for _, last := range mapref.All(code) {
		reference = last
	}
	if content, ok := mapref.Data(reference); ok {
		return path.Dir(name), content
	}
	inside := mapref.Path(reference)
	if inside == "" || path.IsAbs(inside) {
		return "", nil
	}
	name = path.Join(path.Dir(name), inside)
	return path.Dir(name), s.file(name, maxShownMap)
}
