package sdk_test

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/sdk"
)

func TestProjectLeadsNowhere(t *testing.T) {
	const project = "-- tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"@/*\": [\"./src/*\", \"./lib/*\"]}}}\n"
	for _, test := range []struct{ source, want string }{
		{"import '@/missing'", `"@/missing" stands for src/missing or lib/missing, by tsconfig.json, but that doesn't exist`},
		{"import '~lib/x'", `"~lib/x" can't be found, and no package can have that name: if it stands for a path, say so in "paths" in tsconfig.json`},
		{"import 'x'", `package "x" isn't installed: run npm install x in the extension's folder`},
	} {
		_, err := bundle(t, "-- main.ts --\n"+test.source+"\n"+project)
		if got := first(t, err).Text; got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
	}
}

func TestProject(t *testing.T) {
	const react = "-- node_modules/react/package.json --\n{}\n-- node_modules/react/jsx-runtime.js --\nexports.jsx = (tag, props) => 'auto ' + tag + props.children\n"
	const fields = "class A { constructor() { this.x = 1 } } class B extends A { x }; say(new B().x)"
	for _, test := range []struct{ name, archive, want string }{
		{"paths", "-- src/main.ts --\nimport { a } from '@/a'; import b from 'b'; say(a, b)\n" +
			"-- tsconfig.json --\n{ // a comment\n \"compilerOptions\": { \"paths\": { \"@/*\": [\"./none/*\", \"./src/lib/*\"], \"b\": [\"src/b.json\",], }, /* more */ }, }\n" +
			"-- src/lib/a.ts --\nexport const a = 1\n-- src/b.json --\n2", "1 2"},
		{"baseUrl", "-- src/main.ts --\nimport { a } from 'lib/a'; say(a)\n-- tsconfig.json --\n{\"compilerOptions\": {\"baseUrl\": \"src\"}}\n-- src/lib/a.ts --\nexport const a = 1", "1"},
		{"paths relative to baseUrl", "-- main.ts --\nimport { a } from 'x'; say(a)\n-- tsconfig.json --\n{\"compilerOptions\": {\"baseUrl\": \"src\", \"paths\": {\"x\": [\"a\"]}}}\n-- src/a.ts --\nexport const a = 1", "1"},
		{"the nearest one", "-- src/main.ts --\nimport { a } from 'x'; say(a)\n-- src/tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"x\": [\"./a\"]}}}\n-- src/a.ts --\nexport const a = 1\n-- tsconfig.json --\n{ broken", "1"},
		{"extends", "-- main.ts --\nimport { a } from 'x'; " + fields + "; say(a)\n-- tsconfig.json --\n{\"extends\": [\"./conf/base\", \"@t/t/strict.json\"]}\n" +
			"-- conf/base.json --\n{\"compilerOptions\": {\"paths\": {\"x\": [\"../src/a\"]}, \"useDefineForClassFields\": true}}\n-- src/a.ts --\nexport const a = 1\n" +
			"-- node_modules/@t/t/strict.json --\n{\"compilerOptions\": {\"useDefineForClassFields\": false}}", "1 1"},
		{"configDir", "-- main.ts --\nimport { a } from 'x'; say(a)\n-- tsconfig.json --\n{\"extends\": \"./conf/tsconfig\"}\n-- conf/tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"x\": [\"${configDir}/src/a\"]}}}\n-- src/a.ts --\nexport const a = 1", "1"},
		{"fields are defined", "-- main.ts --\n" + fields, "undefined"},
		{"fields are assigned", "-- main.ts --\n" + fields + "\n-- tsconfig.json --\n{\"compilerOptions\": {\"useDefineForClassFields\": false}}", "1"},
		{"fields follow the target", "-- main.ts --\n" + fields + "\n-- tsconfig.json --\n{\"compilerOptions\": {\"target\": \"ES2020\"}}", "1"},
		{"experimental decorators", "-- main.ts --\nfunction d(target: any, key: string) { say(typeof target, key) } class A { @d m() {} } export { A }\n-- tsconfig.json --\n{\"compilerOptions\": {\"experimentalDecorators\": true}}", "object m"},
		{"tags, classic", "-- main.tsx --\nconst React = { createElement: (tag: any, props: any, ...c: any[]) => tag + c }; say(<p>1</p> as any)", "p1"},
		{"tags, another factory", "-- main.tsx --\nconst h = (tag: any, props: any, ...c: any[]) => tag + c; say(<p>1</p> as any)\n-- tsconfig.json --\n{\"compilerOptions\": {\"jsx\": \"react\", \"jsxFactory\": \"h\"}}", "p1"},
		{"tags, automatic", "-- main.tsx --\nsay(<p>1</p>)\n-- tsconfig.json --\n{\"compilerOptions\": {\"jsx\": \"react-jsx\"}}\n" + react, "auto p1"},
		{"tags, for debugging", "-- main.tsx --\nsay(<p>1</p>)\n-- tsconfig.json --\n{\"compilerOptions\": {\"jsx\": \"react-jsxdev\"}}\n" + react, "auto p1"},
		{"tags, preserved", "-- main.tsx --\nconst React = { createElement: (tag: any, props: any, ...c: any[]) => tag + c }; say(<p>1</p> as any)\n-- tsconfig.json --\n{\"compilerOptions\": {\"jsx\": \"preserve\"}}", "p1"},
		{"tags in .js", "-- main.js --\nconst React = { createElement: (tag, props, ...c) => tag + c }; say(<p>1</p>)", "p1"},
		{"jsconfig.json", "-- main.js --\nimport a from 'x'; say(a)\n-- jsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"x\": [\"./a.js\"]}}}\n-- a.js --\nexport default 1", "1"},
		{"paths to types", "-- main.ts --\nimport { onLoad } from '@srcnexus/ext-sdk'; import a from 'a'; say(a)\n-- node_modules/a/index.js --\nexport default 1\n" +
			"-- tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"@srcnexus/ext-sdk\": [\"../elsewhere/sdk\"], \"a\": [\"/types/a.d.ts\"]}}}", "1"},
		{"empty", "-- main.ts --\nsay(1)\n-- tsconfig.json --\n", "1"},
		{"not for packages", "-- main.ts --\nimport a from 'a'; say(a)\n-- tsconfig.json --\n{\"compilerOptions\": {\"paths\": {\"b\": [\"./wrong\"]}}}\n-- wrong.ts --\nexport default 2\n" +
			"-- node_modules/a/index.js --\nexport { default } from 'b'\n-- node_modules/b/index.js --\nexport default 1", "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			bundled, err := bundle(t, test.archive)
			if err != nil {
				t.Fatal(err)
			}
			if got := play(t, bundled); got != test.want {
				t.Errorf("said %q, want %q\n%s", got, test.want, bundled.Code)
			}
		})
	}
}

func TestProjectRefused(t *testing.T) {
	for _, test := range []struct{ name, config, want string }{
		{"no JSON", "{\n  \"compilerOptions\": {\n    \"strict\": yes\n  }\n}", `tsconfig.json:3:15: this is not valid JSON: invalid character 'y' looking for beginning of value`},
		{"cut off", "{ /* ", `tsconfig.json:1:6: this is not valid JSON: unexpected end of JSON input`},
		{"no object", "[]", `tsconfig.json:1:1: this is not valid JSON: there must be an object`},
		{"too deep", strings.Repeat("[", 100_000), `tsconfig.json: can't be read safely: brackets nest more than 2000 levels deep: split the expression`},
		{"extends nothing", `{"extends": "./none"}`, `tsconfig.json: extends "./none", which doesn't exist`},
		{"extends no package", `{"extends": "@t/none"}`, `tsconfig.json: extends "@t/none", which doesn't exist`},
		{"extends itself", `{"extends": "./tsconfig.json"}`, `tsconfig.json: extends itself`},
		{"extends what is outside", `{"extends": "../outside.json"}`, `../outside.json: is outside of the package that extends it`},
		{"paths outside", `{"compilerOptions": {"paths": {"x": ["../x"]}}}`, `tsconfig.json: paths: "x" leads to "../x", outside of the package`},
		{"baseUrl outside", `{"compilerOptions": {"baseUrl": ".."}}`, `tsconfig.json: baseUrl leads outside of the package`},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := lay(t, "-- p/main.ts --\nimport 'x'\n-- outside.json --\n{}\n-- p/tsconfig.json --\n"+test.config)
			_, err := sdk.Bundle(sdk.Input{Entry: folder + "/p/main.ts"})
			if got := first(t, err).String(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}
