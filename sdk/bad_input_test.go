package sdk_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

// TestBadInput checks that what is odd works and what is bad has one clear
// error, in bounded time.
func TestBadInput(t *testing.T) {
	script := "function f0() { return 1 }\n" + strings.Repeat("f0.x = 'a text that fills a line of the bundle';\n", 5<<20/49) + "say(f0())"
	for _, test := range []struct{ name, source, want string }{
		{"a bundle of 5 MB", script, "1"},
		{"an empty file", "", ""},
		{"nothing but a comment", "// x", ""},
		{"a byte order mark and a hashbang", "\ufeff#!/usr/bin/env node\nsay(1)", "1"},
		{"Windows line ends and a hashbang", "#!/usr/bin/env node\r\nsay(1)\r\n", "1"},
		{"old Mac line ends", "say(1)\rsay(2)\r", "1 2"},
		{"line separators", "say('\u2028'.length)\u2028say(2)", "1 2"},
		{"a null character in a text", "say('\x00'.length)", "1"},
		{"eval", "var x = 1; say(eval('var y = x + 1; y'), typeof y)", "2 number"},
		{"new Function", "say(new Function('return this === globalThis')())", "true"},
		{"a return", "say(1); if (true) return; say(2)", "1"},
		{"with", "with ({ a: 1 }) say(a)", "1"},
		{"a comment as in HTML", "<!-- x\nsay(1)", "1"},
		{"its own map, broken", "say(1)\n//# sourceMappingURL=data:application/json,{\n", "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bundled, err := bundle(t, "-- main.js --\n"+test.source)
			if err != nil {
				t.Fatal(err)
			}
			if got := play(t, bundled); got != test.want {
				t.Errorf("said %q, want %q", got, test.want)
			}
		})
	}
}

func TestBadInputRefused(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"brackets in a script", "say(1);" + strings.Repeat("[", 100_000), "main.js:1:2008: brackets nest more than 2000 levels deep: split the expression"},
		{"brackets in a module", "export {};" + strings.Repeat("{", 100_000), "main.js:1:2011: brackets nest more than 2000 levels deep: split the expression"},
		{"a file that is too large", "//" + strings.Repeat("x", sdk.DefaultMaxBytes), "main.js is too large: the sources of an extension may have 16777216 bytes together"},
		{"bytes that are no text", "say(1)\n\x80", "main.js:2:1: this byte, 0x80, is not UTF-8: save the file in that encoding"},
		{"UTF-16", "\xff\xfes\x00", "main.js:1:1: this byte, 0xff, is not UTF-8: save the file in that encoding"},
		{"a script that isn't one", "say(", "main.js:1:5: Unexpected end of file"},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := lay(t, "")
			write(t, filepath.Join(folder, "main.js"), test.source)
			_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "main.js")})
			if got := first(t, err).String(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
