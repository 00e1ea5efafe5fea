package sdk_test

import (
	"strings"
	"testing"
)

func TestLoaders(t *testing.T) {
	for _, test := range []struct{ name, archive, want string }{
		{"text", "-- main.ts --\nimport a from './a.md'; import b from './b.CSS'; import c from './c.html'; import d from './d.svg'; say(a, b, c, d)\n" +
			"-- a.md --\n# é\n-- b.CSS --\nb {}\n-- c.html --\n<p>\n-- d.svg --\n<svg/>\n", "# é\n b {}\n <p>\n <svg/>\n"},
		{"base64", "-- main.ts --\nimport a from './a.png'; say(a)\n-- a.png --\n\xff\x00x\n", "/wB4Cg=="},
		{"JSON", "-- main.js --\nimport data, { x } from './d.json'; const y = require('./d.json').y; say(data.x, x, y)\n-- d.json --\n{\"x\": 1, \"y\": 2}", "1 1 2"},
		{"JSON with a byte order mark", "-- main.js --\nimport data from './d.json'; say(data.x)\n-- d.json --\n\ufeff{\"x\": 1}", "1"},
		{"type text", "-- main.ts --\nimport a from './a.ts' with { type: 'text' }; import { b } from './a'; say(a, b)\n-- a.ts --\nexport const b = 1\n", "export const b = 1\n 1"},
		{"type json", "-- main.ts --\nimport a from './a.conf' with { type: 'json' }; say(a.x)\n-- a.conf --\n{\"x\": 1}", "1"},
		{"type base64", "-- main.ts --\nimport a from './a.txt' with { type: 'base64' }; say(a)\n-- a.txt --\nabc\n", "YWJjCg=="},
		{"type bytes", "-- main.ts --\nimport a from './a.any' with { type: 'bytes' }; say(a instanceof Uint8Array, a.length, a[0])\n-- a.any --\n\xff\x00x\n", "true 4 255"},
		{"type of a dynamic import", "-- main.ts --\nimport('./a.any', { with: { type: 'text' } }).then((m) => say(m.default))\n-- a.any --\nabc\n", "abc\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bundled, err := bundle(t, test.archive)
			if err != nil {
				t.Fatal(err)
			}
			if got := play(t, bundled); got != test.want {
				t.Errorf("said %q, want %q", got, test.want)
			}
		})
	}
}

func TestLoadersRefuse(t *testing.T) {
	for _, test := range []struct{ name, archive, want string }{
		{"type", "-- main.js --\nimport a from './a.x' with { type: 'css' }\n-- a.x --\n", `main.js:1:15: a.x can't be imported with the type "css": there are base64, bytes, json, text`},
		{"JSON", "-- main.js --\nimport './a.json'\n-- a.json --\n{\n  a\n}", `a.json:2:3: Expected string in JSON but found "a"`},
		{"text that is none", "-- main.js --\nimport './a.txt'\n-- a.txt --\n\nab\xff", `a.txt:2:3: this byte, 0xff, is not UTF-8: save the file in that encoding`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := bundle(t, test.archive)
			if got := first(t, err).String(); !strings.HasPrefix(got, test.want) {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
