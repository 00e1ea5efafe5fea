package hostnet

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// runtimeFaults are the rows that end in JavaScript.
var runtimeFaults = []fault{
	{row: 29, name: "scripts that don't give the thread back", elsewhere: []elsewhere{
		{"loops, promise loops, generators, comparators and getters that loop", "runtime TestStuckScriptsAreInterrupted"},
		{"a loop that never ends", "runtime TestStuckScriptIsLoggedWithItsPlace"},
		{"a stuck extension beside another one", "runtime TestStuckExtensionDoesNotDisturbOthers"},
		{"a regular expression that backtracks for ever", "guard TestRegularExpressionsEnd"},
	}},
	{row: 30, name: "deep JSON", elsewhere: []elsewhere{
		{"ten million brackets as a message to an extension that parses it", "e2e TestHostileMessages/ten million brackets"},
	}},
	{row: 31, name: "allocations that take all memory", elsewhere: []elsewhere{
		{"huge strings, arrays and typed arrays", "guard TestAttacksDontEndTheProcess"},
		{"the same in an extension with a socket", "e2e TestHostileMessages/huge allocations"},
	}},
	{row: 32, name: "extension files that can't be run", elsewhere: []elsewhere{
		{"a file that is missing, a folder, empty, too large, not UTF-8, or has errors", "runtime TestBadInput"},
		{"an import that doesn't resolve, nested brackets", "runtime TestSourcesThatCannotBeBundled"},
		{"a source map comment that names a file", "e2e TestHostileMessages/source map comments name no file"},
	}},
	{row: 33, name: "errors in the life of an extension", elsewhere: []elsewhere{
		{"a throw at the top level and in onLoad", "runtime TestFailedActivationIsCleanedUp"},
		{"an onLoad that never settles", "runtime TestLoadTimeout"},
		{"an onDispose that never settles", "runtime TestDisposeTimeout"},
		{"an onDispose that throws", "runtime TestDisposeErrorsAreReportedOnce"},
		{"rejections that nobody handles", "runtime TestUnhandledRejections"},
	}},
	{row: 34, name: "bad messages on the bridge", elsewhere: []elsewhere{
		{"malformed, duplicate and late messages, methods named like properties of Object", "runtime TestHostileBridge"},
	}},
	{row: 35, name: "an extension that overwrites built-ins", elsewhere: []elsewhere{
		{"JSON, Promise, Object.prototype and the bridge overwritten", "e2e TestHostileMessages/an extension that breaks its own world"},
	}},
}

// namedTests are the folders of the packages whose tests the tables name; a
// test without a package is one of this package.
var namedTests = map[string]string{
	"e2e": "../e2e", "runtime": "../runtime", "guard": "../runtime/internal/guard", "sdk": "../sdk", "": ".",
}

// TestNamedTestsExist finds the tests that the tables name.
func TestNamedTestsExist(t *testing.T) {
	sources := make(map[string]string)
	for name, folder := range namedTests {
		sources[name] = testSources(t, folder)
	}
	var tests []string
	for _, fault := range faultTable() {
		for _, e := range fault.elsewhere {
			tests = append(tests, e.test)
		}
	}
	for _, defect := range defects {
		tests = append(tests, defect.tests...)
	}
	for _, test := range tests {
		where, name, ok := strings.Cut(test, " ")
		if !ok {
			where, name = "", test
		}
		function, story, hasStory := strings.Cut(name, "/")
		if !strings.Contains(sources[where], "\nfunc "+function+"(t *testing.T)") || hasStory && !strings.Contains(sources[where], `"`+story+`": {`) {
			t.Errorf("there is no test %s", test)
		}
	}
}

// testSources are all test files of a folder in one text.
func testSources(t *testing.T, folder string) string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no tests in %s: %v", folder, err)
	}
	var all strings.Builder
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}
