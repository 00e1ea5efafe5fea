package runtime

import "strings"

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
	{"stackTrace", "error"}, {"toLocaleString", "number"}, {"transfer", "buffer"},
}

// iterates is no feature, but tells that a script handles iterators at all. The
// methods of iterators are of no use to one that doesn't.
const (
	iteratorMethods featureSet = 1
	iterates        featureSet = 1 << 31
)

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
	"map":                   {{".", "iterator"}},
	"filter":                {{".", "iterator"}},
	"take":                  {{"", "iterator"}},
	"drop":                  {{"", "iterator"}},
	"flatMap":               {{"", "iterator"}},
	"reduce":                {{".", "iterator"}},
	"toArray":               {{"", "iterator"}},
	"forEach":               {{".", "iterator"}},
	"some":                  {{".", "iterator"}},
	"every":                 {{".", "iterator"}},
	"find":                  {{".", "iterator"}},
}

// iteratorSources are words that give iterators, and what they don't follow then.
var iteratorSources = map[string]string{
	"values": "Object.", "entries": "Object.", "keys": "Object.", "matchAll": "", "yield": "", "iterator": "", "Iterator": "",
}

// maxName is the length of the longest of these words.
const maxName = len("transferToFixedLength")

// namedFeatures returns the features whose names a script has. A name that is
// put together at run time isn't found: to the script the feature is absent then.
func namedFeatures(code string) (found featureSet) {
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
			found |= featuresOf(code[:start], code[start:at])
		}
	}
	if found&iterates == 0 {
		found &^= iteratorMethods
	}
	return found &^ iterates
}

// featuresOf returns the features that a word names, given what is before it.
func featuresOf(before, word string) (found featureSet) {
	if other, ok := iteratorSources[word]; ok && (other == "" || !strings.HasSuffix(before, other)) {
		found |= iterates
	}
	for _, use := range nameUses[word] {
		if !strings.HasSuffix(before, use.behind) {
			continue
		}
		for bit, feature := range features {
			if feature.name == use.feature {
				found |= 1 << bit
			}
		}
	}
	return found
}

func isWordByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '$'
}
