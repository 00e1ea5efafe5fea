package guard

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/runtime/internal/pattern"
	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// HasSurrogates reports whether regular expressions in a code may have
// surrogates, which goja reads wrongly, so that they must be corrected: escapes of
// surrogates, or characters that are two of them.
func HasSurrogates(code string) bool {
	if strings.Contains(code, `\ud`) || strings.Contains(code, `\uD`) {
		return true
	}
	for i := range len(code) {
		if code[i] >= 0xf0 { // begins a character beyond U+FFFF
			return true
		}
	}
	return false
}

// CorrectProgram has goja read the literals of a program as they were meant,
// which has been parsed and not compiled so far.
func CorrectProgram(program *ast.Program) {
	for _, found := range literals(program) {
		if rewritten, ok := corrected(found.Pattern, found.Flags); ok {
			found.Pattern = rewritten
		}
	}
}

// maxCorrected is the length of the longest code that [CorrectLiterals] reads.
const maxCorrected = 1 << 20

// CorrectLiterals returns a script, or the body of a function, with literals that
// goja reads as they were meant.
func CorrectLiterals(code string) string {
	const before = "(async function* () {"
	if len(code) > maxCorrected || !HasSurrogates(code) {
		return code
	}
	program, err := goja.Parse("", before+code+"\n})", parser.WithDisableSourceMaps)
	if err != nil {
		return code
	}
	found := literals(program)
	slices.SortFunc(found, func(a, b *ast.RegExpLiteral) int { return cmp.Compare(a.Idx, b.Idx) })
	var out strings.Builder
	copied := 0
	for _, literal := range found {
		written := "/" + literal.Pattern + "/" + literal.Flags
		at := int(literal.Idx) - 1 - len(before)
		if rewritten, ok := corrected(literal.Pattern, literal.Flags); ok && at >= copied && strings.HasPrefix(code[at:], written) {
			out.WriteString(code[copied:at] + "/" + rewritten + "/" + literal.Flags)
			copied = at + len(written)
		}
	}
	return out.String() + code[copied:]
}

func literals(program *ast.Program) (found []*ast.RegExpLiteral) {
	stackread.Walk(program, func(node any) {
		if literal, ok := node.(*ast.RegExpLiteral); ok {
			found = append(found, literal)
		}
	})
	return found
}

// corrected returns the pattern that a literal must have in the place of its own
// to be read rightly; ok is false if its own will do. Regular expressions with
// it show what the author wrote once the function that [Install] has returned
// has been called.
func corrected(source, flags string) (rewritten string, ok bool) {
	if strings.ContainsAny(flags, "uv") || !HasSurrogates(source) || strings.HasPrefix(source, noteBegin) {
		return "", false
	}
	result, needed, err := pattern.Rewrite(source, flags)
	if err != nil || !needed {
		return "", false
	}
	if _, err := regexp2.Compile(result.Source, regexp2.ECMAScript); err != nil {
		return "", false
	}
	return noted(goja.StringFromUTF16(utf16.Encode([]rune(source))), flags) + result.Source, true
}
