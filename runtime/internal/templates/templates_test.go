package templates_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
	"github.com/srcnexus/extrun/runtime/internal/templates"
)

// programs have values that splitting must not change.
var programs = []string{
	"`${1}${2}${3}${4}`",
	"`${1}${2}${3}${4}${5}`",
	"`a${1}b${2}c${3}d${4}e${5}f`",
	"`a${1}b${2}c${3}d${4}e${5}f${6}g${7}h${8}i${9}\n\\n\\`\\${`",
	"`é${1}☃${`${2}${3}${4}${5}${6}😀`}${7}${8}${9}`",
	"`${`${1}${2}${3}${4}${`${5}${6}${7}${8}${9}`}`}${1}${2}${3}${4}`.length",
	"let n = 0; const o = { toString: () => 't' + n++, valueOf: () => 'v' + n++ }; `${o}${o}${n}${o}${o}${n}${o}`",
	"String.raw`\\a${1}${2}${3}${4}${5}\\b`",
	"((parts, ...values) => parts.length + parts.raw.join('|') + values)`a${1}b${2}c${3}d${4}e${5}f`",
	"try { `${1}${2}${3}${4}${Symbol()}` } catch (e) { e.name }",
	"const f = (a = `${1}${2}${3}${4}${5}`) => `${a}${a}${a}${a}${a}`; f()",
	"const await = 1, yield_ = 2; `${await}${yield_}${3}${4}${5}`",
	"`\r\n${1}\r${2}\n${3}${4}${5}\r\n`.length",
	"typeof `${1}${2}${3}${4}${5}` + -`${1}${2}${3}${4}${5}`",
}

func TestRewrite(t *testing.T) {
	for _, code := range programs {
		program, err := goja.Parse("", code)
		if err != nil {
			t.Fatal(err)
		}
		templates.Rewrite(program)
		checkShort(t, code, program)
		compiled, err := goja.CompileAST(program, false)
		if err != nil {
			t.Fatal(err)
		}
		v, err := goja.New().RunProgram(compiled)
		if want := valueOf(t, code); err != nil || v.String() != want {
			t.Errorf("%s: %v, %v, want %s", code, v, err, want)
		}
	}
}

func TestScript(t *testing.T) {
	for _, code := range programs {
		split := templates.Script(code)
		program, err := goja.Parse("", split)
		if err != nil {
			t.Fatalf("%s: %v", split, err)
		}
		checkShort(t, code, program)
		if got, want := valueOf(t, split), valueOf(t, code); got != want {
			t.Errorf("%s: %s, want %s", split, got, want)
		}
	}
}

func TestParameters(t *testing.T) {
	const code = "{ a }, b = `${1}${2}${3}${4}${5}`, await = 1"
	if got, want := templates.Parameters(code), "{ a }, b = `${`${1}${2}${3}${4}`}${`${5}`}`, await = 1"; got != want {
		t.Errorf("got %s", got)
	}
	if got := templates.Script("`${1}${2}${3}${4}${5}"); got != "`${1}${2}${3}${4}${5}" {
		t.Errorf("got %s", got)
	}
}

// TestLongTemplate has more texts than what recurses would survive.
func TestLongTemplate(t *testing.T) {
	v, err := goja.New().RunString(templates.Script("`" + strings.Repeat("${1}", 100_000) + "`.length"))
	if err != nil || v.ToInteger() != 100_000 {
		t.Errorf("%.100v, %.100v", v, err)
	}
}

// checkShort checks that no template of a program puts much together but what is
// put together already.
func checkShort(t *testing.T, code string, program *ast.Program) {
	t.Helper()
	stackread.Walk(program, func(node any) {
		template, ok := node.(*ast.TemplateLiteral)
		if !ok || template.Tag != nil || len(template.Expressions) <= 4 {
			return
		}
		for _, e := range template.Expressions {
			if _, ok := e.(*ast.TemplateLiteral); !ok {
				t.Errorf("%s: a template of %d texts is left", code, len(template.Expressions))
			}
		}
	})
}

func valueOf(t *testing.T, code string) string {
	t.Helper()
	v, err := goja.New().RunString(code)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}
	return v.String()
}
