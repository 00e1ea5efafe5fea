package sdk

import _ "embed"

// Module is the name that extensions import the SDK by.
const Module = "@srcnexus/ext-sdk"

//go:generate go test -run ^TestGenerated$ -update

//go:embed dist/sdk.js
var script string

//go:embed dist/web.js
var webGlobals string

// Script returns the built-in SDK as a script and the name that its stack
// frames carry: like all that is not the author's, it begins with "extrun!". Its completion value is the module: what require returns for
// [Module]. It takes what it needs of the bridge from the global object, and
// installs the host's entry points there, while it is evaluated.
func Script() (name, code string) { return "extrun!sdk", script }

// WebGlobals returns a script and the name that its stack frames carry. Its
// completion value is an object with a function for each web global, by the
// global's name: calling the function makes the global's value, the same one at
// every call. Nothing is made before.
func WebGlobals() (name, code string) { return "extrun!web", webGlobals }
