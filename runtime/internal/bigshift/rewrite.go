package bigshift

import (
	"math/big"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// Rewrite changes the shifts and powers of a program that has been parsed and
// not compiled so far. function is the name of the global function that is
// called with the right side of each and the operator, such as "<<", and returns
// what is to stand there.
func Rewrite(program *ast.Program, function string) {
	name := unistring.NewFromString(function)
	stackread.Walk(program, func(node any) {
		if operator, right := growing(node); right != nil {
			*right = call(name, *right, operator)
		}
	})
}

// growing returns the operator of a node, and its right side, which is nil if the
// node can't make a bigint of any size.
func growing(node any) (operator token.Token, right *ast.Expression) {
	switch node := node.(type) {
	case *ast.BinaryExpression:
		if grows(node.Operator) && !isNumber(node.Left, maxLook) && !isHarmless(node.Right) {
			return node.Operator, &node.Right
		}
	case *ast.AssignExpression:
		if grows(node.Operator) && !isHarmless(node.Right) {
			return node.Operator, &node.Right
		}
	}
	return operator, nil
}

// grows reports whether an operator can make a bigint of any size.
func grows(operator token.Token) bool {
	return operator == token.SHIFT_LEFT || operator == token.SHIFT_RIGHT || operator == token.EXPONENT
}

func call(function unistring.String, right ast.Expression, operator token.Token) *ast.CallExpression {
	at := right.Idx0()
	return &ast.CallExpression{
		Callee:          &ast.Identifier{Name: function, Idx: at},
		LeftParenthesis: at,
		ArgumentList: []ast.Expression{
			right,
			&ast.StringLiteral{Idx: at, Literal: `"` + operator.String() + `"`, Value: unistring.NewFromString(operator.String())},
		},
		RightParenthesis: right.Idx1(),
	}
}

// isHarmless reports whether an operand is no large bigint, as far as can be
// seen.
func isHarmless(e ast.Expression) bool {
	if literal, ok := e.(*ast.NumberLiteral); ok {
		if n, ok := literal.Value.(*big.Int); ok {
			return n.BitLen() <= maxWritten
		}
	}
	return isNumber(e, maxLook)
}

const (
	maxWritten = 20  // bits of a bigint that needs no look
	maxLook    = 100 // levels of an operand that are looked at
)

// isNumber reports whether an expression is seen to be no bigint. What mixes
// numbers and bigints throws.
func isNumber(e ast.Expression, levels int) bool {
	if levels == 0 {
		return false
	}
	switch e := e.(type) {
	case *ast.NumberLiteral:
		_, isBig := e.Value.(*big.Int)
		return !isBig
	case *ast.StringLiteral, *ast.BooleanLiteral, *ast.NullLiteral:
		return true
	case *ast.UnaryExpression:
		switch e.Operator {
		case token.PLUS, token.NOT, token.TYPEOF, token.VOID:
			return true
		case token.MINUS, token.BITWISE_NOT:
			return isNumber(e.Operand, levels-1)
		}
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.UNSIGNED_SHIFT_RIGHT:
			return true
		case token.PLUS, token.MINUS, token.MULTIPLY, token.SLASH, token.REMAINDER, token.EXPONENT, token.AND, token.OR,
			token.EXCLUSIVE_OR, token.SHIFT_LEFT, token.SHIFT_RIGHT:
			return isNumber(e.Left, levels-1) || isNumber(e.Right, levels-1)
		}
	}
	return false
}
