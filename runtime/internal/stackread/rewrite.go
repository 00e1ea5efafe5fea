package stackread

import (
	"strings"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/unistring"
)

// property is the name of what is read.
const property = "stack"

// Concerns reports whether a script may read a stack. Most don't, and need no
// rewriting.
func Concerns(code string) bool { return strings.Contains(code, property) }

// Rewrite changes what reads a stack in a program that has been parsed and not
// compiled so far. function is the name of the global function that is called
// for it.
func Rewrite(program *ast.Program, function string) {
	r := rewriter{function: unistring.NewFromString(function)}
	Walk(program, r.visit)
}

type rewriter struct{ function unistring.String }

func (r rewriter) visit(node any) {
	switch node := node.(type) {
	case *ast.DotExpression:
		if node.Identifier.Name == property {
			node.Left = r.owner(node.Left)
		}
	case *ast.BracketExpression:
		if isName(node.Member) {
			node.Left = r.owner(node.Left)
		}
	case *ast.CatchStatement:
		r.catch(node)
	case *ast.ForOfStatement:
		r.forOf(node)
	case *ast.ArrowFunctionLiteral:
		r.arrow(node)
	case *ast.FunctionLiteral:
		r.functionLiteral(node)
	case *ast.Binding:
		if takesStack(node.Target) && node.Initializer != nil {
			node.Initializer = r.call(node.Initializer)
		}
	case *ast.AssignExpression:
		if takesStack(node.Left) {
			node.Right = r.call(node.Right)
		}
	}
}

// owner wraps what a property is read of.
func (r rewriter) owner(left ast.Expression) ast.Expression {
	switch left := left.(type) {
	case *ast.ThisExpression, *ast.SuperExpression:
		return left
	case *ast.Optional:
		if !inChain(left.Expression) {
			left.Expression = r.call(left.Expression)
		}
		return left
	}
	if inChain(left) {
		return left
	}
	return r.call(left)
}

func (r rewriter) call(argument ast.Expression) ast.Expression {
	return &ast.CallExpression{
		Callee:           &ast.Identifier{Name: r.function, Idx: argument.Idx0()},
		LeftParenthesis:  argument.Idx0(),
		ArgumentList:     []ast.Expression{argument},
		RightParenthesis: argument.Idx1(),
	}
}

// inChain reports whether an expression may end an optional chain early. Such
// an expression is part of the chain, and can't become an argument.
func inChain(e ast.Expression) bool {
	for {
		switch link := e.(type) {
		case *ast.Optional:
			return true
		case *ast.DotExpression:
			e = link.Left
		case *ast.PrivateDotExpression:
			e = link.Left
		case *ast.BracketExpression:
			e = link.Left
		case *ast.CallExpression:
			e = link.Callee
		default:
			return false
		}
	}
}

// takesStack reports whether a pattern, such as {message, stack}, reads a stack.
func takesStack(target ast.Node) bool {
	pattern, ok := target.(*ast.ObjectPattern)
	if !ok {
		return false
	}
	for _, p := range pattern.Properties {
		switch p := p.(type) {
		case *ast.PropertyShort:
			if p.Name.Name == property {
				return true
			}
		case *ast.PropertyKeyed:
			if isName(p.Key) {
				return true
			}
		}
	}
	return false
}

func isName(e ast.Expression) bool {
	text, ok := e.(*ast.StringLiteral)
	return ok && text.Value == property
}
