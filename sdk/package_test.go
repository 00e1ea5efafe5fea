package sdk_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

func TestPackages(t *testing.T) {
	for _, test := range []struct{ name, archive, want string }{
		{"conditions of import", "-- main.js --\nimport a from 'a'; say(a)\n-- node_modules/a/package.json --\n{\"exports\": {\"node\": \"./n.js\", \"require\": \"./r.js\", \"import\": \"./i.js\", \"default\": \"./d.js\"}}\n" +
			"-- node_modules/a/n.js --\nthrow 1\n-- node_modules/a/r.js --\nmodule.exports = 'r'\n-- node_modules/a/i.js --\nexport default 'i'\n-- node_modules/a/d.js --\nexport default 'd'", "i"},
		{"conditions of require", "-- main.js --\nsay(require('a'))\n-- node_modules/a/package.json --\n{\"exports\": {\"node\": \"./n.js\", \"require\": \"./r.js\", \"import\": \"./i.js\"}}\n" +
			"-- node_modules/a/n.js --\nthrow 1\n-- node_modules/a/r.js --\nmodule.exports = 'r'\n-- node_modules/a/i.js --\nexport default 'i'", "r"},
		{"browser before node", "-- main.js --\nimport a from 'a'; say(a)\n-- node_modules/a/package.json --\n{\"exports\": {\"node\": \"./n.js\", \"browser\": \"./b.js\", \"default\": \"./n.js\"}}\n-- node_modules/a/n.js --\nimport 'node:crypto'\n-- node_modules/a/b.js --\nexport default 'b'", "b"},
		{"browser field", "-- main.js --\nimport a from 'a'; say(a)\n-- node_modules/a/package.json --\n{\"main\": \"./n.js\", \"browser\": {\"./n.js\": \"./b.js\", \"./fs.js\": false, \"net\": false}}\n-- node_modules/a/n.js --\nimport 'fs'\n" +
			"-- node_modules/a/b.js --\nconst f = require('./fs'), n = require('net'); module.exports = [typeof f, Object.keys(f).length, Object.keys(n).length].join()\n-- node_modules/a/fs.js --\nmodule.exports = require('node:fs')", "object,0,0"},
		{"worker before the rest", "-- main.js --\nimport a from 'a'; say(a)\n-- node_modules/a/package.json --\n{\"exports\": {\"worker\": \"./w.js\", \"browser\": \"./b.js\", \"default\": \"./b.js\"}}\n-- node_modules/a/w.js --\nexport default 'w'\n-- node_modules/a/b.js --\nexport default 'b'", "w"},
		{"the module condition", "-- main.js --\nsay(require('a').default)\n-- node_modules/a/package.json --\n{\"exports\": {\"module\": \"./m.js\", \"default\": \"./d.js\"}}\n-- node_modules/a/m.js --\nexport default 'm'\n-- node_modules/a/d.js --\nexports.default = 'd'", "m"},
		{"left out though it is installed", "-- main.js --\nimport a from 'a'; say(a)\n-- node_modules/a/package.json --\n{\"browser\": {\"q\": false, \"fs\": false}}\n-- node_modules/a/index.js --\nimport { x } from 'q'; import { readFileSync } from 'fs'; export default typeof x + Object.keys(require('q')).length + typeof readFileSync\n" +
			"-- node_modules/q/index.js --\nexports.x = require('child_process')", "undefined0undefined"},
		{"imports", "-- src/main.js --\nimport a from '#lib/a'; import dep from '#dep'; say(a, dep)\n-- package.json --\n{\"imports\": {\"#lib/*\": \"./lib/*.js\", \"#dep\": {\"node\": \"fs\", \"default\": \"dep\"}}}\n-- lib/a.js --\nexport default 1\n-- node_modules/dep/index.js --\nmodule.exports = 2", "1 2"},
		{"a type of its own in a folder", "-- main.js --\nimport a from 'a'; say(a)\n-- node_modules/a/package.json --\n{\"exports\": \"./esm/i.js\"}\n-- node_modules/a/esm/package.json --\n{\"type\": \"module\"}\n" +
			"-- node_modules/a/esm/i.js --\nimport b from '../lib/b.js'; export default b\n-- node_modules/a/lib/b.js --\nmodule.exports = 1", "1"},
		{"a missing one inside of try", "-- main.js --\nlet a; try { a = require('fs') } catch (e) { a = e.message } let b; try { b = require('left-pad') } catch (e) { b = 2 } say(typeof a, typeof b)", "object object"},
		{"installed under a name of Node.js", "-- main.js --\nimport e from 'events'; import n from 'node:events'; import p from 'path'; say(e, n, p)\n-- node_modules/events/index.js --\nmodule.exports = 'e'\n-- node_modules/path-browserify/index.js --\nmodule.exports = 'p'", "e e p"},
		{"what is global", "-- main.js --\nimport { Buffer } from 'buffer'; import process from 'node:process'; import { URL } from 'url'; say(Buffer === globalThis.Buffer, process.env.NODE_ENV, URL === globalThis.URL)", "true production true"},
		{"buffer as a package", "-- main.js --\nimport { Buffer } from 'buffer'; say(Buffer)\n-- node_modules/buffer/index.js --\nexports.Buffer = 'b'", "b"},
		{"circular modules", "-- main.js --\nimport { a } from './a'; say(a())\n-- a.js --\nimport { b } from './b'; export const a = () => b(); export const c = () => 1\n-- b.js --\nimport { c } from './a'; export const b = () => c()", "1"},
		{"circular CommonJS", "-- main.js --\nsay(require('./a').done, require('./b').seen)\n-- a.js --\nexports.early = 1; require('./b'); exports.done = 2\n-- b.js --\nexports.seen = Object.keys(require('./a')).join()", "2 early"},
		{"a hashbang", "-- main.js --\n#!/usr/bin/env node\nimport a from './a'; say(a)\n-- a.js --\nexport default 1", "1"},
		{"a hashbang and a script", "-- main.js --\n#!/usr/bin/env node\nsay(1)", "1"},
		{"Windows line ends", "-- main.js --\nimport a from './a'\r\nsay(a, `x\r\ny`)\r\n-- a.js --\nexport default 1\r\n", "1 x\ny"},
		{"two copies of the SDK", "-- main.js --\nimport a from '@srcnexus/ext-sdk'; import b from 'x'; say(a === b, b.name)\n-- node_modules/x/index.js --\nexport { default } from '@srcnexus/ext-sdk'\n" +
			"-- node_modules/x/node_modules/@srcnexus/ext-sdk/index.js --\nthrow 1\n-- node_modules/@srcnexus/ext-sdk/index.js --\nthrow 2", "true @srcnexus/ext-sdk"},
		{"what the SDK doesn't have", "-- main.ts --\nimport * as a from '@srcnexus/ext-sdk'; import b from '@srcnexus/ext-sdk'; export { CodedError } from '@srcnexus/ext-sdk'; import { WebSocketMessage, network } from '@srcnexus/ext-sdk';\n" +
			"const f = (m: WebSocketMessage) => m; import('@srcnexus/ext-sdk').then((c) => say(typeof a.none, typeof (b as any).none, typeof (require('@srcnexus/ext-sdk') as any).none, typeof (c as any).none, network))", "undefined undefined undefined undefined the network"},
		{"an entry of any name", "-- extension.js --\nimport './a'; say(1)\n-- a.js --\n", "1"},
		{"paths of the entry", "-- src/main.js --\nimport './a'; say(__filename, __dirname, import.meta.url)\n-- src/a.js --\nsay(__dirname)", "/src /src/main.js /src file:///src/main.js"},
		{"a pattern with more in its folder than code", "-- main.js --\nlet m; try { require('./lib/' + 'README' + (say ? '.psd' : '')) } catch (e) { m = e.message } say(m)\n-- lib/README.psd --\nx\n-- lib/a.js --\n",
			`lib/README.psd is of no kind that can be imported as it is: say how, such as with { type: "text" }, "json", "base64" or "bytes"`},
		{"a pattern", "-- main.js --\nfor (const n of ['a', 'b']) say(require('./lang/' + n + '.js'))\n-- lang/a.js --\nmodule.exports = 1\n-- lang/b.js --\nmodule.exports = 2", "1 2"},
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

func TestPackagesRefused(t *testing.T) {
	for _, test := range []struct{ name, archive, want string }{
		{"a misspelt export", "-- main.ts --\nimport editor, { onLaod } from '@srcnexus/ext-sdk'\nonLaod(() => editor)", `main.ts:1:18: @srcnexus/ext-sdk has no export "onLaod": did you mean "onLoad"?`},
		{"a renamed export", "-- main.js --\nimport { Network as n } from '@srcnexus/ext-sdk'\nsay(n)", `main.js:1:10: @srcnexus/ext-sdk has no export "Network": did you mean "network"?`},
		{"Node.js in a package", "-- main.js --\nimport 'a'\n-- node_modules/a/index.js --\n\nrequire('http')", `node_modules/a/index.js:2:9: package "a" needs "http" of Node.js, which extensions run without: look for a package that is made for browsers too`},
		{"a name to install", "-- main.js --\nimport 'util'", `main.js:1:8: "util" belongs to Node.js, which extensions run without: run npm install util in the extension's folder`},
		{"a part that isn't exported", "-- main.js --\nimport 'a/x'\n-- node_modules/a/package.json --\n{\"exports\": \"./i.js\"}\n-- node_modules/a/i.js --\n", `main.js:1:8: "a/x" can't be found: package a is installed, but offers no such part; see "exports" in its package.json`},
		{"a package with nothing in it", "-- main.js --\nimport 'a'\n-- node_modules/a/package.json --\n{}", `main.js:1:8: package "a" is installed, but names no file to import: see "main" and "exports" in its package.json`},
		{"a package of another case", "-- main.js --\nimport 'Left-Pad'\n-- node_modules/left-pad/index.js --\n", `main.js:1:8: package "Left-Pad" isn't installed: run npm install Left-Pad in the extension's folder`},
		{"what can replace Node.js in a package", "-- main.js --\nimport 'a'\n-- node_modules/a/index.js --\nrequire('util')", `node_modules/a/index.js:1:9: package "a" needs "util" of Node.js, which extensions run without: run npm install util in the extension's folder`},
		{"what can replace Node.js, in a package that needs more of it", "-- main.js --\nimport 'a'\n-- node_modules/a/index.js --\nrequire('util'); require('net')", `node_modules/a/index.js:1:9: package "a" needs "util" of Node.js, which extensions run without: look for a package that is made for browsers too`},
		{"a package that a global stands for", "-- main.js --\nimport 'ws'", `main.js:1:8: package "ws" isn't installed, and would need Node.js, which extensions run without: use the global WebSocket`},
		{"one that is installed", "-- main.js --\nimport 'undici'\n-- node_modules/undici/index.js --\nrequire('util')", `node_modules/undici/index.js:1:9: package "undici" needs "util" of Node.js, which extensions run without: use the global fetch`},
		{"one that a package needs", "-- main.js --\nimport 'a'\n-- node_modules/a/index.js --\nrequire('ws')", `node_modules/a/index.js:1:9: package "ws", which package "a" needs, isn't installed: run npm install in the extension's folder, or npm install ws`},
		{"a package of a package", "-- main.js --\nimport 'a'\n-- node_modules/a/index.js --\nrequire('b')", `node_modules/a/index.js:1:9: package "b", which package "a" needs, isn't installed: run npm install in the extension's folder, or npm install b`},
		{"another editor", "-- main.js --\nimport 'vscode'", `main.js:1:8: "vscode" is another editor's API, which extensions don't have here: import "@srcnexus/ext-sdk" and take what you need from it`},
		{"imports", "-- main.js --\nimport '#a'\n-- package.json --\n{}", `main.js:1:8: "#a" is not among the "imports" of package.json, or leads nowhere`},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := bundle(t, test.archive)
			if got := first(t, err).String(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

func TestWorkspace(t *testing.T) {
	folder := lay(t, "-- app/main.ts --\nimport { b } from '@w/b'; say(b)\n-- app/package.json --\n{}\n"+
		"-- b/package.json --\n{\"name\": \"@w/b\", \"exports\": \"./src/index.ts\"}\n-- b/src/index.ts --\nimport { c } from './c'; export const b: number = c\n-- b/src/c.ts --\nexport const c = 1\n-- node_modules/@w/.keep --\n")
	if err := os.Symlink("../../b", filepath.Join(folder, "node_modules", "@w", "b")); err != nil {
		t.Skip(err)
	}
	bundled, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "app", "main.ts")})
	if err != nil {
		t.Fatal(err)
	}
	if got := play(t, bundled); got != "1" {
		t.Errorf("said %q", got)
	}
}

func TestCircularLinks(t *testing.T) {
	folder := lay(t, "-- main.js --\nimport './loop/x'\n-- a/main.js --\nimport './up/a/b.js'; say(2)\n-- a/b.js --\nsay(1)")
	for from, to := range map[string]string{"loop": "loop", "a/up": ".."} {
		if err := os.Symlink(to, filepath.Join(folder, from)); err != nil {
			t.Skip(err)
		}
	}
	_, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "main.js")})
	if got := first(t, err).String(); got != `main.js:1:8: loop/x/package.json can't be read: too many levels of symbolic links` {
		t.Errorf("got %s", got)
	}
	bundled, err := sdk.Bundle(sdk.Input{Entry: filepath.Join(folder, "a", "main.js"), Root: folder})
	if err != nil {
		t.Fatal(err)
	}
	if got := play(t, bundled); got != "1 2" {
		t.Errorf("said %q", got)
	}
}

// TestOtherCase imports a name in other letters, which some file systems don't
// tell apart: works there, with a warning, and has a clear error elsewhere.
func TestOtherCase(t *testing.T) {
	bundled, err := bundle(t, "-- main.js --\nimport './Helper'\n-- helper.ts --\nsay(1)")
	if err != nil {
		if got := first(t, err).String(); got != "main.js:1:8: Helper.ts doesn't exist, but helper.ts does: write the name in the same letters" {
			t.Errorf("got %s", got)
		}
		return
	}
	const want = `main.js:1:8: Use "helper.ts" instead of "Helper.ts" to avoid issues with case-sensitive file systems`
	if got := play(t, bundled); got != "1" || len(bundled.Warnings) != 1 || bundled.Warnings[0].String() != want {
		t.Errorf("said %q, warned of %v", got, bundled.Warnings)
	}
}
