package sdk

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/srcnexus/extrun/internal/nesting"
	"github.com/srcnexus/extrun/internal/regular"
)

// mapMarker is what makes esbuild look for the source map of a source, in the
// comments //# and /*# (or with @ in place of #).
const mapMarker = " sourceMappingURL="

// maxMapBytes bounds the source map of one source.
const maxMapBytes = 32 << 20

// withoutForeignMaps disables the comments that would make esbuild read
// anything but a harmless file of the package. It may take a string literal for
// a comment, so it leaves alone what refers to nothing. Offsets don't change.
func withoutForeignMaps(source []byte, folder, root string) []byte {
	for at := 0; ; {
		next := bytes.Index(source[at:], []byte(mapMarker))
		if next < 0 {
			return source
		}
		at += next + len(mapMarker)
		if start := at - len(mapMarker) - len("//#"); start >= 0 && opensComment(source[start:]) {
			if !mayFollow(reference(source[start:start+2], source[at:]), folder, root) {
				copy(source[at-len(mapMarker):], strings.ToLower(mapMarker))
			}
		}
	}
}

func opensComment(text []byte) bool {
	return text[0] == '/' && (text[1] == '/' || text[1] == '*') && (text[2] == '#' || text[2] == '@')
}

// reference is the part of a comment's rest that esbuild takes for the URL.
func reference(opening, rest []byte) string {
	if string(opening) == "/*" {
		rest, _, _ = bytes.Cut(rest, []byte("*/"))
	}
	if end := bytes.IndexFunc(rest, endsReference); end >= 0 {
		rest = rest[:end]
	}
	return string(rest)
}

func endsReference(r rune) bool {
	return r == '\ufeff' || r != '\u0085' && unicode.IsSpace(r)
}

// mayFollow reports whether esbuild may read what a source of the folder refers
// to. What doesn't exist and what esbuild ignores is harmless.
func mayFollow(reference, folder, root string) bool {
	if data, ok := strings.CutPrefix(reference, "data:"); ok {
		content := decodeData(data)
		return len(content) == 0 || readable(content)
	}
	link, err := url.Parse(reference)
	if err != nil || link.Scheme != "" && link.Scheme != "file" {
		return true
	}
	if link.Scheme != "" || link.Host != "" || strings.HasPrefix(link.Path, "/") {
		return false
	}
	name := filepath.Join(folder, filepath.FromSlash(link.Path))
	if _, err := os.Lstat(name); err != nil {
		return os.IsNotExist(err)
	}
	real, err := filepath.EvalSymlinks(name)
	if err != nil || !within(root, real) && !within(packageFolder(folder), real) {
		return false
	}
	content, err := regular.Read(real, maxMapBytes)
	return err == nil && readable(content)
}

// readable reports whether esbuild can read a source map. One that it can't
// would be an error of the build, though the code that it belongs to is fine.
func readable(sourceMap []byte) bool {
	var shape struct {
		Sections []struct {
			Offset struct{}
			Map    map[string]json.RawMessage
		}
	}
	return nesting.Check(string(sourceMap), 0) == nil && json.Unmarshal(sourceMap, &shape) == nil
}

// decodeData is the content of a data URL, or nothing if it can't be decoded,
// in which case esbuild ignores it as well.
func decodeData(data string) []byte {
	head, body, _ := strings.Cut(data, ",")
	if strings.HasSuffix(head, ";base64") {
		content, _ := base64.StdEncoding.DecodeString(body)
		return content
	}
	text, _ := url.PathUnescape(body)
	return []byte(text)
}
