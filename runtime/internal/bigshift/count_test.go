package bigshift_test

import (
	"github.com/dop251/goja/ast"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// calls counts the calls of host in a program.
func calls(program *ast.Program) (n int) {
	stackread.Walk(program, func(node any) {
		if call, ok := node.(*ast.CallExpression); ok {
			if callee, ok := call.Callee.(*ast.Identifier); ok && callee.Name == "host" {
				n++
			}
		}
	})
	return n
}
