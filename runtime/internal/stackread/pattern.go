package stackread

import (
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"
)

// taken is the name of what a pattern is about to take a stack from. No script
// can spell it.
var taken = unistring.NewFromString("extrun!taken")

// A pattern without an initializer, such as catch ({stack}), gets one: what it
// stands for is named, and the pattern is declared in the body.

func (r rewriter) catch(node *ast.CatchStatement) {
	if pattern, ok := node.Parameter.(*ast.ObjectPattern); ok && takesStack(pattern) {
		node.Body = declared(token.LET, pattern, node.Body)
		node.Parameter = name(pattern)
	}
}

func (r rewriter) forOf(node *ast.ForOfStatement) {
	into, ok := node.Into.(*ast.ForDeclaration)
	if !ok || !takesStack(into.Target) {
		return
	}
	kind := token.LET
	if into.IsConst {
		kind = token.CONST
	}
	node.Body = declared(kind, into.Target, node.Body)
	into.Target = name(into.Target)
}

func (r rewriter) arrow(node *ast.ArrowFunctionLiteral) {
	if !isOnly(node.ParameterList) || len(node.DeclarationList) > 0 {
		return
	}
	parameter := node.ParameterList.List[0]
	switch body := node.Body.(type) {
	case *ast.ExpressionBody:
		at := body.Expression.Idx0()
		node.Body = declared(token.LET, parameter.Target, &ast.ReturnStatement{Return: at, Argument: body.Expression})
	case *ast.BlockStatement:
		node.Body = declared(token.LET, parameter.Target, body)
	}
	parameter.Target = name(parameter.Target)
}

func (r rewriter) functionLiteral(node *ast.FunctionLiteral) {
	if isOnly(node.ParameterList) && len(node.DeclarationList) == 0 {
		parameter := node.ParameterList.List[0]
		node.Body = declared(token.LET, parameter.Target, node.Body)
		parameter.Target = name(parameter.Target)
	}
}

// isOnly reports whether a function has one parameter, a pattern that takes a
// stack and has no initializer.
func isOnly(list *ast.ParameterList) bool {
	return len(list.List) == 1 && list.Rest == nil && list.List[0].Initializer == nil && takesStack(list.List[0].Target)
}

// declared is a body in a block that begins with the declaration of a pattern.
func declared(kind token.Token, pattern ast.BindingTarget, body ast.Statement) *ast.BlockStatement {
	return &ast.BlockStatement{LeftBrace: body.Idx0(), RightBrace: body.Idx1(), List: []ast.Statement{
		&ast.LexicalDeclaration{Idx: pattern.Idx0(), Token: kind, List: []*ast.Binding{{Target: pattern, Initializer: name(pattern)}}},
		body,
	}}
}

func name(in ast.Node) *ast.Identifier { return &ast.Identifier{Name: taken, Idx: in.Idx0()} }
