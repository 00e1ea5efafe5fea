// Package nesting judges, before any parser sees it, whether a JavaScript,
// TypeScript or JSON source nests so deeply that a recursive parser would
// exhaust the Go stack, an end that no recover can catch, or a bundler and a
// compiler would be busy with it for minutes.
//
// Only a parser can tell every regular expression from a division, so a scanner
// can be fooled into taking code for text. The one here knows where: up to the
// first such place it reads what a parser reads. From there on it doesn't rely
// on its view of what closes, and bounds the number of all opening brackets.
//
// Everything in it is a pure function of its arguments: any goroutine may call
// it at any time, nothing blocks, and nothing is kept.
package nesting
