package sdk

import (
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// unsupported tells esbuild what goja lacks of the newest JavaScript, so that
// it is rewritten. A lower target would also rewrite what goja does natively,
// such as private fields and async functions, which costs two to four times
// the running time.
func unsupported() map[string]bool {
	return map[string]bool{
		"async-generator":                 false,
		"decorators":                      false,
		"dynamic-import":                  false,
		"for-await":                       false,
		"import-attributes":               false,
		"regexp-match-indices":            false,
		"regexp-set-notation":             false,
		"regexp-sticky-and-unicode-flags": false, // as esbuild doesn't look for \p{…} in classes
		"regexp-unicode-property-escapes": false,
		"using":                           false,
	}
}

// Lower rewrites a script, or the body of a function, as [Bundle] does, without
// looking for modules. It reports false if that can't be done.
func Lower(code string) (string, bool) {
	result := api.Transform(code, api.TransformOptions{
		Target: api.ESNext, Supported: unsupported(), Platform: api.PlatformNeutral, TreeShaking: api.TreeShakingFalse,
	})
	return repaired(string(result.Code)), len(result.Errors) == 0
}

// repaired returns what esbuild made, with async generators that go on with their
// finally blocks when they are ended early. esbuild's ends them a second time
// where they await something.
func repaired(code string) string {
	const ends = `isAwait ? resume(k === "return" ? k : "next"`
	return strings.ReplaceAll(code, ends, `isAwait ? resume(k === "return" && v[1] ? k : "next"`)
}
