package sdk

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/srcnexus/extrun/internal/lazyregexp"
)

// maxMatched bounds the files and folders below the folder of a pattern.
const maxMatched = 5_000

// callers find what begins a call by which a source may ask for all files that
// match a pattern: the name, and what may stand before its parenthesis.
var callers = []struct {
	find    func(source []byte) []int // of the name, from a place on
	between string
}{
	{func(source []byte) []int { return findWord(source, "require") }, "?."},
	{func(source []byte) []int { return findWord(source, "import") }, ".defrsouc"}, // .defer or .source
	{findEscaped, "?."},
}

// patterns examines the patterns in a source, since esbuild searches folders for
// them by itself. It says where one leads outside of the package, or to more than
// can be searched. The time that it takes grows with the source's length.
func (p *plugin) patterns(source []byte, file string) (at int, err error) {
	budget := maxReread*len(source) + 1<<20
	for _, caller := range callers {
		for at := 0; ; {
			name := caller.find(source[at:])
			if name == nil {
				break
			}
			start := at + name[0]
			at += name[1]
			argument, called := argumentOf(source, at, caller.between)
			found, end := pattern{}, argument
			if called {
				found, end = readPattern(source, argument)
			}
			if budget -= end - at; budget < 0 {
				return start, errors.New("calls of require or import nest too deeply in each other")
			}
			if err := p.judge(found, file); err != nil {
				return start, err
			}
		}
	}
	return 0, nil
}

// maxReread is how often a byte may be part of the argument of a call.
const maxReread = 8

// findWord is where a word stands by itself.
func findWord(source []byte, word string) []int {
	for from := 0; ; {
		next := bytes.Index(source[from:], []byte(word))
		if next < 0 {
			return nil
		}
		start, end := from+next, from+next+len(word)
		if (start == 0 || !isWordByte(source[start-1])) && (end == len(source) || !isWordByte(source[end])) {
			return []int{start, end}
		}
		from = end
	}
}

// escaped is the word require, with any of its letters as escapes.
var escaped = sync.OnceValue(func() *regexp.Regexp {
	var letters strings.Builder
	for _, letter := range "require" {
		fmt.Fprintf(&letters, `(?:%c|\\u00%x|\\u\{0*%x\})`, letter, letter, letter)
	}
	return regexp.MustCompile(letters.String())
})

func findEscaped(source []byte) []int {
	if !bytes.Contains(source, []byte(`\u00`)) && !bytes.Contains(source, []byte(`\u{`)) {
		return nil
	}
	return escaped().FindIndex(source)
}

// argumentOf is the offset behind the parenthesis of a call, whose name has
// ended, and whether there is one.
func argumentOf(source []byte, at int, between string) (int, bool) {
	p := pieces{source: source, at: at}
	for p.at < len(source) {
		found := p.next()
		switch c := source[found.start]; {
		case found.kind == notePiece:
		case found.kind != codePiece:
			return p.at, false
		case c == '(':
			return p.at, true
		case c > ' ' && c < utf8.RuneSelf && strings.IndexByte(between, c) < 0:
			return p.at, false
		}
	}
	return p.at, false
}

func (p *plugin) judge(found pattern, file string) error {
	folder := filepath.Dir(file)
	depth := 0
	if below, err := filepath.Rel(p.homes.of(file), folder); err == nil && below != "." {
		depth = strings.Count(below, string(filepath.Separator)) + 1
	}
	switch {
	case !found.open:
		return nil
	case found.ups > depth:
		return errors.New("what is imported by a pattern can't be outside of the package")
	case strings.HasPrefix(found.prefix, "./"), strings.HasPrefix(found.prefix, "../"):
		return p.search(filepath.Join(folder, filepath.FromSlash(path.Dir(found.prefix+"x"))))
	}
	return nil
}

// search examines the folders in which esbuild looks for what matches.
func (p *plugin) search(folder string) error {
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		return nil // esbuild says so
	}
	if !p.homes.allow(real) && real != p.input.Root {
		return errors.New("what is imported by a pattern can't be outside of the package, and a link leads there")
	}
	found := 0
	return filepath.WalkDir(real, func(name string, entry fs.DirEntry, err error) error {
		if found++; found > maxMatched {
			return fmt.Errorf("an import by a pattern searches more than %d files and folders", maxMatched)
		}
		if err != nil || !entry.IsDir() {
			return nil // esbuild says so, if it matters
		}
		return p.configs.folder(name)
	})
}

// A pattern is the argument of a call.
type pattern struct {
	open   bool   // it is more than a text
	prefix string // the text that it begins with
	ups    int    // how often it may go up a folder
}

// A beginning is the text with which a pattern, or one branch of a choice of
// patterns, begins.
type beginning struct {
	text  []byte
	texts int
	depth int  // of brackets, where the first of its texts is
	over  bool // something else came after it
}

// readPattern reads an argument up to its end. It puts texts together as esbuild
// does, or more of them: all that follow, where it can't tell texts from regular
// expressions.
func readPattern(source []byte, at int) (p pattern, end int) {
	var b beginning
	rest := pieces{source: source, at: at}
	for rest.at < len(source) {
		depth := len(rest.open)
		found := rest.next()
		c := source[found.start]
		switch {
		case found.kind == notePiece || found.kind == codePiece && (c <= ' ' || c == '+' || c == '('):
		case found.kind == textPiece:
			b.add(plainText(source[found.start+1:found.end]), depth)
		case found.kind == slashPiece && b.texts == 0:
			return p.end(beginning{text: plainText(source[found.end:]), over: true}), len(source)
		case depth == 0 && (c == ')' || c == ','):
			return p.end(b), rest.at
		case (c == '?' || c == ':') && (b.texts == 0 || depth <= b.depth):
			b.over = true
			p, b = p.end(b), beginning{}
		default:
			b.over = b.over || c != ')'
		}
	}
	b.over = true
	return p.end(b), rest.at
}

func (b *beginning) add(text []byte, depth int) {
	if b.over {
		return
	}
	if b.texts == 0 {
		b.depth = depth
	}
	b.texts++
	b.text = append(b.text, text...)
}

// end takes what a pattern begins with.
func (p pattern) end(b beginning) pattern {
	if !p.open {
		p.prefix = string(b.text)
	}
	p.open = p.open || b.over || b.texts > 1
	p.ups = max(p.ups, bytes.Count(b.text, []byte("..")))
	return p
}

// plainText is what a literal says, behind its quote, with a dot for every
// escape that may be one.
func plainText(literal []byte) []byte {
	literal = bytes.TrimRight(bytes.TrimSuffix(literal, []byte("${")), "'\"`")
	return escapes().ReplaceAll(literal, []byte("."))
}

var escapes = lazyregexp.New(`\\(?:x..|u\{[^}]*\}|u....|[0-7]{1,3}|(?s:.))`)
