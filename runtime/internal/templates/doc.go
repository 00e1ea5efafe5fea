// Package templates splits templates, such as `${a}${b}${c}${d}${e}`, that put many
// texts together in one step. A text may be as long as the heap allows, so that a
// step of dozens takes all memory before whoever looks after the heap can see it
// coming. [Rewrite] has templates within a template put a few of them together
// first, in a program that has been parsed; [Script] and [Parameters] do so with
// sources, those of eval and Function, where it shows in what functions say of
// their own source. The values, and the order in which they become texts, stay
// the same. Tagged templates, which put nothing together, stay as they are.
//
// The package keeps no state; a program is rewritten by one goroutine.
package templates
