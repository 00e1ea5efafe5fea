package bigshift

import (
	"math"
	"math/big"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
	"github.com/dop251/goja/unistring"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// The operators that the function of [Rewrite] is told, besides "<<" and ">>".
const (
	Power    = "**"  // the operands are before it, and the result is to be returned
	AnyPower = "**=" // as for shifts: the right side is before it, and to be returned
)

// Rewrite changes the shifts and powers of a program that has been parsed and
// not compiled so far. function is the name of the global function that they
// call: with the right side of a shift and its operator, to return what is to
// stand there, or with both sides of a power, and [Power], to return the power.
// It gets the right side only, and [AnyPower], where x **= y names an x that
// can't be written twice.
func Rewrite(program *ast.Program, function string) {
	name := unistring.NewFromString(function)
	stackread.Walk(program, func(node any) {
		switch node := node.(type) {
		case *ast.BinaryExpression:
			rewriteBinary(name, node)
		case *ast.AssignExpression:
			rewriteAssignment(name, node)
		}
	})
}

func rewriteBinary(function unistring.String, node *ast.BinaryExpression) {
	switch {
	case !grows(node.Operator, node.Left, node.Right):
	case node.Operator == token.EXPONENT: // what follows ?? is never reached
		node.Left = call(function, Power, node.Left, node.Right)
		node.Operator, node.Right = token.COALESCE, &ast.NullLiteral{Idx: node.Right.Idx0(), Literal: "null"}
	default:
		node.Right = call(function, node.Operator.String(), node.Right)
	}
}

func rewriteAssignment(function unistring.String, node *ast.AssignExpression) {
	switch {
	case !grows(node.Operator, node.Left, node.Right):
	case node.Operator == token.EXPONENT && isPlain(node.Left):
		node.Operator, node.Right = token.ASSIGN, call(function, Power, node.Left, node.Right)
	case node.Operator == token.EXPONENT:
		node.Right = call(function, AnyPower, node.Right)
	default:
		node.Right = call(function, node.Operator.String(), node.Right)
	}
}

// isPlain reports whether to evaluate what is assigned to does nothing else: it
// is a variable, or a property of a variable or of this.
func isPlain(target ast.Expression) bool {
	switch target := target.(type) {
	case *ast.Identifier:
		return true
	case *ast.DotExpression:
		return isName(target.Left)
	case *ast.PrivateDotExpression:
		return isName(target.Left)
	}
	return false
}

func isName(e ast.Expression) bool {
	switch e.(type) {
	case *ast.Identifier, *ast.ThisExpression:
		return true
	}
	return false
}

// grows reports whether an operation can make a bigint of any size, as far as
// can be seen.
func grows(operator token.Token, left, right ast.Expression) bool {
	switch operator {
	case token.SHIFT_LEFT, token.SHIFT_RIGHT:
		return !isNumber(left, maxLook) && !isNumber(right, maxLook) && bitsOf(right) > maxWritten
	case token.EXPONENT:
		small := bitsOf(right) <= maxAnyPower || bitsOf(left) <= maxWritten && bitsOf(right) <= maxWritten
		return !isNumber(left, maxLook) && !isNumber(right, maxLook) && !small
	}
	return false
}

func call(function unistring.String, operator string, operands ...ast.Expression) *ast.CallExpression {
	at, end := operands[0].Idx0(), operands[len(operands)-1].Idx1()
	return &ast.CallExpression{
		Callee:           &ast.Identifier{Name: function, Idx: at},
		LeftParenthesis:  at,
		ArgumentList:     append(operands, &ast.StringLiteral{Idx: at, Literal: `"` + operator + `"`, Value: unistring.NewFromString(operator)}),
		RightParenthesis: end,
	}
}

const (
	maxWritten  = 20  // bits of a bigint that needs no look
	maxAnyPower = 2   // bits of [MaxAnyPower]
	maxLook     = 100 // levels of an operand that are looked at
)

// bitsOf is how long a bigint is that is written there; any other operand may be
// of any length.
func bitsOf(e ast.Expression) int {
	if literal, ok := e.(*ast.NumberLiteral); ok {
		if n, ok := literal.Value.(*big.Int); ok {
			return n.BitLen()
		}
	}
	return math.MaxInt
}

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
