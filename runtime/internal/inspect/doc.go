// Package inspect shows JavaScript values to people: what console.log, dir and
// table print, in the form that Node.js has made familiar.
//
// It reads values without running the extension's code: getters and Proxy traps
// are never invoked. Where that can't be had (the %s of an object with its own
// toString, a toString that an error's message forces), what the code throws
// is caught. It never panics and never returns an error; work and output are
// bounded, whatever is shown.
//
// Every function that takes a *goja.Runtime may be called only by the goroutine
// that owns the runtime at that time. Nothing blocks, nothing is kept between
// calls.
package inspect
