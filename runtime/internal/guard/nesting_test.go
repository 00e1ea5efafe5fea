package guard_test

import (
	"testing"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// rings calls every built-in function that a script can find through objects that
// lead back to it, and says how many there are, and how many calls were refused.
const rings = `
	const found = new Set();
	const find = (o) => {
		if (o === null || typeof o !== "object" && typeof o !== "function" || found.has(o)) return;
		found.add(o);
		for (const key of Reflect.ownKeys(o)) {
			const { value, get, set } = Object.getOwnPropertyDescriptor(o, key);
			find(value), find(get), find(set);
		}
		find(Object.getPrototypeOf(o));
	};
	for (const o of [globalThis, [].values(), ""[Symbol.iterator](), new Map().keys(), new Set().keys(), "".matchAll(/x/g)]) find(o);
	const skipped = [ // endless, until somebody interrupts them; and the last panics, which a host recovers from
		Array.from, Array.prototype.filter, Array.prototype.reduce, Array.prototype.reduceRight, RegExp.prototype[Symbol.replace],
	];
	let refused = 0;
	const attempt = (run) => { try { run() } catch (e) { refused += e instanceof RangeError } };
	for (const f of found) {
		if (typeof f !== "function" || skipped.includes(f)) continue;
		attempt(() => { const o = {}; o.toString = o.valueOf = f; String(o) });
		attempt(() => { const o = {}; o.toString = o.valueOf = f.bind(o, o, o, o); +o });
		attempt(() => { const o = {}; o.toString = o.valueOf = f.bind(null, o); +o });
		attempt(() => { const o = new Date(); o.toISOString = o.toJSON = o[Symbol.toPrimitive] = o.toString = f; f.call(o, o) });
		attempt(() => { const o = /x/; o.exec = o.flags = f; f.call(o, o) });
	}
	[found.size, refused]`

// TestRefusalNeedsNoGlobal ends the process where what refuses a call asks the
// script for the error, and that is a built-in function again.
func TestRefusalNeedsNoGlobal(t *testing.T) {
	const genuine = "const R = RangeError, S = SyntaxError; const caught = (run) => { try { run() } catch (e) { return e } };"
	for _, name := range []string{"RegExp", "Function", "Uint8Array", "undefined"} {
		for script, want := range map[string]string{
			"const o = {}; o.toString = o.valueOf = ''.trim; const e = caught(() => String(o)); [e instanceof R, e.message].join()": "true,calls nested more than 100 levels deep are refused",
			"const e = caught(() => RegExp('^*')); [e instanceof S, e.message.slice(0, 33)].join()":                                 "true,Invalid regular expression: /^*/:",
			"const e = caught(() => JSON.parse('(')); e instanceof S":                                                               "true",
		} {
			value, err := guarded(guard.Limits{Calls: 100}).RunString(genuine + "RangeError = SyntaxError = " + name + ";" + script)
			if err != nil || value.String() != want {
				t.Errorf("%s in place of RangeError: %s: got %v, %v, want %s", name, script, value, err, want)
			}
		}
	}
}

// TestRings ends the process where a built-in function doesn't count its calls.
func TestRings(t *testing.T) {
	v, err := guarded(guard.Limits{Calls: 100}).RunString(rings)
	if err != nil {
		t.Fatal(err)
	}
	counts := v.Export().([]any)
	if found, refused := counts[0].(int64), counts[1].(int64); found < 300 || refused < 150 {
		t.Errorf("%d objects were found, %d calls refused", found, refused)
	}
}
