package arrowargs

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// object is the name by which functions know their arguments.
const object = "arguments"

// Concerns reports whether an arrow function in a code may name arguments.
func Concerns(code string) bool {
	return strings.Contains(code, object) && strings.Contains(code, "=>")
}

// Rewrite has arrow functions find arguments in a program that has been parsed
// and not compiled so far.
func Rewrite(program *ast.Program) {
	for function := range concerned(program) {
		function.Body.List = append(function.Body.List, again(function.Body))
	}
}

// concerned returns the functions in which arrows name arguments.
func concerned(program *ast.Program) map[*ast.FunctionLiteral]bool {
	found := make(map[*ast.FunctionLiteral]bool)
	stackread.WalkUnder(program, func(in place, node any) place {
		switch node := node.(type) {
		case *ast.FunctionLiteral:
			return place{function: node}
		case *ast.ArrowFunctionLiteral:
			return place{function: in.function, arrow: true}
		case *ast.Identifier:
			in.name(node.Name, found)
		case *ast.PropertyShort:
			in.name(node.Name.Name, found)
		}
		return in
	})
	return found
}

// A place is where a name stands.
type place struct {
	function *ast.FunctionLiteral // nil at the top
	arrow    bool                 // it stands in an arrow in there
}

func (in place) name(name unistring.String, found map[*ast.FunctionLiteral]bool) {
	if in.arrow && in.function != nil && name == object {
		found[in.function] = true
	}
}

// again names arguments in an arrow that never runs, at the end of a body:
// if (false) () => arguments.
func again(body *ast.BlockStatement) ast.Statement {
	at := body.RightBrace
	arrow := &ast.ArrowFunctionLiteral{
		Start:         at,
		ParameterList: &ast.ParameterList{Opening: at, Closing: at},
		Body:          &ast.ExpressionBody{Expression: &ast.Identifier{Name: object, Idx: at}},
	}
	return &ast.IfStatement{
		If:         at,
		Test:       &ast.BooleanLiteral{Idx: at, Literal: "false"},
		Consequent: &ast.ExpressionStatement{Expression: arrow},
	}
}
