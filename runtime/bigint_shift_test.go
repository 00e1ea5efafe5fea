package runtime_test

import (
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime"
	"github.com/srcnexus/extrun/runtime/runtimetest"
)

// TestHugeBigints has scripts ask for bigints that no memory holds, in each way
// to write that.
func TestHugeBigints(t *testing.T) {
	const power = "RangeError: a bigint to the power of 100000000 is refused: at most 16777216"
	for _, test := range []struct{ code, want string }{
		{"1n << 2n ** 40n", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 1073741824"},
		{"1n >> -(2n ** 64n)", "RangeError: a bigint shifted by 2**64 or more bits is refused: at most 1073741824"},
		{"let a = 1n; a <<= 2n ** 100n", "RangeError: a bigint shifted by 2**100 or more bits is refused: at most 1073741824"},
		{"const o = { a: 1n }; o.a <<= BigInt(2 ** 40)", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 1073741824"},
		{"BigInt(1) << BigInt(2 ** 40)", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 1073741824"},
		{"1n << 4294967296n", "RangeError: a bigint shifted by 4294967296 bits is refused: at most 1073741824"},
		{"1n << { valueOf: () => 2n ** 40n }", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 1073741824"},
		{"let n = 0; 1n << { valueOf: () => n++ ? 2n ** 40n : 3n }", "8"},
		{"1n << Object(5n)", "32"},
		{"2n ** 100000000n", power},
		{"let a = 2n; a **= 100000000n", power},
		{"eval('1n << 2n ** 40n')", "RangeError: code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file"},
		{"Function('a = 1n << 2n ** 40n', 'return a')()", "RangeError: code given to eval that shifts or raises bigints by what is no small number written there is refused: put it into a file"},
		{"globalThis['extrun!shift'] = (x) => x; 1n << 2n ** 40n", "RangeError: a bigint shifted by 1099511627776 bits is refused: at most 1073741824"},
		{"eval('2n ** 64n - 1n')", "18446744073709551615"},
		{"1n << 2n ** 6n", "18446744073709551616"},
		{"-5n >> 1n", "-3"}, {"5n >> BigInt(1)", "2"}, {"1n << -BigInt(2 ** 40)", "0"},
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

// lastReturned returns the last of some statements.
func lastReturned(code string) string {
	at := strings.LastIndex(code, "; ") + 1
	return code[:at] + " return " + code[at:]
}
