package sdk

import (
	"path/filepath"
	"strings"
)

// isPath reports whether a specifier is a path rather than a package's name.
func isPath(specifier string) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(specifier), "/")
	return first == "." || first == ".." || filepath.IsAbs(specifier)
}

// isURL reports whether a specifier names something on a network, or is its own
// content.
func isURL(specifier string) bool {
	return strings.Contains(specifier, "://") || strings.HasPrefix(specifier, "//") ||
		len(specifier) > 5 && strings.EqualFold(specifier[:5], "data:")
}

// packageName is the part of a bare specifier that npm knows: "a/b" is of
// package "a", "@a/b/c" of "@a/b".
func packageName(specifier string) string {
	parts := strings.SplitN(specifier, "/", 3)
	if strings.HasPrefix(specifier, "@") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}
