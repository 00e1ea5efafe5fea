package guard

import (
	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// Literals are kinds of values from which a script gets at built-in objects that
// it doesn't name. goja makes those objects when the first such literal is
// evaluated, and gives no sign of it.
type Literals uint8

// The kinds of literals.
const (
	Patterns       Literals = 1 << iota // regular expressions
	Corrected                           // those that [CorrectProgram] has changed
	AsyncFunctions                      // arrow functions and methods too
	Generators
	Buffers   // there are no literals of them, but a host makes them
	Arguments // of functions, which are iterable without a method of arrays

	AllLiterals = Patterns | Corrected | AsyncFunctions | Generators | Buffers | Arguments
)

// LiteralsOf returns the kinds of literals in a program that has been parsed. It
// doesn't know what has been corrected.
func LiteralsOf(program *ast.Program) (found Literals) {
	stackread.Walk(program, func(node any) {
		switch node := node.(type) {
		case *ast.RegExpLiteral:
			found |= Patterns
		case *ast.ArrowFunctionLiteral:
			found |= functionKind(node.Async, false)
		case *ast.FunctionLiteral:
			found |= functionKind(node.Async, node.Generator)
		case *ast.Identifier:
			if node.Name == "arguments" {
				found |= Arguments
			}
		}
	})
	return found
}

func functionKind(async, generator bool) (kind Literals) {
	if async {
		kind |= AsyncFunctions
	}
	if generator {
		kind |= Generators
	}
	return kind
}

// meet guards what literals lead to that are about to be evaluated. Reading a
// global that nobody has read before is what guards it.
func (g *guard) meet(literals Literals) {
	missing := literals &^ g.met
	g.met |= literals
	if missing&(Patterns|Corrected) != 0 && g.patterns == nil {
		g.vm.Get("RegExp")
	}
	if missing&Corrected != 0 {
		g.patterns.show()
	}
	if missing&Buffers != 0 && !g.buffered {
		g.vm.Get("ArrayBuffer")
	}
	if missing&Arguments != 0 {
		g.vm.NewArray().GetSymbol(goja.SymIterator)
	}
	for _, kind := range []Literals{AsyncFunctions, Generators} {
		if missing&kind != 0 {
			g.installHidden(kind)
		}
	}
}
