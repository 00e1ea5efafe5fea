package sdk

import (
	"bytes"
	"net/url"
	"path/filepath"
)

// referredMaps are the files that the comments of a source in a folder name as
// its source map. It may take a string literal for a comment.
func referredMaps(source []byte, folder string) []string {
	var names []string
	for at := 0; ; {
		next := bytes.Index(source[at:], []byte(mapMarker))
		if next < 0 {
			return names
		}
		at += next + len(mapMarker)
		start := at - len(mapMarker) - len("//#")
		if start < 0 || !opensComment(source[start:]) {
			continue
		}
		link, err := url.Parse(reference(source[start:start+2], source[at:]))
		if err == nil && link.Scheme == "" && link.Host == "" && link.Path != "" {
			names = append(names, filepath.Join(folder, filepath.FromSlash(link.Path)))
		}
	}
}
