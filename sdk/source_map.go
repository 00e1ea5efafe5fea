package sdk

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/srcnexus/extrun/internal/mapref"
	"github.com/srcnexus/extrun/internal/nesting"
	"github.com/srcnexus/extrun/internal/regular"
)

// maxMapBytes bounds the source map of one source.
const maxMapBytes = 32 << 20

// withoutForeignMaps disables the comments that would make esbuild read
// anything but a harmless file of the package. It may take a string literal for
// a comment, so it leaves alone what refers to nothing. Offsets don't change.
func withoutForeignMaps(source []byte, folder, root string) []byte {
	for at, reference := range mapref.All(source) {
		if !mayFollow(reference, folder, root) {
			copy(source[at:], strings.ToLower(mapref.Marker))
		}
	}
	return source
}

// mayFollow reports whether esbuild may read what a source of the folder refers
// to. What doesn't exist and what esbuild ignores is harmless.
func mayFollow(reference, folder, root string) bool {
	if content, ok := mapref.Data(reference); ok {
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
