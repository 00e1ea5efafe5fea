package sdk

import (
	"path/filepath"

	"github.com/srcnexus/extrun/internal/mapref"
)

// referredMaps are the files that the comments of a source in a folder name as
// its source map.
func referredMaps(source []byte, folder string) []string {
	var names []string
	for _, reference := range mapref.All(source) {
		if path := mapref.Path(reference); path != "" {
			names = append(names, filepath.Join(folder, filepath.FromSlash(path)))
		}
	}
	return names
}
