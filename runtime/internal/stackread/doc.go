// Package stackread lets a script read the stack of an error as its author
// wants it. goja writes a stack when it is first read, ends each frame in a
// program counter, and offers no way to change that. So what reads it is changed:
// x.stack becomes f(x).stack, where f is a function of the host that puts the
// stack of an error in order, and returns whatever it was given.
//
// Read in another way, such as Reflect.get(error, "stack"), a stack is as goja
// writes it. So it is for this.stack, since parsers keep stacks of their own
// there, for what follows an optional chain, as in a?.b.stack and a?.b?.stack, for
// patterns within patterns, as in {cause: {stack}}, and for patterns that are one
// of several parameters, the parameter of a function that declares var, or declared
// by for (var.
//
// The package keeps no state; a program is rewritten by one goroutine.
package stackread
