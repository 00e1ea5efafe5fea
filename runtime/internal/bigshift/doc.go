// Package bigshift finds the operators by which a script could ask for a bigint
// larger than all memory in one step, such as 1n << 2n ** 40n. goja has no hook
// for operators, and does what they say at once, even while it compiles. Other
// operators make bigints at most twice as large, which whoever looks after the
// heap, or the time, sees coming.
//
// [Rewrite] has the right side of << and >>, and both sides of **, pass through a
// function of the host, which refuses those that are too large ([AllowShift],
// [AllowPower]). It is needed only for
// scripts that name bigints in some way, or may come by code that does
// ([Concerns]), and it leaves alone what is seen to be a number or a small bigint,
// so that other code runs as before. A world in which such code has run first has
// no bigints: whoever keeps it refuses to make any. [Hides] judges sources that
// can't be rewritten, those of eval and Function.
//
// The right side of a shift becomes a primitive value before the left one does,
// where both are objects.
//
// The package keeps no state; a program is rewritten by one goroutine.
package bigshift
