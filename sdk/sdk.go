package sdk

import "embed"

// Module is the name that extensions import the SDK by.
const Module = "@srcnexus/ext-sdk"

//go:generate go test -run ^TestGenerated -update

//go:embed dist/sdk.js
var script string

//go:embed dist/web.js
var webGlobals string

//go:embed dist/lang
var languages embed.FS

// Script returns the built-in SDK as a script and the name that its stack
// frames carry: like all that is not the author's, it begins with "extrun!". Its completion value is the module: what require returns for
// [Module]. It takes what it needs of the bridge from the global object, and
// installs the host's entry points there, while it is evaluated.
func Script() (name, code string) { return virtual + "sdk", script }

// WebGlobals returns a script and the name that its stack frames carry. Its
// completion value is a function that is called once, with what the globals
// need of the host (Native in src/web/native.ts), and returns an object of two.
// globals has a function for each web global, by the global's name: calling the
// function makes the global's value, the same one at every call; nothing is made
// before. shown tells how a console shows one of the web's objects.
func WebGlobals() (name, code string) { return virtual + "web", webGlobals }

// Language returns one of the scripts that bring what goja lacks of the language,
// and the name that its stack frames carry. Its completion value is an object of
// functions: each installs a feature or makes a global when it is called, and
// gets what it needs of the host (Native in src/lang/native.ts). The names are
// those of the modules in src/lang.
func Language(module string) (name, code string) {
	text, err := languages.ReadFile("dist/lang/" + module + ".js")
	if err != nil {
		panic("sdk: no script " + module)
	}
	return virtual + "lang", string(text)
}
