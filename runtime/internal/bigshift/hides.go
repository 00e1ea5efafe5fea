package bigshift

import (
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// Hides reports whether a source may shift or raise bigints by what is not a
// small number written there. Where it can't be read, texts and comments may
// seem to do so.
func Hides(code string) bool { return seemsToHide(code) && !isHarmlessSource(code) }

func seemsToHide(code string) bool {
	for _, found := range operator.FindAllStringIndex(code, -1) {
		small := smallShift
		switch code[found[0]:min(found[1], found[0]+2)] {
		case "/*", "*/":
			continue
		case "**":
			if small = smallPower; code[found[1]-1] == '/' {
				continue
			}
		}
		if code[found[0]:found[1]] != ">>>" && code[found[0]:found[1]] != ">>>=" && !small.MatchString(code[found[1]:]) {
			return true
		}
	}
	return false
}

// maxRead is the length of the longest source that is read to judge it.
const maxRead = 1 << 20

// isHarmlessSource reports whether a source has no operator that had to be
// rewritten. A / after yield or await is read in one way in some functions and in
// another elsewhere, so it has to be harmless both ways.
func isHarmlessSource(code string) bool {
	if len(code) > maxRead || strings.Contains(code, "\\u") {
		return false
	}
	for _, before := range []string{"(function () {", "(async function* () {"} {
		program, err := goja.Parse("", before+code+"\n})", parser.WithDisableSourceMaps)
		if err != nil || needsRewriting(program) {
			return false
		}
	}
	return true
}

func needsRewriting(program *ast.Program) (needed bool) {
	stackread.Walk(program, func(node any) {
		switch node := node.(type) {
		case *ast.BinaryExpression:
			needed = needed || grows(node.Operator, node.Left, node.Right)
		case *ast.AssignExpression:
			needed = needed || grows(node.Operator, node.Left, node.Right)
		}
	})
	return needed
}
