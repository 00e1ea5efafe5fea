package arrowargs

import (
	"slices"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// maxRead is the length of the longest source that is read.
const maxRead = 1 << 20

// Script returns a script that does what the given one was meant to. One that
// can't be read is returned as it is.
func Script(code string) string { return mended(code, false) }

// Body is [Script] for the body of a function that has parameters.
func Body(parameters, code string) string {
	code = mended(code, true)
	if Concerns(parameters) {
		return code + "\n" + added
	}
	return code
}

// added is put at the end of a body. The semicolon ends a statement.
const added = ";if(false)()=>" + object

// before makes a body of a source, in which all statements may stand.
const before = "(async function* () {"

func mended(code string, isBody bool) string {
	if len(code) > maxRead || !Concerns(code) {
		return code
	}
	program, err := goja.Parse("", before+code+"\n})", parser.WithDisableSourceMaps)
	if err != nil {
		return code
	}
	var out strings.Builder
	copied := 0
	for _, end := range ends(program, len(code), isBody) {
		out.WriteString(code[copied:end])
		if end == len(code) {
			out.WriteByte('\n') // it may end with a comment
		}
		out.WriteString(added)
		copied = end
	}
	return out.String() + code[copied:]
}

// ends returns where the bodies of functions end in a source that are concerned,
// and where the source itself does, if it is such a body.
func ends(program *ast.Program, length int, isBody bool) (all []int) {
	for function := range concerned(program) {
		end := int(function.Body.RightBrace) - 1 - len(before)
		if isBody || end < length {
			all = append(all, min(end, length))
		}
	}
	slices.Sort(all)
	return all
}
