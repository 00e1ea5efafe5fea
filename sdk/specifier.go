package sdk

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// nodeModules are the names of modules that are part of Node.js.
var nodeModules = []string{
	"assert", "async_hooks", "buffer", "child_process", "cluster", "console", "constants", "crypto", "dgram",
	"diagnostics_channel", "dns", "domain", "events", "fs", "http", "http2", "https", "inspector", "module", "net",
	"os", "path", "perf_hooks", "process", "punycode", "querystring", "readline", "repl", "stream",
	"string_decoder", "sys", "timers", "tls", "trace_events", "tty", "url", "util", "v8", "vm", "wasi",
	"worker_threads", "zlib",
}

// namesNodeModule reports whether a specifier names a module of Node.js, or
// would if no package of that name is installed.
func namesNodeModule(specifier string) bool {
	name, _, _ := strings.Cut(specifier, "/")
	return strings.HasPrefix(specifier, "node:") || slices.Contains(nodeModules, name)
}

// isPath reports whether a specifier is a path rather than a package's name.
func isPath(specifier string) bool {
	first, _, _ := strings.Cut(filepath.ToSlash(specifier), "/")
	return first == "." || first == ".." || filepath.IsAbs(specifier)
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

// packageFolder is the nearest folder upwards that has a package.json, or the
// folder itself if there is none.
func packageFolder(folder string) string {
	for up := folder; ; up = filepath.Dir(up) {
		if _, err := os.Lstat(filepath.Join(up, "package.json")); err == nil {
			return up
		}
		if up == filepath.Dir(up) {
			return folder
		}
	}
}
