package runtime

import (
	"slices"
	"strings"

	"github.com/srcnexus/extrun/runtime/internal/bigshift"
	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// A featureSet is a set of features that goja lacks, each a bit.
type featureSet uint32

// A feature is one of the functions of a script of sdk.Language.
type feature struct{ name, module string }

// features are what can be installed, by their bits. The methods of iterators
// come first: nearly every script has words like theirs, for the sake of arrays,
// and so they aren't installed before one is asked of an iterator.
var features = []feature{
	{"iterator", ""}, {"asyncIterator", "symbol_properties"}, {"metadata", "symbol_properties"}, {"dispose", "disposal"},
	{"groupBy", "group"}, {"promise", "promise"}, {"fromAsync", "from_async"}, {"wellFormed", "text"}, {"escape", "text"},
	{"stackTrace", "error"}, {"toLocaleString", "number"}, {"transfer", "buffer"}, {"patterns", ""},
	{"shifts", ""},
}

// patterns is the feature of scripts in which literals have been corrected.
const patterns featureSet = 1 << 12

// shifts is the feature of scripts that may shift bigints. An extension has it
// from its first script on, or never.
const shifts featureSet = 1 << 13

// Hints are no features, but tell together with a feature whether a script uses
// it. The methods of iterators are of no use to one that doesn't handle any; and
// words that are common for other reasons count where there is their object under
// another name, as after const {try: attempt} = Promise.
const (
	iteratorMethods featureSet = 1

	iterates featureSet = 1 << (32 - iota)
	promiseAsValue
	promiseWord
	regexpAsValue
	regexpWord
	symbolAsValue
	symbolWord
	hints = iterates | promiseAsValue | promiseWord | regexpAsValue | regexpWord | symbolAsValue | symbolWord
)

// aliases are features that are used by an object as a value and a word.
var aliases = []struct {
	hints featureSet
	name  string
}{{promiseAsValue | promiseWord, "promise"}, {regexpAsValue | regexpWord, "escape"}, {symbolAsValue | symbolWord, "dispose"}}

// asValues are the hints that objects are when they are used as values.
var asValues = map[string]featureSet{"Promise": promiseAsValue, "RegExp": regexpAsValue, "Symbol": symbolAsValue}

// bareWords are the hints that words are wherever they stand.
var bareWords = map[string]featureSet{"escape": regexpWord, "dispose": symbolWord}

// A nameUse tells that a script uses a feature: it has a word behind a text.
type nameUse struct{ behind, feature string }

// nameUses are the words by which features are known. Those that are common for
// other reasons have to follow the name of their object, or stand in quotes, as
// they do in compiled code.
var nameUses = map[string][]nameUse{
	"asyncIterator":         {{"", "asyncIterator"}},
	"dispose":               {{"Symbol.", "dispose"}, {`"`, "dispose"}, {`'`, "dispose"}},
	"asyncDispose":          {{"", "dispose"}},
	"DisposableStack":       {{"", "dispose"}},
	"AsyncDisposableStack":  {{"", "dispose"}},
	"metadata":              {{"Symbol.", "metadata"}, {`Symbol("`, "metadata"}},
	"groupBy":               {{"", "groupBy"}},
	"withResolvers":         {{"", "promise"}},
	"try":                   {{"Promise.", "promise"}, {`"`, "promise"}, {`'`, "promise"}},
	"fromAsync":             {{"", "fromAsync"}},
	"isWellFormed":          {{"", "wellFormed"}},
	"toWellFormed":          {{"", "wellFormed"}},
	"escape":                {{"RegExp.", "escape"}},
	"captureStackTrace":     {{"", "stackTrace"}},
	"stackTraceLimit":       {{"", "stackTrace"}},
	"toLocaleString":        {{"", "toLocaleString"}},
	"transfer":              {{"", "transfer"}},
	"transferToFixedLength": {{"", "transfer"}},
	"detached":              {{"", "transfer"}},
	"map":                   {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
	"filter":                {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
	"take":                  {{"", "iterator"}},
	"drop":                  {{"", "iterator"}},
	"flatMap":               {{"", "iterator"}},
	"reduce":                {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
	"toArray":               {{"", "iterator"}},
	"forEach":               {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
	"some":                  {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
	"every":                 {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
	"find":                  {{".", "iterator"}, {`"`, "iterator"}, {`'`, "iterator"}},
}

// iteratorSources are words that give iterators, and what they don't follow then.
var iteratorSources = map[string]string{
	"values": "Object.", "entries": "Object.", "keys": "Object.", "matchAll": "", "yield": "", "iterator": "", "Iterator": "",
}

// maxName is the length of the longest of these words.
const maxName = len("transferToFixedLength")

// namedFeatures returns the features whose names a script has, and hints. A name
// that is put together at run time isn't found: to the script the feature is
// absent then.
func namedFeatures(code string) (found featureSet) {
	code = strings.ReplaceAll(code, "\\\n", "") // the bundler breaks long lines, also within a name in quotes
	for at := 0; at < len(code); {
		if !isWordByte(code[at]) {
			at++
			continue
		}
		start := at
		for at < len(code) && isWordByte(code[at]) {
			at++
		}
		if at-start <= maxName {
			found |= featuresOf(code[:start], code[start:at]) | hintsOf(code[:start], code[start:at], code[at:])
		}
	}
	if guard.HasSurrogates(code) {
		found |= patterns
	}
	if bigshift.Concerns(code) {
		found |= shifts
	}
	return found
}

// used returns the features that come of what an extension names in all of its
// files, which are those that it uses.
func used(named featureSet) featureSet {
	if named&iterates == 0 {
		named &^= iteratorMethods
	}
	for _, alias := range aliases {
		if named&alias.hints == alias.hints {
			named |= featureNamed(alias.name)
		}
	}
	return named &^ hints
}

func featureNamed(name string) featureSet {
	return 1 << slices.IndexFunc(features, func(f feature) bool { return f.name == name })
}

// hintsOf returns the hints that a word is, given what is before and behind it.
func hintsOf(before, word, behind string) (found featureSet) {
	if other, ok := iteratorSources[word]; ok && (other == "" || !strings.HasSuffix(before, other)) {
		found |= iterates
	}
	if hint := asValues[word]; hint != 0 && isValue(before, behind) {
		found |= hint
	}
	if word == "try" && (strings.HasPrefix(behind, ":") || strings.HasSuffix(before, ".")) {
		found |= promiseWord
	}
	return found | bareWords[word]
}

// isValue reports whether a name stands for what it names, which is neither
// called, nor asked for a property, nor compared with.
func isValue(before, behind string) bool {
	if behind != "" && strings.IndexByte(".([", behind[0]) >= 0 {
		return false
	}
	return !strings.HasSuffix(before, "instanceof ") && !strings.HasSuffix(before, "typeof ") && !strings.HasSuffix(before, ".")
}

// featuresOf returns the features that a word names, given what is before it.
func featuresOf(before, word string) (found featureSet) {
	for _, use := range nameUses[word] {
		if !strings.HasSuffix(before, use.behind) {
			continue
		}
		found |= featureNamed(use.feature)
	}
	return found
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$'
}
