package sdk_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/go-sourcemap/sourcemap"
	"github.com/srcnexus/extrun/sdk"
)

// TestBundleMap looks up where a call stood, in every form of bundle.
func TestBundleMap(t *testing.T) {
	for _, head := range []string{"", "await 0", "import '@srcnexus/ext-sdk'"} {
		bundled, err := bundle(t, fmt.Sprintf("-- src/main.ts --\n%s;\ninterface X {}\n\n  say(1)\n", head))
		if err != nil {
			t.Fatal(err)
		}
		if got := origin(t, bundled, "say(1)"); got != "src/main.ts:4:2" {
			t.Errorf("%q: say is at %s", head, got)
		}
	}
}

// TestInputMap has a source that was compiled from another, which says so in
// several ways.
func TestInputMap(t *testing.T) {
	const compiled = `{"version": 3, "sources": ["../src/original.ts"], "names": [], "mappings": "AAEI"}`
	for reference, want := range map[string]string{
		"main.js.map": "src/original.ts:3:4",
		"data:application/json;base64," + base64.StdEncoding.EncodeToString([]byte(compiled)): "src/original.ts:3:4",
		"none.map":                        "dist/main.js:1:0",
		"https://example.com/main.js.map": "dist/main.js:1:0",
		"../../main.js.map":               "dist/main.js:1:0",
		"deep.map":                        "dist/main.js:1:0",
		"cut.map":                         "dist/main.js:1:0",
		"list.map":                        "dist/main.js:1:0",
		"sections.map":                    "dist/main.js:1:0",
		"empty.map":                       "dist/main.js:1:0",
		"data:application/json,[":         "dist/main.js:1:0",
	} {
		bundled, err := bundle(t, "-- dist/main.js --\nsay('//# sourceMappingURL=' + 'x')\n//# sourceMappingURL="+reference+
			"\n-- dist/main.js.map --\n"+compiled+"\n-- dist/deep.map --\n"+strings.Repeat("[", 100_000)+
			"\n-- dist/cut.map --\n"+compiled[:50]+"\n-- dist/list.map --\n[]\n-- dist/sections.map --\n{\"sections\": {}}\n-- dist/empty.map --\n")
		if err != nil {
			t.Fatal(err)
		}
		if got := origin(t, bundled, "say("); got != want {
			t.Errorf("%s: say is at %s, want %s", reference, got, want)
		}
		if got := play(t, bundled); got != "//# sourceMappingURL=x" {
			t.Errorf("%s: said %q", reference, got)
		}
	}
}

// origin is where the first occurrence of a text in the bundle comes from:
// file, line from 1, column from 0.
func origin(t *testing.T, bundled *sdk.Bundled, text string) string {
	t.Helper()
	consumer, err := sourcemap.Parse("", bundled.Map)
	if err != nil {
		t.Fatal(err)
	}
	before, _, _ := strings.Cut(bundled.Code, text)
	line := strings.Count(before, "\n") + 1
	file, _, sourceLine, column, _ := consumer.Source(line, len(before)-strings.LastIndex(before, "\n")-1)
	return fmt.Sprintf("%s:%d:%d", file, sourceLine, column)
}
