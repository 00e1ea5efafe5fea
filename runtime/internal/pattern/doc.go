// Package pattern rewrites regular expressions that goja reads wrongly, or not
// at all, into others that mean the same.
//
// goja has two engines. The one that it takes first, for its speed, reads \p{L}
// as the letters p{L}, and forgets the names of groups where a pattern has flag
// u and a text isn't ASCII. The other one knows both. Every pattern concerned is
// therefore begun with a lookahead that is always true, which only the second
// engine can read. Its tables are those of the Unicode version that package
// unicode names; what has to do with emoji is of Unicode 17.
//
// Flag v is unknown to both. Its classes are sets that can be nested,
// intersected and subtracted. As each alternative of a class without strings
// takes exactly one code point, A&&B is (?:(?=B)A), and A--B is (?:(?!B)A).
//
// The functions keep no state and may be called from any goroutine.
package pattern
