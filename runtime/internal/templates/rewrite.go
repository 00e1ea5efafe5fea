package templates

import (
	"slices"
	"strings"

	"github.com/dop251/goja/ast"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// most is how many texts a template may put together in one step.
const most = 4

// Concerns reports whether a code may have a template with too many texts.
func Concerns(code string) bool { return strings.Count(code, "${") > most }

// Rewrite splits the templates of a program that has been parsed and not compiled
// so far.
func Rewrite(program *ast.Program) {
	for _, template := range long(program) {
		last := template.Elements[len(template.Expressions)]
		template.Expressions = parts(template)
		template.Elements = append(slices.Repeat([]*ast.TemplateElement{nothing(template)}, len(template.Expressions)), last)
	}
}

// long returns the templates of a program that have too many texts.
func long(program *ast.Program) (found []*ast.TemplateLiteral) {
	stackread.Walk(program, func(node any) {
		if template, ok := node.(*ast.TemplateLiteral); ok && template.Tag == nil && len(template.Expressions) > most {
			found = append(found, template)
		}
	})
	return found
}

// parts are templates of a few texts each, in which all stands that is in a long
// one but for what is behind the last text.
func parts(template *ast.TemplateLiteral) (parts []ast.Expression) {
	texts := template.Expressions
	for from := 0; from < len(texts); from += most {
		to := min(from+most, len(texts))
		elements := append(template.Elements[from:to:to], nothing(template))
		part := *template
		part.Elements, part.Expressions = elements, texts[from:to]
		parts = append(parts, &part)
	}
	return parts
}

// nothing is the element that two texts have between them which touch.
func nothing(template *ast.TemplateLiteral) *ast.TemplateElement {
	return &ast.TemplateElement{Idx: template.OpenQuote, Valid: true}
}
