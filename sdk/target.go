package sdk

import (
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"github.com/srcnexus/extrun/internal/lazyregexp"
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

// withoutFields is unsupported where a class has fields that goja can't read.
func withoutFields() map[string]bool {
	lacking := unsupported()
	lacking["class-field"], lacking["class-static-field"] = false, false
	return lacking
}

// oddFields matches the fields that goja takes for accessors and async methods,
// such as set = 1. It may match what is no field.
var oddFields = lazyregexp.New(`[{};\s](?:get|set|async)\s*[=;}]`)

// Lower rewrites a script, or the body of a function, as [Bundle] does, without
// looking for modules. It reports false if that can't be done.
func Lower(code string) (string, bool) {
	result := api.Transform(code, api.TransformOptions{
		Target: api.ESNext, Supported: unsupported(), Platform: api.PlatformNeutral, TreeShaking: api.TreeShakingFalse,
	})
	return repaired(string(result.Code)), len(result.Errors) == 0
}

// repaired returns what esbuild made, with async generators that go on with their
// finally blocks when they are ended early: esbuild's ends them a second time
// where they await something. And the last of all characters is written as
// goja can read it.
func repaired(code string) string {
	return withoutLastCharacter(endsTwice().ReplaceAllString(code, "$1 && v[1]$2"))
}

// endsTwice matches what is wrong in esbuild's async generators, wherever their
// lines are broken.
var endsTwice = lazyregexp.New(`(\bisAwait\s*\?\s*resume\(\s*k\s*===\s*"return")(\s*\?)`)

// lastCharacter matches an escape of U+10FFFF, on which goja panics, with the
// backslashes before it.
var lastCharacter = lazyregexp.New(`\\+u\{0*10[fF]{4}\}`)

func withoutLastCharacter(code string) string {
	return lastCharacter().ReplaceAllStringFunc(code, func(escape string) string {
		before := escape[:strings.IndexByte(escape, 'u')]
		if len(before)%2 == 0 { // they escape each other
			return escape
		}
		return before + `uDBFF\uDFFF`
	})
}
