package sdk

import (
	"bytes"
	"sync"

	"github.com/srcnexus/extrun/internal/lazyregexp"
)

// maxEnumText bounds a text that an enum of TypeScript makes of others, in bytes.
const maxEnumText = 64 << 10

// maxInlined bounds what the texts of enums, which esbuild writes out wherever
// they are used, may have together.
const maxInlined = 64 << 20

// enums watches what esbuild makes of the enums of a project: it computes their
// values, and each a + a of texts doubles one. The zero value has seen none. Any
// goroutine may use it.
type enums struct {
	mu      sync.Mutex
	longest int // text
	uses    int // of any property in any source, which may be a value of an enum
}

// check notes what a source has, and reports whether it is too much.
func (e *enums) check(source []byte, typed bool) bool {
	uses, longest := bytes.Count(source, []byte("."))+bytes.Count(source, []byte("[")), 0
	if typed && bytes.Contains(source, []byte("enum")) {
		f := enumFile{names: make(map[string]bool)}
		f.read(source)
		uses, longest = uses+f.members, f.longest
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.uses += uses
	e.longest = max(e.longest, longest)
	return longest > maxEnumText || e.longest > 0 && e.uses > maxInlined/e.longest
}

// gap is what may stand between two tokens: blanks, line
// ends and comments.
const gap = `(?:[\s\pZ\x{feff}\x{85}]|/\*(?s:.*?)\*/|//[^\n\r\x{2028}\x{2029}]*)`

var (
	enumHead  = lazyregexp.New(`\benum` + gap + `+([^\s\pZ\x{feff}\x{85}/{]+)` + gap + `*\{`)
	enumWords = lazyregexp.New(`(?:^|[^.\pL\pN_$])[\pL_$\\]`)
)

// An enumFile is what the enums of one source come to, estimated from above.
type enumFile struct {
	names            map[string]bool // of the enums so far
	members, longest int
}

func (f *enumFile) read(source []byte) {
	for {
		head := enumHead().FindSubmatchIndex(source)
		if head == nil {
			return
		}
		name := string(source[head[2]:head[3]])
		source = source[head[1]:]
		body, plain := enumBody(source)
		if again := f.names[name]; again || bytes.ContainsAny(body, "'\"`.") {
			f.add(body, plain)
		}
		f.names[name] = true
		if f.longest > maxEnumText {
			return
		}
	}
}

// add estimates the values of an enum, one after the other: each may have its
// own text and that of others, as often as it names one.
func (f *enumFile) add(body, plain []byte) {
	for member := range bytes.SplitSeq(plain, []byte(",")) {
		f.members++
		length := len(member)
		if _, value, ok := bytes.Cut(member, []byte("=")); ok && (bytes.ContainsAny(value, "+`")) {
			length += len(enumWords().FindAll(value, -1)) * f.longest
		}
		f.longest = max(f.longest, length)
		if f.longest > maxEnumText {
			return
		}
	}
}

// enumBody is the body of an enum, whose brace is open, and the same with zeros
// in the place of texts. Where only a parser can tell text from code, the body is
// all that follows, as it is.
func enumBody(source []byte) (body, plain []byte) {
	p := pieces{source: source, open: []byte{'{'}}
	for p.at < len(source) {
		switch found := p.next(); found.kind {
		case slashPiece:
			return source, source
		case codePiece:
			if len(p.open) == 0 {
				return source[:found.start], plain
			}
			plain = append(plain, source[found.start])
		default:
			plain = append(plain, bytes.Repeat([]byte("0"), found.end-found.start)...)
			if found.kind == textPiece && source[found.end-1] == '{' {
				plain = append(plain, '`')
			}
		}
	}
	return source, plain
}
