package bigshift_test

import (
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/bigshift"
)

// TestRewrite counts the operators of a program that are looked after.
func TestRewrite(t *testing.T) {
	for code, want := range map[string]int{
		"a << b": 1, "a >> b": 1, "a ** b": 1, "a <<= b": 1, "o[f()] >>= b": 1, "a **= b": 1, "a << b << c": 2, "a ** b ** c": 2,
		"1n << b": 1, "a << 1048576n": 1, "a << 2n ** 40n": 1, "a << -b": 1, "a << (b, c)": 1, "a << b.length": 1, "(x) => x << y": 1,
		"`${a << b}`": 1, "class A { [a << b] = c << d }": 2, "function f(x = a << b) {}": 1, "a << b?.c": 1, "a + (b << c) * d": 1,
		"a >>> b": 0, "a < b": 0, "a << 13": 0, "a << 32n": 0, "a << -1": 0, "a << +b": 0, "1 << b": 0, "a << 32 - b": 0, "a << (b | 0)": 0,
		"a << (b >>> c)": 0, "a << ~~(b & 7)": 0, "a ** 2": 0, "a **= 2": 0, "a ** 64n": 1, "2n ** 64n": 0, "a ** 3n": 0, "a **= 64n": 1, "o.a **= 64n": 1, "f().a **= b": 1, "this.a **= b ** c": 2, "(a | 0) << b": 0,
	} {
		program, err := goja.Parse("", code)
		if err != nil {
			t.Fatalf("%s: %v", code, err)
		}
		bigshift.Rewrite(program, "host")
		if _, err := goja.CompileAST(program, false); err != nil {
			t.Errorf("%s: %v", code, err)
		}
		if got := calls(program); got != want {
			t.Errorf("%s: %d calls, want %d", code, got, want)
		}
	}
}

// A chain of operators may be as long as goja takes it.
func TestRewriteDeepProgram(t *testing.T) {
	program, err := goja.Parse("", strings.Repeat("(", 3000)+"a"+strings.Repeat(" << b)", 3000))
	if err != nil {
		t.Fatal(err)
	}
	bigshift.Rewrite(program, "host")
	if got := calls(program); got != 3000 {
		t.Errorf("%d calls", got)
	}
}

func TestNames(t *testing.T) {
	for code, want := range map[string]bool{
		"1n": true, "x = 0xffn;": true, "1_000n)": true, "1n\u00a0<<x": true, "x =\u00a01n": true, "BigInt(1)": true, "new BigUint64Array": true, "b.readBigUInt64LE()": true, "(0n)": true,
		"": false, "n": false, "fn": false, "a1n": false, "x.d0n": false, "1nm": false, "return fan(en)": false, "$1n": false, "10 n": false, "function f(n) {}": false,
	} {
		if got := bigshift.Names(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestConcerns(t *testing.T) {
	for code, want := range map[string]bool{
		"1n": true, "require(x)": true, "(require)": true, "requires(); require": true, "var require_a, requires": false, "a << b": false,
	} {
		if got := bigshift.Concerns(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func TestHides(t *testing.T) {
	for code, want := range map[string]bool{
		"1n << x": true, "1n<<2n**40n": true, "2n ** 3n ** 40n": true, "2n ** y": true, "x <<= 1n + y": true, "1n << 40n * 9n": true, "1n >> -x": true,
		"1n << 9999999n": true, "1n << 9n\n* y": true, "BigInt(1) ** BigInt(2)": true, "a **= 2n ** b": true, "2n ** 3n\n** 40n": true,
		"1n << 32n": false, "2n ** 64n - 1n": false, "(1n << 3n)": false, "2n**9n;": false, "1n >> 3n | 4n": false, "1n >>> x": false,
		"a << b": true, "await /x << b/g": true, "yield /\"/ << b //\"": true, "a \\u003c b << c": true, "x, y, return x << y": true,
		"'**' + `a << b`": false, "f(1 << b, a << (b | 0)) // 2n ** x": false,
		"/** 1n **/ 1n + x": false, "2n ** 3n * x": false, "x >>>= 1n": false, "1n < 2n": false,
	} {
		if got := bigshift.Hides(code); got != want {
			t.Errorf("%s: %v", code, got)
		}
	}
}

func BenchmarkNames(b *testing.B) {
	code := strings.Repeat("function f(a, b) { if (a.x > b.y) { return a.then.map((x) => x + 1); } return [a, b, 'text', { c: 1 }]; }\n", 5000)
	b.SetBytes(int64(len(code)))
	for b.Loop() {
		bigshift.Names(code)
	}
}
