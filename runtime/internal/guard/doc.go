// Package guard makes ordinary JavaScript errors of the known ways in which a
// script, or a message that it handles, could end or block the whole process:
// recursion in native code that exhausts the Go stack, allocations that exhaust
// the memory, native loops that no interrupt reaches.
//
// Install puts Proxies around the built-in functions concerned, and others in
// the place of the constructors, which judge the arguments first. A script can't
// get past them: what it can reach of a built-in function, by whatever name, is
// guarded. What was judged can't change before it is used: lengths and texts are
// read once, and fixed in what is passed on.
//
// A function is guarded when goja makes it, which is when it is first touched. goja
// makes most by templates, of which Install gives the runtime others (template.go).
// What has no template is guarded when it can first be reached: through a global,
// or through a literal, of which whoever runs a script has to tell. So a guard
// costs a runtime a few kilobytes, and not ten for each of its prototypes.
//
// Native code that takes all that an iterator has, as spreading does, may be told
// of 2**53-1 elements, and may take them one by one: the built-in iterators see to
// it that an interrupt ends that.
//
// Native code that calls native code gives goja no chance to see an interrupt, and
// doesn't count as a call with it: each built-in function counts its own calls,
// nested too deep they are refused, and ends them once it is told that all is over
// (nesting.go).
//
// What it can't reach: operators (the concatenation of ever longer strings, *
// of bigints, the spreading of bytes into an object), recursion through chains and cycles
// of prototypes and bound functions, memory that grows in small steps, and patterns
// of regular expressions with ten thousands of nested groups, which take long to
// compile.
// A regular expression that runs out of time has no match: goja drops the error,
// and wrapping RegExp.prototype.exec would make every other match slow.
//
// RegExp has no Symbol.species, so that goja makes the regular expressions that
// split and matchAll need by its own constructor, which is the fast way.
//
// RegExp also makes up for what goja reads wrongly or not at all: it hands goja
// what package pattern makes of a pattern, and shows the author's. Literals don't
// come by here; the bundler makes calls of RegExp of those with flag u, v or y.
//
// Install may be called only by the goroutine that owns the runtime; what it
// installs runs on that goroutine as part of the script. Runtimes share the
// templates, which never change, the register in which these find their guards,
// and the time limit of regular expressions, which is one for the process; package
// regexp2 keeps a clock for it, a goroutine that ends a second or two after the
// last match.
package guard
