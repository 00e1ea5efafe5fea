package sdk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// TestEntryNames runs entries whose names mean something else to somebody.
func TestEntryNames(t *testing.T) {
	for _, name := range []string{
		"a*b.js", "a\x1b[31m\a.js", "\xff\xfe.js", "extrun!x.js", "a\nb.js", "a\u2028b.js", "a\rb.js", "a'b\"c`${1}.js", "\u202ex.js", "a?b#c.js", "%2e.js", "\U000e0001.js", ".js", "<stdin>.js", "a:b.js", `a\b.js`,
	} {
		for _, source := range []string{"say(1)", "import './lib'; say(typeof __filename)", "await 0; say(import.meta.url !== '')"} {
			folder := lay(t, "-- lib.js --\n")
			if err := os.WriteFile(filepath.Join(folder, name), []byte(source), 0o644); err != nil {
				continue // not every file system has every name
			}
			bundled, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, name)})
			if err != nil {
				t.Errorf("%q: %s: %v", name, source, err)
				continue
			}
			play(t, bundled)
		}
	}
}

// TestOwnNames imports what is the bundler's own.
func TestOwnNames(t *testing.T) {
	for _, name := range []string{"extrun!sdk", "extrun!entry", "extrun!main", "extrun!:extrun!sdk"} {
		if _, err := bundle(t, "-- main.js --\nimport '"+name+"'"); err == nil {
			t.Errorf("%s was imported", name)
		}
	}
}
