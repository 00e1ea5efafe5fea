package templates

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/parser"
)

// A wrapping makes a program of a source.
type wrapping struct{ before, after string }

// What is a name in some functions is an operator in others.
var (
	scripts    = []wrapping{{"(async function* () {", "\n})"}, {"(function () {", "\n})"}}
	parameters = []wrapping{{"(async function* (", "\n) {})"}, {"(function (", "\n) {})"}}
)

// Script returns a script, or the body of a function, whose templates are split.
// One that can't be read is returned as it is.
func Script(code string) string { return split(code, scripts) }

// Parameters is [Script] for the parameters of a function.
func Parameters(code string) string { return split(code, parameters) }

func split(code string, wrappings []wrapping) string {
	if !Concerns(code) {
		return code
	}
	for _, w := range wrappings {
		program, err := goja.Parse("", w.before+code+w.after, parser.WithDisableSourceMaps)
		if err == nil {
			return inserted(code, insertions(program, 1+len(w.before)))
		}
	}
	return code
}

// An insertion is what is written into a source at a place.
type insertion struct {
	at   int
	text string
}

// insertions are the quotes of the templates within the long ones of a program in
// which the source begins at a place, in the order of their places.
func insertions(program *ast.Program, begin int) (all []insertion) {
	for _, template := range long(program) {
		last := len(template.Expressions)
		for i := 0; i < last; i += most {
			text := "`}${`"
			if i == 0 {
				text = "${`"
			}
			all = append(all, insertion{placeOf(template.Elements[i]) - begin, text})
		}
		all = append(all, insertion{placeOf(template.Elements[last]) - begin, "`}"})
	}
	slices.SortFunc(all, func(a, b insertion) int { return a.at - b.at })
	return all
}

// placeOf is where an element of a template begins. goja says where its first
// character ends, or the sign behind it if there is none.
func placeOf(element *ast.TemplateElement) int {
	_, size := utf8.DecodeRuneInString(element.Literal)
	return int(element.Idx) - max(size, 1)
}

func inserted(code string, all []insertion) string {
	var out strings.Builder
	copied := 0
	for _, one := range all {
		out.WriteString(code[copied:one.at] + one.text)
		copied = one.at
	}
	return out.String() + code[copied:]
}
