// Package sdk gives extensions their module @srcnexus/ext-sdk, and bundles an
// extension's sources into one script.
//
// The SDK is written in TypeScript, in src. What [Script] and [WebGlobals]
// return is generated from it beforehand and embedded, so that a process starts
// without bundling anything; both are the same for every extension and meant to
// be compiled once. index.d.ts is the contract with extension authors.
//
// [Bundle] turns TypeScript or JavaScript, with whatever it imports from its
// own folder and from node_modules, into a classic script that goja can run. It
// trusts nothing that it reads: sizes, nesting and kinds of files are checked
// before the bundler's recursive parser sees them.
//
// # Concurrency
//
// All functions may be called from any goroutine. [Bundle] blocks until it is
// done, uses the machine's processors meanwhile, and leaves no goroutine behind.
package sdk
