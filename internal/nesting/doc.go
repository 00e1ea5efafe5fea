// Package nesting judges, before any parser sees it, whether a JavaScript
// source nests so deeply that a recursive parser or compiler would exhaust the
// Go stack: an end that no recover can catch.
//
// Everything in it is a pure function of its arguments: any goroutine may call
// it at any time, nothing blocks, and nothing is kept.
package nesting
