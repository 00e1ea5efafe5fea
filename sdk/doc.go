// Package sdk gives extensions their module @srcnexus/ext-sdk, and bundles an
// extension's sources into one script.
//
// The SDK is written in TypeScript, in src. What [Script] and [WebModule]
// return is generated from it beforehand and embedded, so that a process starts
// without bundling anything; both are the same for every extension and meant to
// be compiled once. index.d.ts is the contract with extension authors.
//
// [Bundle] turns TypeScript or JavaScript, with whatever it imports from its
// own folder and from node_modules, into a classic script that goja can run.
// [Modules] do the same for what is required at run time only. Both trust
// nothing that they read: sizes, nesting and kinds of files are checked before
// the bundler's recursive parser sees them. [Module] stands for the built-in SDK
// everywhere, whatever is installed under its name.
//
// [Bundle] can keep what it has made for the next time. It remembers every
// answer of the file system that has led to a bundle, and takes the bundle again
// only while all of them are the same.
//
// # Concurrency
//
// All functions may be called from any goroutine. [Bundle], as [Modules.Load],
// blocks until it is done, uses the machine's processors meanwhile, and leaves no goroutine behind.
package sdk
