package sdk

import (
	"embed"
	"path"
	"strings"
)

// Module is the name that extensions import the SDK by.
const Module = "@srcnexus/ext-sdk"

// Global is the name of the global that bundles take the SDK from. They have no
// word of require on its account, which would make the host prepare for modules
// that are loaded while the extension runs.
const Global = virtual + "sdk"

//go:generate go test -run ^TestGenerated -update

//go:embed dist/sdk.js
var script string

//go:embed dist/part
var parts embed.FS

//go:embed dist/web
var webModules embed.FS

//go:embed dist/lang
var languages embed.FS

// Script returns the built-in SDK as a script and the name that its stack
// frames carry: like all that is not the author's, it begins with "extrun!". Its
// completion value is the module: what require returns for [Module], once the host
// has given it the property default, which is the module itself and not
// enumerable. While it is evaluated it takes what it needs of the bridge from the
// global object, and gives its host a function that makes each of the host's entry
// points by its name, by the channel "entries". Most of it are parts, which the
// host must give ([Part]).
func Script() (name, code string) { return virtual + "sdk", script }

// Part returns a part of the SDK that is a script of its own, since not all
// extensions need it, and the name that its stack frames carry; it reports false
// if there is none of that name. The SDK asks its host for the script's completion
// value, by the channel "part".
func Part(part string) (name, code string, ok bool) {
	text, err := parts.ReadFile("dist/part/" + part + ".js")
	return virtual + "sdk", string(text), err == nil
}

// Parts are the names that [Part] takes.
func Parts() []string { return namesIn(parts, "dist/part") }

// WebModule returns one of the scripts that bring the web's globals, and the name
// that its stack frames carry: one for each module of src/web but native.ts,
// which stands for what the host gives (Native). Its completion value is a
// function that is called once with a function load, and returns an object of
// what the module exports. load takes the name of another module, with "./"
// before it, and returns what that one exports; it must return the same object
// each time. So only what is needed is ever run.
func WebModule(module string) (name, code string) {
	text, err := webModules.ReadFile("dist/web/" + module + ".js")
	if err != nil {
		panic("sdk: no module " + module)
	}
	return virtual + "web", string(text)
}

// WebModules are the names that [WebModule] takes.
func WebModules() []string { return namesIn(webModules, "dist/web") }

// namesIn are the names of the scripts in a folder.
func namesIn(files embed.FS, folder string) []string {
	entries, _ := files.ReadDir(folder)
	names := make([]string, len(entries))
	for i, entry := range entries {
		names[i] = strings.TrimSuffix(entry.Name(), path.Ext(entry.Name()))
	}
	return names
}

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
