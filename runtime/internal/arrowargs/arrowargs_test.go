package arrowargs_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/arrowargs"
)

// programs are expressions whose values are known from another engine, as JSON.
var programs = []struct{ code, want string }{
	{`(function () { return (() => Math.max.apply(this, arguments))(); })(1, 2)`, `2`},
	{`(function () { return (() => arguments.length)(); })(1, 2)`, `2`},
	{`(function f() { return (() => arguments.length)(); })(1, 2, 3)`, `3`},
	{`(function () { return (() => { return arguments[0]; })(); })(7)`, `7`},
	{`(function () { return (() => () => () => arguments[1])()()(); })(7, 8)`, `8`},
	{`(function (a) { const b = 1, c = 2; return (() => [a, b, c, arguments[0], arguments.length])(); })(7, 8)`, `[7,1,2,7,2]`},
	{`(function (a, b) { let r = []; for (let i = 0; i < 3; i++) r.push(() => arguments[i]); return r.map((f) => f()); })(7, 8, 9)`, `[7,8,9]`},
	{`(function () { "use strict"; return (() => arguments.length)(); })(1)`, `1`},
	{`(function (a) { (() => { arguments[0] = 5; })(); return a; })(1)`, `5`},
	{`(function (a) { "use strict"; (() => { arguments[0] = 5; })(); return a; })(1)`, `1`},
	{`(function (a) { const f = () => arguments[0]; a = 9; return f(); })(1)`, `9`},
	{`(function (a) { "use strict"; const f = () => arguments[0]; a = 9; return f(); })(1)`, `1`},
	{`(function (a, b = 2) { const f = () => arguments[0]; a = 9; return [f(), b]; })(1)`, `[1,2]`},
	{`(function (a = () => arguments.length) { return a(); })()`, `0`},
	{`(function (a = () => arguments.length) { return a(); })(undefined, 2)`, `2`},
	{`(function (a = (() => arguments.length)()) { return a; })(undefined, 2, 3)`, `3`},
	{`(function (a, b = () => arguments[0]) { a = 5; return [b(), a]; })(1)`, `[1,5]`},
	{`(function ({ x }, ...rest) { return (() => [x, rest, arguments.length])(); })({ x: 1 }, 2, 3)`, `[1,[2,3],3]`},
	{`(function ([a, b] = (() => [arguments.length, 2])()) { return [a, b]; })()`, `[0,2]`},
	{`(function (...rest) { return (() => arguments.length + rest.length)(); })(1, 2)`, `4`},
	{`(function (a, { b = () => arguments[0] } = {}) { return b(); })(4)`, `4`},
	{`(function () { return ((a = arguments.length) => a)(); })(1, 2)`, `2`},
	{`(function () { return ((a = () => arguments.length) => a())(); })(1, 2)`, `2`},
	{`(function () { return (({ n = arguments[0] }) => n)({}); })(6)`, `6`},
	{`(function () { return ((...r) => [r, arguments.length])(4, 5); })(1)`, `[[4,5],1]`},
	{`(function () { return ((arguments) => arguments)(3); })(1)`, `3`},
	{`(function (arguments) { return (() => arguments)(); })(3)`, `3`},
	{`(function () { var arguments; return (() => typeof arguments)(); })(3)`, `"object"`},
	{`(function () { var arguments = 4; return (() => arguments)(); })(3)`, `4`},
	{`(function () { let arguments = 5; return (() => arguments)(); })(3)`, `5`},
	{`(function () { const f = () => arguments; let arguments = 6; return f(); })(3)`, `6`},
	{`(function () { { let arguments = 6; var f = () => arguments; } return [f(), (() => arguments[0])()]; })(3)`, `[6,3]`},
	{`(function () { function arguments() { return 1; } return (() => arguments())(); })(3)`, `1`},
	{`(function () { return (() => { let arguments = 8; return arguments; })(); })(3)`, `8`},
	{`(function () { return (() => { var f = function () { return arguments.length; }; return f(1, 2, 3) + arguments.length; })(); })(3)`, `4`},
	{`(function () { return (() => { return (function () { return (() => arguments.length)(); })(1, 2, 3); })(); })(3)`, `3`},
	{`(function () { return [(() => arguments[0])(), arguments[0]]; })(3)`, `[3,3]`},
	{`(function () { return [arguments[0], (() => arguments[0])()]; })(3)`, `[3,3]`},
	{`(function () { return (() => { arguments = 4; return arguments; })(); })(3)`, `4`},
	{`(function () { (() => { arguments = 4; })(); return arguments; })(3)`, `4`},
	{`(function () { return (() => typeof arguments)(); })(3)`, `"object"`},
	{`(function () { return (() => ({ arguments }))(); })(3)`, `{"arguments":{"0":3}}`},
	{`(function () { return (() => [...arguments])(); })(3, 4)`, `[3,4]`},
	{`(function () { return (() => { const [a, b] = arguments; return a + b; })(); })(3, 4)`, `7`},
	{`(function () { return (() => { for (const a of arguments) if (a > 3) return a; })(); })(3, 4)`, `4`},
	{`(function () { return (() => { if (false) return arguments; return 1; })(); })(3, 4)`, `1`},
	{`(function () { if (false) { (() => arguments)(); } return arguments.length; })(3, 4)`, `2`},
	{`(function () { if (false) { (() => arguments)(); } return (() => arguments.length)(); })(3, 4)`, `2`},
	{`(function f(n) { return n ? (() => f(n - 1) + arguments[0])() : 0; })(4)`, `10`},
	{`({ m() { return (() => arguments.length)(); } }).m(1, 2)`, `2`},
	{`({ set s(v) { this.x = (() => arguments[0] + arguments.length)(); }, get x() { return 1; } }).x`, `1`},
	{`({ get g() { return (() => arguments.length)(); } }).g`, `0`},
	{`({ *g() { yield (() => arguments[0])(); yield* (() => arguments)(); } }).g(1, 2).next().value`, `1`},
	{`[...(function* () { yield (() => arguments[0])(); yield* (() => arguments)(); })(1, 2)]`, `[1,1,2]`},
	{`[...(function* (a) { const f = () => arguments[0]; a = 3; yield f(); yield a; })(1, 2)]`, `[3,3]`},
	{`new (class { constructor() { this.n = (() => arguments.length)(); } })(1, 2).n`, `2`},
	{`new (class extends Array { constructor() { (() => super(...arguments))(); this.n = (() => arguments.length)(); } })(1, 2).n`, `2`},
	{`new (class extends Object { constructor(a) { const f = () => [a, arguments[1]]; super(); this.n = f(); } })(1, 2).n`, `[1,2]`},
	{`new (class extends Object { constructor(a) { super(); return (() => ({ n: arguments[0] }))(); } })(1, 2).n`, `1`},
	{`new (class extends Object { constructor(a) { super(); if (a) (() => { this.n = arguments[0]; })(); else return {}; } })(1, 2).n`, `1`},
	{`(class { static s() { return (() => this.name + arguments.length)(); } }).s(1)`, `"1"`},
	{`new (class { #p() { return (() => arguments[0])(); } q() { return this.#p(3); } })().q()`, `3`},
	{`new (class { x = function () { return (() => arguments[0])(); } })().x(3)`, `3`},
	{`(() => { let r; class A { static { r = (function () { return (() => arguments[0])(); })(4); } } return r; })()`, `4`},
	{`(function () { return Object.keys(new (class { [(() => arguments[0])()] = 1; })()); })("k")`, `["k"]`},
	{`(function () { return (() => new (class { [arguments[0]]() { return 1; } })())()[arguments[0]](); })("k")`, `1`},
	{`(function () { return (() => this.v + arguments[0])(); }).call({ v: 1 }, 2)`, `3`},
	{`(function () { return (() => (() => this.v)() + (() => arguments[0])())(); }).call({ v: 1 }, 2)`, `3`},
	{`(function () { "use strict"; return (() => [this, arguments[0]])(); }).call(5, 2)`, `[5,2]`},
	{`(function () { return (() => [typeof this, arguments[0]])(); }).call(5, 2)`, `["object",2]`},
	{`(function (f) { return f(() => arguments.length); })((g) => g())`, `1`},
	{`(function (a, a) { return (() => [a, arguments[0]])(); })(1, 2)`, `[2,1]`},
	{`(function () { var self = this; return [1, 2].map((x) => x + arguments[0]); })(10)`, `[11,12]`},
	{`(function () { const g = x => x + arguments.length; return g(1); })(10)`, `2`},
	{`(function () { const g = (x, y) => { "use strict"; return x + arguments.length }; return g(1); })(10)`, `2`},
	{`(function () { return ((x) => (x, arguments.length))(1) })(10) // end`, `1`},
	{"(function () { return (() => `${arguments[0]}`)() /* end */ })(10)", `"10"`},
	{`(function () { return (() => { function g() { return arguments.length } return g(1, 2) })() })(10)`, `2`},
	{`(function () { return (function g(a = (() => arguments[1])()) { return a })(undefined, 5) })(10)`, `5`},
	{`(function outer() { return (function inner() { return [(() => arguments.length)(), (() => arguments[0])()] })(1, 2) })(10)`, `[2,1]`},
	{`(function () { const o = { f: () => arguments[0], g() { return arguments[0] } }; return [o.f(), o.g(2)] })(10)`, `[10,2]`},
	{`(function () { try { return (() => arguments[0])() } finally { (() => arguments[0])() } })(10, 20)`, `10`},
	{`(function (a) { { let a = 3; return (() => [a, arguments[0]])() } })(10, 20)`, `[3,10]`},
	{`(function (a) { for (let a of arguments) { return (() => [a, arguments[1]])() } })(10, 20)`, `[10,20]`},
	{`(function (a) { with ({ arguments: 3 }) { return (() => arguments)() } })(10, 20)`, `3`},
	{`(function () { return (() => delete arguments[0] && arguments[0] === undefined)() })(10)`, `true`},
	{`(function () { return (() => arguments[0]++ + arguments[0])() })(10)`, `21`},
	{`(function () { return (() => arguments?.[0] ?? 1)() })(10, 2)`, `10`},
	{`(function () { return ((f) => f)(() => arguments)().length })(10, 2)`, `2`},
	{`(function () { return (() => { return { arguments: arguments[0] }.arguments })() })(10, 2)`, `10`},
}

// TestRewrite runs programs that have been mended, as trees and as sources.
func TestRewrite(t *testing.T) {
	for _, test := range programs {
		program, err := goja.Parse("", test.code)
		if err != nil {
			t.Fatalf("%s: %v", test.code, err)
		}
		arrowargs.Rewrite(program)
		compiled, err := goja.CompileAST(program, false)
		if err != nil {
			t.Fatalf("%s: %v", test.code, err)
		}
		if got := result(compiled); got != test.want {
			t.Errorf("%s: got %s, want %s", test.code, got, test.want)
		}
		code := arrowargs.Script(test.code)
		if got := result(goja.MustCompile("", code, false)); got != test.want {
			t.Errorf("%s: got %s, want %s", code, got, test.want)
		}
	}
}

// result is what a program gives, as JSON.
func result(program *goja.Program) (text string) {
	defer func() {
		if reason := recover(); reason != nil {
			text = fmt.Sprint(reason)
		}
	}()
	vm := goja.New()
	value, err := vm.RunProgram(program)
	if err != nil {
		return err.Error()
	}
	vm.Set("value", value)
	shown, err := vm.RunString("JSON.stringify(value)")
	if err != nil {
		return err.Error()
	}
	return shown.String()
}

func TestBody(t *testing.T) {
	for _, test := range []struct{ parameters, code, want string }{
		{"", "return (() => arguments.length)()", "2"},
		{"", "return (() => arguments.length)() // end", "2"},
		{"", "'use strict'; return (() => [this, arguments[0]])()", "[null,5]"},
		{"a, b, c = () => arguments[1]", "return c()", "6"},
		{"a, b, c = () => arguments[1]", "return c() + (function () { return (() => arguments[0])() })(1)", "7"},
		{"a", "return a /* arguments => */", "5"},
	} {
		body := arrowargs.Body(test.parameters, test.code)
		code := "(function (" + test.parameters + "\n) {" + body + "\n})(5, 6)"
		if got := result(goja.MustCompile("", code, false)); got != test.want {
			t.Errorf("%s: got %s, want %s", code, got, test.want)
		}
	}
}

// What needs nothing, and what can't be read, is returned as it is. The value of
// a script is what it was.
func TestScript(t *testing.T) {
	for _, code := range []string{
		"(() => 1)()", "arguments", "function f() { return arguments[0] + [1].map((x) => x)[0] }", "(() => (", "(() => typeof arguments)()",
		"f = () => function () { return arguments }", "f = (o) => o.arguments",
	} {
		if got := arrowargs.Script(code); got != code {
			t.Errorf("%s became %s", code, got)
		}
	}
}

// A program may nest as deep as goja takes it.
func TestRewriteDeepProgram(t *testing.T) {
	code := "(function () { return " + strings.Repeat("(() => ", 200) + "arguments[0]" + strings.Repeat(")()", 200) + " })(4)"
	if got := result(goja.MustCompile("", arrowargs.Script(code), false)); got != "4" {
		t.Error(got)
	}
}
