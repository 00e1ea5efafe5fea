// Package arrowargs has arrow functions find the arguments of the function around
// them.
//
// goja makes an object of a function's arguments where some code in it names
// them, and keeps it where arrow functions can reach it only if an arrow names it
// when it is known already. So the value of
//
//	function f() { return (() => arguments.length)(); }
//
// is taken from a wrong place of the engine's stack: it is another value, or the
// engine panics. It is right where an arrow names arguments a second time, be it
// in code that never runs and that goja leaves out of the program. [Rewrite] adds
// that to a program which has been parsed; [Script] and [Body] add it to sources,
// those of eval and Function, where it shows in what functions say of their own
// source.
//
// What is left are variables of that name: where a function declares one in its
// body, arrows in its parameters don't find the object; and var arguments in an
// arrow is the object of the function around it.
//
// The package keeps no state; a program is rewritten by one goroutine.
package arrowargs
