package runtime_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestHugeBigints has scripts ask for bigints that no memory holds, in each way
// to write that.
func TestHugeBigints(t *testing.T) {
	const power = "RangeError: a bigint of 2 bits to the power of 100000000 is refused: at most 16777216 bits"
	for _, test := range []struct{ code, want string }{
		{"1n << 2n ** 40n", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 16777216"},
		{"1n >> -(2n ** 64n)", "RangeError: a bigint shifted by 2**64 or more bits is refused: at most 16777216"},
		{"let a = 1n; a <<= 2n ** 100n", "RangeError: a bigint shifted by 2**100 or more bits is refused: at most 16777216"},
		{"const o = { a: 1n }; o.a <<= BigInt(2 ** 40)", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 16777216"},
		{"BigInt(1) << BigInt(2 ** 40)", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 16777216"},
		{"1n << 4294967296n", "RangeError: a bigint shifted by 4294967296 bits is refused: at most 16777216"},
		{"1n << { valueOf: () => 2n ** 40n }", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 16777216"},
		{"let n = 0; 1n << { valueOf: () => n++ ? 2n ** 40n : 3n }", "8"},
		{"1n << Object(5n)", "32"},
		{"2n ** 100000000n", power},
		{"let a = 2n; a **= 100000000n", power},
		{"const o = { a: 2n }; o.a **= 100000000n", power},
		{"const o = { a: 2n }, all = [o]; all[0].a **= 100000000n", "RangeError: a bigint raised by **= in that place to the power of 100000000 is refused: at most 3: write x = x ** y"},
		{"const o = { a: 3n }, all = [o]; let n = 0; all[n++].a **= 3n; [o.a, n].join()", "27,1"},
		{"let a = 3n ** 1000000n; a ** 1000000n", "RangeError: a bigint of 1584963 bits to the power of 1000000 is refused: at most 16777216 bits"},
		{"let a = 3n ** 1000000n; a **= 1000000n", "RangeError: a bigint of 1584963 bits to the power of 1000000 is refused: at most 16777216 bits"},
		{"[1n ** (2n ** 70n), (-1n) ** (2n ** 70n + 1n), 0n ** 2n ** 70n, (-2n) ** 65n].join()", "1,-1,0,-36893488147419103232"},
		{"class A { #x = 2n; y = 2n; f() { this.#x **= 10n; this.y **= 11n; return this.#x + this.y } }; new A().f()", "3072"},
		{"const o = { valueOf: () => 2n }; [o ** o, o ** 5n, 2n ** o ** o].join()", "4,32,16"},
		{"let s = ''; const o = (n) => ({ valueOf() { s += n; return BigInt(n) } }); o(2) ** o(3); s", "23"},
		{"let a = 2n, b = 3; [b ** b, a ** BigInt(b), '3' ** b, b ** a.toString()].join()", "27,8,27,9"},
		{"let a = 2n, b = 3; a ** b", "TypeError: Cannot mix BigInt and other types, use explicit conversions"},
		{"let a = 2n, b = -1n; a ** b", "RangeError: exponent must be positive"},
		{"let a = 2n, b; (b = a ** a) ?? 1n", "4"},
		{"eval('1n << 2n ** 40n')", "RangeError: code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file"},
		{"Function('a = 1n << 2n ** 40n', 'return a')()", "RangeError: code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file"},
		{"globalThis['extrun!shift'] = (x) => x; 1n << 2n ** 40n", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 16777216"},
		{"eval('2n ** 64n - 1n')", "18446744073709551615"},
		{"1n << 2n ** 6n", "18446744073709551616"},
		{"-5n >> 1n", "-3"}, {"5n >> BigInt(1)", "2"}, {"1n << -BigInt(2 ** 40)", "0"},
		{"[5n >> 2n ** 70n, -5n >> 2n ** 64n, 5n << -(2n ** 64n)].join()", "0,-1,0"},
		{"eval('(a, b) => a << b')(1n, 2n ** 40n)", "RangeError: code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file"},
		{"Function('a', 'b', 'return a ** b')(2n, 2n ** 40n)", "RangeError: code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file"},
		{"eval(`'a << b' + 1n`)", "a << b1"},
		{"let a = 3, b = 5n; a << 4 | a ** 2 | Number(b ** 2n)", "57"},
		{"let a = 3, b = 35; [a << b, a >> b, a >>> b, a ** 2, 2 ** a, 1 << a].join()", "24,0,0,9,8,8"},
		{"let a = 3, b = '2'; [a << b, a ** b, a << undefined, a << null, a << true].join()", "12,9,3,3,6"},
		{"let a = 1; a << 1n", "TypeError: Cannot mix BigInt and other types, use explicit conversions"},
		{"1n << Symbol()", "TypeError: Cannot convert a Symbol value to a number"},
	} {
		t.Run(test.code, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			w.Run("const show = (run) => { try { return String(run()) } catch (e) { return String(e) } };\nconst run = () => { " + lastReturned(test.code) + " };\nconsole.log(show(run))")
			if got := w.Output(); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestHiddenBigints has scripts come by bigints that don't name them, so that
// their operators are as the engine has them.
func TestHiddenBigints(t *testing.T) {
	const none = "RangeError: bigints are refused where the extension's own file names none: write BigInt, or a literal such as 1n, into it"
	for _, script := range []string{
		"const make = globalThis[['Big', 'Int'].join('')]; (0, make)(2)",
		"Object.values(Object.getOwnPropertyDescriptors(globalThis)).map((d) => d.value).find((f) => f?.name?.length === 6 && f.name[3] === 'I')(2)",
		"globalThis[['Big', 'Int'].join('')].asIntN(64, '5')",
		"new globalThis[['Big', 'Int64Array'].join('')](1)[0]",
		"Int8Array.from.call(globalThis[['Big', 'Uint64Array'].join('')], [])",
		"new DataView(new ArrayBuffer(8))[['getBig', 'Int64'].join('')](0)",
		"DataView.prototype[['getBig', 'Uint64'].join('')].call(new DataView(new ArrayBuffer(8)), 0)",
		"eval(['1', 'n'].join(''))",
		"eval(['1', 'n\u00a0<< 2'].join(''))",
		"Function(['a = 1', 'n'].join(''), 'return a')()",
		"(async () => {}).constructor(['return 1', 'n'].join(''))",
		"eval(['B', 'u0069gInt(1)'].join('\\\\'))",
		"Buffer.alloc(8)[['readBig', 'Int64LE'].join('')]()",
	} {
		t.Run(script, func(t *testing.T) {
			w := runtimetest.New(t, runtime.Options{})
			w.Run("const show = (run) => { try { return String(run()) } catch (e) { return String(e) } };\nconst run = () => { " + lastReturned(script) + " };\nconsole.log(show(run))")
			if got := w.Output(); got != none {
				t.Errorf("got  %s\nwant %s", got, none)
			}
		})
	}
}

// TestRequiredShifts has a module shift for a script, which one of them gives the
// bigints.
func TestRequiredShifts(t *testing.T) {
	const refused = "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 16777216"
	for _, files := range []map[string]string{
		{"index.js": "const { shift } = require(['./other'].join()); show(() => shift(1n, 2n ** 40n))", "other.js": "exports.shift = (a, b) => a << b"},
		{"index.js": "const { one, far } = require(['./other'].join()); show(() => one << far)", "other.js": "exports.one = 1n; exports.far = 2n ** 40n"},
	} {
		w := runtimetest.New(t, runtime.Options{})
		files["index.js"] = "const show = (run) => { try { console.log(run()) } catch (e) { console.log(String(e)) } };\n" + files["index.js"]
		if _, err := w.Host.Load(t.Context(), filepath.Join(runtimetest.Write(t, files), "index.js")); err != nil {
			t.Fatal(runtime.Describe(err))
		}
		if got := w.Output(); got != refused {
			t.Errorf("got  %s\nwant %s", got, refused)
		}
	}
}

// lastReturned returns the last of some statements.
func lastReturned(code string) string {
	at := strings.LastIndex(code, "; ") + 1
	return code[:at] + " return " + code[at:]
}
