package stackread_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/stackread"
)

// run runs the body of a function, in which e and f are objects with a stack,
// and returns what it returns and how often a stack was read through the function.
func run(t *testing.T, body string, rewrite bool) (result string, calls int) {
	t.Helper()
	program, err := goja.Parse("file.js", "(function () { let e = { stack: 's', n: { stack: 't' } }, f = e, u; "+body+" })()")
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	if rewrite {
		stackread.Rewrite(program, "host!read")
	}
	compiled, err := goja.CompileAST(program, false)
	if err != nil {
		t.Fatalf("%s: %v", body, err)
	}
	vm := goja.New()
	vm.Set("host!read", func(call goja.FunctionCall) goja.Value { calls++; return call.Argument(0) })
	value, err := vm.RunProgram(compiled)
	if err != nil {
		text, _, _ := strings.Cut(err.Error(), "(") // the program counter may differ
		return text, calls
	}
	return value.String(), calls
}

// reads are the ways to write a read of a stack, in each place where an
// expression may stand, and how many reads there are.
var reads = []struct {
	body  string
	calls int
}{
	{"return e.stack", 1},
	{"return e['stack']", 1},
	{"return e?.stack + u?.stack", 2},
	{"return e?.['stack']", 1},
	{"return e.n.stack", 1},
	{"return e?.n.stack", 0},
	{"return u?.n.stack", 0},
	{"return (e?.n).stack", 1},
	{"return (u?.n).stack", 1},
	{"return u.stack", 1},
	{"return [1].map(() => e)[0].stack", 1},
	{"return this.stack", 0},
	{"const { stack } = e; return stack", 1},
	{"const { stack: s, n: { stack: t } } = e; return s + t", 1},
	{"const { 'stack': s = 1 } = e; return s", 1},
	{"let stack; ({ stack } = e); return stack", 1},
	{"const { n } = e; return n.stack", 1},
	{"e.stack = 1; return e.stack", 2},
	{"e.stack += 1; e.stack++; return delete e.stack", 3},
	{"return typeof e.stack", 1},
	{"return e.stack.length", 1},
	{"return e.stack.at(0)", 1},
	{"return ({ stack() { return this === o } }).stack()", 1},
	{"const o = { stack() { return this === o } }; return o.stack()", 1},
	{"return `${e.stack}`", 1},
	{"return ((x) => x)`a${e.stack}`[0]", 1},
	{"return [e.stack, ...e.stack].join()", 2},
	{"return JSON.stringify({ a: e.stack, [e.stack]: 1, ...e })", 2},
	{"if (e.stack) return 1; else return e.stack", 1},
	{"for (let s = e.stack; s; s = u?.stack) { return s }", 1},
	{"for (var s = e.stack, i = 0; i < 1; i++); return s", 1},
	{"for (const c of e.stack) return c", 1},
	{"for (const c in e.n.stack) return c", 1},
	{"for (e.stack of [1]) return e.stack", 2},
	{"while (!e.stack); return 1", 1},
	{"do { return e.stack } while (e.stack)", 1},
	{"switch (e.stack) { case f.stack: return 1; default: return e.stack }", 2},
	{"try { throw e } catch (x) { return x.stack } finally { f.stack }", 2},
	{"throw e.stack", 1},
	{"a: { e.stack; break a } return 1", 1},
	{"var v = e.stack; return v", 1},
	{"function g(x = e.stack) { return x } return g()", 1},
	{"return ((x = e.stack) => x)()", 1},
	{"return (() => { return e.stack })()", 1},
	{"class A { x = e.stack; [e.stack]() { return e.stack } static y = f.stack; static { f.stack } get z() { return e.stack } } return new A().x + A.y + new A().z", 6},
	{"class A extends (e.stack, Object) { #p = e.stack; q() { return this.#p } } return new A().q()", 2},
	{"return [...(function* () { yield e.stack; yield* e.stack })()].join()", 2},
	{"(async () => { await e.stack })(); return 1", 1},
	{"return e.stack ? f.stack : 0", 2},
	{"return (e.stack, f.stack)", 2},
	{"return e.stack ?? 1", 1},
	{"return new (class { constructor(x) { this.x = x } })(e.stack).x", 1},
	{"return !e.stack || -e.stack", 2},
	{"with (e) { return n.stack }", 1},
	{"const stack = 5; return stack", 0},
	{"return u?.n?.stack", 0},
	{"return e?.n?.stack", 0},
	{"try { throw e } catch ({ stack }) { return stack }", 1},
	{"try { throw e } catch ({ stack: s, n: { stack = 1 } }) { { let s = 2 } return s + stack }", 1},
	{"try { throw e } catch ({ stack }) { return stack } finally { e.stack }", 2},
	{"for (const { stack } of [e, f]) return stack", 1},
	{"const all = []; for (let { stack } of [e, f]) { all.push(() => stack++, () => stack) } all[0](); return all[1]() + all[3]()", 2},
	{"a: for (const { stack } of [e, f]) { if (stack) continue a; return 1 } return 2", 2},
	{"for (var { stack } of [e]) return stack", 0},
	{"return (({ stack }) => stack)(e)", 1},
	{"return (({ stack, ...rest }) => ({ stack, rest }))(e).stack", 2},
	{"return (({ stack }) => { return stack })(e)", 1},
	{"return (async ({ stack }) => { await stack })(e).constructor.name", 1},
	{"return (function ({ stack }) { function stack() {} return typeof stack + arguments.length })(e)", 1},
	{"return (function ({ stack }) { var other = stack; return other })(e)", 0},
	{"return (({ stack }, x = stack) => x)(e)", 0},
	{"return (({ stack } = e) => stack)()", 1},
	{"return (function ({ stack }) {}).length + (({ stack }) => 1).length", 0},
	{"class A { m({ stack }) { return super.toString() + stack } set x({ stack }) { this.y = stack } } const a = new A(); a.x = e; return a.m(e) + a.y", 2},
	{"return [...(function* ({ stack }) { yield stack })(e)].join()", 1},
	{"return (({ n: { stack } }) => stack)(e)", 0},
}

// TestRewrite sees the reads of programs that do what they did.
func TestRewrite(t *testing.T) {
	for _, test := range reads {
		want, _ := run(t, test.body, false)
		got, calls := run(t, test.body, true)
		if got != want {
			t.Errorf("%s: got %q, want %q", test.body, got, want)
		}
		if calls != test.calls {
			t.Errorf("%s: %d reads were seen, want %d", test.body, calls, test.calls)
		}
	}
}

// A program may nest as deep as goja takes it.
func TestRewriteDeepProgram(t *testing.T) {
	body := "return " + strings.Repeat("(", 3000) + "e.stack" + strings.Repeat(")", 3000) + strings.Repeat(" + 1", 3000)
	if _, calls := run(t, body, true); calls != 1 {
		t.Errorf("%d reads were seen", calls)
	}
}

func TestConcerns(t *testing.T) {
	if !stackread.Concerns("e.stack") || stackread.Concerns("e.message") {
		t.Error("wrong")
	}
}

func BenchmarkRewrite(b *testing.B) {
	code := strings.Repeat("function f(a, b) { if (a.x > b.y) { return a.stack.map((x) => x + 1); } return [a, b, 'text', { c: 1 }]; }\n", 5000)
	b.SetBytes(int64(len(code)))
	for b.Loop() {
		b.StopTimer()
		program, err := goja.Parse("file.js", code)
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		stackread.Rewrite(program, "host!read")
	}
}
