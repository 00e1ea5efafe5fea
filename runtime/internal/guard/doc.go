// Package guard makes ordinary JavaScript errors of the known ways in which a
// script, or a message that it handles, could end or block the whole process:
// recursion in native code that exhausts the Go stack, allocations that exhaust
// the memory, native loops that no interrupt reaches.
//
// Install replaces the built-in functions concerned by ones that judge their
// arguments first. They look and work like the originals.
//
// What it can't reach: operators (the concatenation of ever longer strings, **
// and << of bigints, spreading a huge array), recursion through Proxy and
// prototype cycles, and memory that grows in small steps.
//
// Install may be called only by the goroutine that owns the runtime; what it
// installs runs on that goroutine as part of the script. Nothing is shared
// between runtimes but the time limit of regular expressions, which is one for
// the process; package regexp2 keeps a clock for it, a goroutine that ends a
// second or two after the last match.
package guard
