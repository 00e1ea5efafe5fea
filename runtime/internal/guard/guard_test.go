package guard_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"
	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime/internal/guard"
)

func guarded(limits guard.Limits) *goja.Runtime {
	vm := goja.New()
	vm.SetMaxCallStackSize(1000)
	guard.Install(vm, limits)(guard.AllLiterals)
	return vm
}

// small are limits that a test can reach.
var small = guard.Limits{JSONDepth: 5, SourceDepth: 5, ArrayDepth: 5, Elements: 100, Bytes: 1000}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct{ script, want string }{
		{"JSON.parse('[[[[[[]]]]]]')", "JSON nested more than 5 levels deep is refused"},
		{"JSON.parse({toString: () => '{\"a\":[[[[[]]]]]}'})", "JSON nested more than 5 levels deep is refused"},
		{"JSON.stringify([[[[[[]]]]]])", "JSON nested more than 5 levels deep is refused"},
		{"const o = {toJSON() { return {o} }}; JSON.stringify(o)", "JSON nested more than 5 levels deep is refused"},
		{"const o = {a: 1}; JSON.stringify(o, (k, v) => ({v}))", "JSON nested more than 5 levels deep is refused"},
		{"JSON.stringify({a: {a: {a: {a: {a: {a: 1}}}}}}, ['a'])", "JSON nested more than 5 levels deep is refused"},
		{"[].indexOf.call({length: 101}, 1)", "indexOf of 101 elements is refused: at most 100"},
		{"[].lastIndexOf.call({length: 2**53 - 1}, 1)", "lastIndexOf of 9007199254740991 elements is refused: at most 100"},
		{"[].forEach.call({get length() { return 101 }}, () => 1)", "forEach of 101 elements is refused: at most 100"},
		{"Array.prototype.fill.apply(new Array(101), [0])", "fill of 101 elements is refused: at most 100"},
		{"new Array(101).join()", "join of 101 elements is refused: at most 100"},
		{"new Array(100).join('x'.repeat(20))", "a string of 1980 bytes is refused: at most 1000"},
		{"let a = []; for (let i = 0; i < 10; i++) a = [a]; String(a)", "a string of arrays nested more than 5 levels deep is refused"},
		{"let a = []; for (let i = 0; i < 10; i++) a = [a]; a.toLocaleString()", "a string of arrays nested more than 5 levels deep is refused"},
		{"const a = []; a.push(a); a.flat(Infinity)", "flat of arrays nested more than 5 levels deep is refused"},
		{"const a = Array(20).fill([1, 2, 3, 4, 5]); a.flat()", "flat of 105 elements is refused: at most 100"},
		{"[].concat({length: 200, [Symbol.isConcatSpreadable]: true})", "concat of 101 elements is refused: at most 100"},
		{"Array.from({length: 101})", "Array.from of 101 elements is refused: at most 100"},
		{"Array.from(new Array(101))", "Array.from of 101 elements is refused: at most 100"},
		{"['x'.repeat(600), 'x'.repeat(600)].join('')", "a string of 1200 bytes is refused: at most 1000"},
		{"[1].flatMap(() => new Array(101))", "flatMap of 101 elements is refused: at most 100"},
		{"JSON.parse('[1,2]', function (k, v) { if (k === '0') this[1] = [[[[[[]]]]]]; return v })", "JSON nested more than 5 levels deep is refused"},
		{"JSON.stringify(['x'.repeat(600), 'x'.repeat(600)])", "JSON of 1205 bytes is refused: at most 1000"},
		{"let a = 1; for (let i = 0; i < 5; i++) a = [a, a, a, a]; JSON.stringify(a)", "JSON of 1001 bytes is refused: at most 1000"},
		{"JSON.stringify(Array(20).fill({['k'.repeat(60)]: 1}))", "JSON of 1001 bytes is refused: at most 1000"},
		{"JSON.stringify(Array(30).fill([[[1]]]), null, 10)", "JSON of 1016 bytes is refused: at most 1000"},
		{"JSON.stringify(new Array(1001))", "JSON of 1005 bytes is refused: at most 1000"},
		{"JSON.stringify([new Uint8Array(101)])", "JSON of 101 elements is refused: at most 100"},
		{"[].find.call({length: 101}, [].pop.bind([]))", "find of 101 elements is refused: at most 100"},
		{"[].findLastIndex.call({length: 101}, [].pop.bind([]))", "findLastIndex of 101 elements is refused: at most 100"},
		{"Object.keys(new Uint8Array(101))", "a list of properties of 101 elements is refused: at most 100"},
		{"Object.entries('x'.repeat(101))", "a list of properties of 101 elements is refused: at most 100"},
		{"Object.assign({}, {}, new String('x'.repeat(101)))", "a list of properties of 101 elements is refused: at most 100"},
		{"Object.freeze('x'.repeat(101)) && Object.freeze(new String('x'.repeat(101)))", "a list of properties of 101 elements is refused: at most 100"},
		{"Reflect.ownKeys(new Proxy(new Proxy(new Uint8Array(101), {}), {}))", "a list of properties of 101 elements is refused: at most 100"},
		{"new Uint8Array(100).join('x'.repeat(10))", "a string of up to 1290 bytes is refused: at most 1000"},
		{"new Float64Array(50).join()", "a string of up to 1249 bytes is refused: at most 1000"},
		{"'x'.repeat(101).replaceAll('x', () => '')", "a list of matches of 101 elements is refused: at most 100"},
		{"JSON.stringify({}, new Array(101))", "a list of names of 101 elements is refused: at most 100"},
		{"Uint8Array.from(new Array(101))", "Array.from of 101 elements is refused: at most 100"},
		{"new ArrayBuffer({valueOf: () => 1001})", "an ArrayBuffer of 1001 bytes is refused: at most 1000"},
		{"Promise.all(new Array(101))", "a list of promises of 101 elements is refused: at most 100"},
		{"let p = {}; for (let i = 0; i < 1002; i++) p = new Proxy(p, {})", "a Proxy of more than 1000 Proxies is refused"},
		{"let p = {}; for (let i = 0; i < 1002; i++) p = Proxy.revocable({}, p).proxy", "a Proxy of more than 1000 Proxies is refused"},
		{"(() => 1).apply(null, {length: 101})", "a list of arguments of 101 elements is refused: at most 100"},
		{"Reflect.apply(() => 1, null, {length: 101})", "a list of arguments of 101 elements is refused: at most 100"},
		{"Reflect.construct(Object, {length: 101})", "a list of arguments of 101 elements is refused: at most 100"},
		{"'x'.repeat(1001)", "a string of 1001 bytes is refused: at most 1000"},
		{"'xx'.repeat({valueOf: () => 501})", "a string of 1002 bytes is refused: at most 1000"},
		{"'x'.repeat(Infinity)", "a string of +Inf bytes is refused: at most 1000"},
		{"'x'.padStart(1001)", "a string of 1001 bytes is refused: at most 1000"},
		{"'x'.padEnd(1001, 'yy')", "a string of 1001 bytes is refused: at most 1000"},
		{"new ArrayBuffer(1001)", "an ArrayBuffer of 1001 bytes is refused: at most 1000"},
		{"new Float64Array(126)", "a Float64Array of 1008 bytes is refused: at most 1000"},
		{"new Uint8Array({length: 1001})", "a Uint8Array of 1001 bytes is refused: at most 1000"},
		{"new Uint8Array(1).constructor('1001')", "a Uint8Array of 1001 bytes is refused: at most 1000"},
		{"new (class extends Uint8Array {})(1001)", "a Uint8Array of 1001 bytes is refused: at most 1000"},
		{"Reflect.construct(Uint8Array, [1001])", "a Uint8Array of 1001 bytes is refused: at most 1000"},
		{"eval('((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"new Function('return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"Function('a', 'return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"Function({toString: () => '((((((1))))))'})", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"Function('a = (((', '(((1))))))', '')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"(async () => 1).constructor('return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"new (async function () {}).constructor('return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"Object.getPrototypeOf(function* () {}).constructor('return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"Object.getPrototypeOf(Object.getPrototypeOf(async () => 1).constructor).constructor('return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
		{"BigInt.asUintN(8008, 1n)", "a bigint of 1001 bytes is refused: at most 1000"},
		{"BigInt.asIntN({valueOf: () => 2**53 - 1}, 1n)", "a bigint of 1125899906842624 bytes is refused: at most 1000"},
		{"new ArrayBuffer[Symbol.species](1001)", "an ArrayBuffer of 1001 bytes is refused: at most 1000"},
		{"new Uint8Array[Symbol.species](1001)", "a Uint8Array of 1001 bytes is refused: at most 1000"},
		{"delete [].map.name; [].map.call({length: 101})", "a function of 101 elements is refused: at most 100"},
		{"(() => 1).constructor('return ((((((1))))))')", "line 1: brackets nest more than 5 levels deep: split the expression"},
	} {
		vm := guarded(small)
		v, err := vm.RunString("try { " + tt.script + "; 'not refused' } catch (e) { e instanceof RangeError ? e.message : String(e) }")
		if err != nil || v.String() != tt.want {
			t.Errorf("%s: got %v, %v", tt.script, v, err)
		}
	}
}

func TestWhatIsWithinTheLimitsWorksAsBefore(t *testing.T) {
	for script, want := range map[string]string{
		"JSON.stringify(JSON.parse('[[[[[]]]]]'))":                                            "[[[[[]]]]]",
		"JSON.stringify(JSON.parse('[\"[[[[[[[\\\\\\\"[\"]'))":                                `["[[[[[[[\"["]`,
		"JSON.stringify(JSON.parse('{\"a\":1}', (k, v) => k ? v + 1 : v))":                    `{"a":2}`,
		"JSON.stringify({a: [1, {b: 2}], c: undefined, d: () => 1})":                          `{"a":[1,{"b":2}]}`,
		"JSON.stringify({a: {b: 1, c: 2}, b: 3}, ['a', 'b'])":                                 `{"a":{"b":1},"b":3}`,
		"JSON.stringify({a: 1, b: 'x'}, (k, v) => typeof v === 'number' ? v + 1 : v)":         `{"a":2,"b":"x"}`,
		"JSON.stringify({a: 1}, function (k, v) { return k ? Object.keys(this).length : v })": `{"a":1}`,
		"JSON.stringify([[]], null, 1)":                                                       "[\n []\n]",
		"JSON.parse('[1e400, -1E+999, {\"a\": 1e309}, \"1e400\", \"\\\\ud83d\", 1e-400]').map((v) => v.a ?? v).join() === 'Infinity,-Infinity,Infinity,1e400,\\ud83d,0'": "true",
		"['{1e400: 1}', '1e400x', '01e400', '1e400 1'].map((text) => { try { JSON.parse(text) } catch (e) { return e.name } }).join()":                                   "SyntaxError,SyntaxError,SyntaxError,SyntaxError",
		"[Uint8Array, Float64Array, Int16Array].map((T) => T.from('12', Number).join()).join() + Uint8Array.from(5).length":                                              "1,2,1,2,1,20",
		"try { Uint8Array.from(null) } catch (e) { e.name }": "TypeError",
		"JSON.stringify({toJSON: () => 5})":                  "5",
		"JSON.stringify([[], [], [[], []], {}])":             "[[],[],[[],[]],{}]",
		"String(JSON.stringify(undefined))":                  "undefined",
		"JSON.stringify(1, (k, v) => v + 1) + JSON.stringify('x', ['a']) + JSON.stringify(undefined, ['a'])": `2"x"undefined`,
		"JSON.stringify('x')": `"x"`,
		"const o = {}; o.o = o; try { JSON.stringify(o) } catch (e) { e.name }":                                                                                   "TypeError",
		"try { JSON.parse('[') } catch (e) { e.name }":                                                                                                            "SyntaxError",
		"try { JSON.parse() } catch (e) { e.name }":                                                                                                               "SyntaxError",
		"JSON.stringify({b: 2, a: {c: 3, d: [{a: 1, e: 2}]}}, ['a', 'b', 'd', 'a'])":                                                                              `{"a":{"d":[{"a":1}]},"b":2}`,
		"JSON.stringify(JSON.parse('{\"a\":[1,2,3],\"b\":{\"c\":1}}', (k, v) => v === 2 || k === 'c' ? undefined : v))":                                           `{"a":[1,null,3],"b":{}}`,
		"const seen = []; JSON.parse('{\"a\":[1,{\"b\":2}],\"c\":3}', function (k, v) { seen.push(k, Array.isArray(this)); return v }); seen.join()":              "0,true,b,false,1,true,a,false,c,false,,false",
		"JSON.stringify(JSON.parse('{\"a\":{\"b\":1}}', (k, v) => Object.freeze(v)))":                                                                             `{"a":{"b":1}}`,
		"[1, , [2, , 3]].flat().length + String([[1]].flat(0).length)":                                                                                            "31",
		"(class A extends Array {}).from([[1], [2]]).flat().constructor.name":                                                                                     "A",
		"(class A extends Array {}).from([[1], [2]]).flat().join()":                                                                                               "1,2",
		"[].flat.call({length: 2, 0: [1], 1: 2}).join()":                                                                                                          "1,2",
		"[1, 2].flatMap((x, i, a) => [x, [i, a.length]]).length":                                                                                                  "4",
		"const a = [1]; a.push(a, 2); a.join('-')":                                                                                                                "1--2",
		"[null, undefined, 1, 'x', {toString: () => 'o'}].join()":                                                                                                 ",,1,x,o",
		"[1].join.call({length: 2, 0: 'a', 1: 'b'}, '+')":                                                                                                         "a+b",
		"(function () { return [].slice.call(arguments, 1).join() })(1, 2, 3)":                                                                                    "2,3",
		"const o = {length: 2}; [].fill.call(o, 7) === o && o[1]":                                                                                                 "7",
		"const o = {length: 0}; [].push.call(o, 1); [].unshift.call(o, 2); o.length + o[0] + o[1]":                                                                "5",
		"const u = new Uint8Array(2); [].fill.call(u, 3) === u && u.join()":                                                                                       "3,3",
		"const a = new Proxy([3, 1], {}); a.sort() === a && a.join()":                                                                                             "1,3",
		"const o = {length: 1, 0: 1}; [[0].concat(o).length, [0].concat({__proto__: o, [Symbol.isConcatSpreadable]: true}).join(), [].concat(o)[0] === o].join()": "2,0,1,true",
		"Array.from(new Map([[1, 2]])).join() + Array.from(5).length + Array.from({length: '2'}).length":                                                          "1,202",
		"new Uint8Array(new Set([1, 2])).join() + new Uint8Array({length: 1, 0: 7})[0] + new Float64Array(new Uint8Array([4])).join()":                            "1,274",
		"try { Math.max.apply(null, 'abc') } catch (e) { e.name }":                                                                                                "TypeError",
		"Reflect.construct(Array, {length: 2, 0: 5, 1: 6}).join()":                                                                                                "5,6",
		"/x/ instanceof RegExp && new RegExp('x') instanceof RegExp && /x/.constructor === RegExp":                                                                "true",
		"const r = new RegExp(/a\\/b/gi); String(r) + new RegExp(r, 'm') + RegExp('') + new RegExp() + RegExp.name + RegExp.length":                               "/a\\/b/gi/a\\/b/m/(?:)//(?:)/RegExp2",
		"'a1b22c'.split(/\\d+/).join() + 'a1b'.match(/\\d/)[0] + 'a1b'.match('b').index + 'ab'.search('b')":                                                       "a,b,c121",
		"[...'a1b2'.matchAll(/\\d/g)].join() + [...'aba'.matchAll('a')].length":                                                                                   "1,22",
		"try { 'a'.matchAll(/a/) } catch (e) { e.name }":                                                                                                          "TypeError",
		"'a'.match({[Symbol.match]: s => s + '!'}) + 'abc'.match() + 'null'.match(null)":                                                                          "a!null",
		"class R extends RegExp {}; const r = new R('b'); r.test('abc') + 'abc'.split(r).join() + (r instanceof R)":                                               "truea,ctrue",
		"const p = new Proxy({a: 1}, {get: (t, k) => t[k] + 1}); p.a + Proxy.name + Proxy.length + typeof Proxy.prototype":                                        "2Proxy2undefined",
		"try { Proxy({}, {}) } catch (e) { e.name }":                                                                                                              "TypeError",
		"const {proxy, revoke} = Proxy.revocable({a: 1}, {}); const a = proxy.a; revoke(); try { proxy.a } catch (e) { a + e.name }":                              "1TypeError",
		"[1, [2, [3, [4]]]].flat(2).length":                                                                                                                       "4",
		"[[1], [2]].flat().join('-')":                                                                                                                             "1-2",
		"[3, 1, 2].sort((a, b) => a - b).join()":                                                                                                                  "1,2,3",
		"[1, 2].concat([3], 4).indexOf(3)":                                                                                                                        "2",
		"String([1, [2, [3]]])":                                                                                                                                   "1,2,3",
		"Array.from('abc').join('')":                                                                                                                              "abc",
		"Array.from(new Set([1, 2]), x => x + 1).join()":                                                                                                          "2,3",
		"Array.from({length: 3}, (_, i) => i).join()":                                                                                                             "0,1,2",
		"Math.max.apply(null, [1, 5, 2])":                                                                                                                         "5",
		"Reflect.apply(Math.max, null, [1, 2])":                                                                                                                   "2",
		"new (class A extends Uint8Array {})(2) instanceof Uint8Array":                                                                                            "true",
		"new (class A extends Uint8Array {})(2).constructor.name":                                                                                                 "A",
		"new Uint8Array([1, 2]).constructor === Uint8Array":                                                                                                       "true",
		"Uint8Array.from([1, 2]).map(x => x * 2).join()":                                                                                                          "2,4",
		"Uint8Array.BYTES_PER_ELEMENT + Uint8Array.name + Uint8Array.length":                                                                                      "1Uint8Array3",
		"new Uint8Array(new ArrayBuffer(8), 4).length":                                                                                                            "4",
		"new Uint8Array(2) instanceof Uint8Array && !(new Uint8Array(2) instanceof Int8Array)":                                                                    "true",
		"Object.getPrototypeOf(Uint8Array) === Object.getPrototypeOf(Int16Array)":                                                                                 "true",
		"Object.getPrototypeOf(Uint8Array).name + ArrayBuffer.isView(new Uint8Array(1))":                                                                          "TypedArraytrue",
		"new Uint8Array([1, 2, 3]).subarray(1) instanceof Uint8Array && new Uint8Array(4).slice(1).length":                                                        "3",
		"new (class B extends ArrayBuffer {})(4).slice(1).constructor.name":                                                                                       "B",
		"ArrayBuffer[Symbol.species] === ArrayBuffer && Uint8Array[Symbol.species] === Uint8Array":                                                                "true",
		"new (class F extends Function {})('return 3')()":                                                                                                         "3",
		"Object.keys(Uint8Array).length + typeof Function.prototype":                                                                                              "0function",
		"String(BigInt.asUintN(8, 257n) + BigInt.asIntN(8, 255n))":                                                                                                "0",
		"new Uint8Array(1) instanceof (class A extends Uint8Array {})":                                                                                            "false",
		"5 instanceof Uint8Array": "false",
		"Object.getPrototypeOf(async () => 1).constructor.name + (async () => 1).constructor('return 1')().constructor.name": "AsyncFunctionPromise",
		"Object.getPrototypeOf(function* () {}).constructor('yield 5')().next().value":                                       "5",
		"String([].map) === 'function () { [native code] }'":                                                                 "true",
		"new ArrayBuffer(8).slice(2).byteLength":                                                                             "6",
		"new Function('a, b = () => arguments.length', 'return b()')(1)":                                                     "1",
		"Function('return (() => arguments.length)() // end')(1, 2)":                                                         "2",
		"eval('(function () { return (() => Math.max.apply(null, arguments))() })(1, 2)')":                                   "2",
		"new Function('a', 'return a + 1')(1)":                                                                               "2",
		"(() => 1) instanceof Function && Function.prototype === (() => 1).__proto__":                                        "true",
		"var x = 1; eval('x + 1')":                                                                                           "2",
		"eval(5)":                                                                                                            "5",
		"'ab'.repeat(2) + 'x'.padStart(3, 'ab') + 'x'.padEnd(2)":                                                             "ababab" + "xx ",
		"try { 'x'.repeat(-1) } catch (e) { e.name }":                                                                        "RangeError",
		"try { ''.repeat.call(null) } catch (e) { e.name }":                                                                  "TypeError",
		"try { ''.repeat.call(Symbol()) } catch (e) { e.name }":                                                              "TypeError",
		"String.prototype.repeat.call(12, 2)":                                                                                "1212",
		"[1, 2].map.call({length: 1, 0: 5}, x => x + 1).join()":                                                              "6",
		"try { [1].forEach(() => { throw new TypeError('mine') }) } catch (e) { e.message }":                                 "mine",
	} {
		v, err := guarded(small).RunString(script)
		if err != nil || v.String() != want {
			t.Errorf("%s: got %v, %v; want %s", script, v, err, want)
		}
	}
}

func TestReplacedFunctionsLookNative(t *testing.T) {
	plain := goja.New()
	vm := guarded(guard.Limits{})
	look := `(path) => {
		const names = path.split('.'), name = names.pop();
		const o = names.reduce((o, n) => o[n], globalThis), d = Object.getOwnPropertyDescriptor(o, name), f = d.value;
		const own = n => JSON.stringify(Object.getOwnPropertyDescriptor(f, n));
		return [d.writable, d.enumerable, d.configurable, own('name'), own('length'), typeof f.prototype, typeof f].join();
	}`
	for _, path := range []string{
		"JSON.parse", "JSON.stringify", "Array.from", "Array.prototype.join", "Array.prototype.indexOf", "Array.prototype.concat",
		"String.prototype.repeat", "Function.prototype.apply", "Reflect.construct", "ArrayBuffer", "Uint8Array",
		"Uint8Array.prototype.constructor", "Function", "Function.prototype.constructor", "eval",
		"RegExp", "RegExp.prototype.constructor", "RegExp.prototype.compile", "Proxy", "Proxy.revocable", "String.prototype.match",
		"Array.prototype.flat", "Promise.all",
	} {
		var got [2]string
		for i, vm := range []*goja.Runtime{plain, vm} {
			v, err := vm.RunString("(" + look + ")('" + path + "')")
			if err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			got[i] = v.String()
		}
		if got[0] != got[1] {
			t.Errorf("%s: %s, and guarded %s", path, got[0], got[1])
		}
	}
}

func TestRegularExpressionsEnd(t *testing.T) {
	v, err := guarded(guard.Limits{}).RunString("/(?=a)(a+)+$/.exec('a'.repeat(40) + '!')")
	if err != nil || !goja.IsNull(v) {
		t.Errorf("got %v, %v", v, err)
	}
	observed.Note(t, fmt.Sprintf("no match in time: exec returns %v", v))
}

func TestTheFirstBoundsRegularExpressions(t *testing.T) {
	guard.BoundRegExps(time.Hour)
	if regexp2.DefaultMatchTimeout != timeout {
		t.Errorf("got %v, want %v", regexp2.DefaultMatchTimeout, timeout)
	}
}

func TestInterruptPassesThrough(t *testing.T) {
	vm := guarded(guard.Limits{})
	if err := vm.Set("stop", func() { vm.Interrupt("enough") }); err != nil {
		t.Fatal(err)
	}
	for _, script := range []string{
		"JSON.stringify([1], () => { stop(); while (true); })",
		"[1].forEach(() => { stop(); while (true); })",
		"eval('stop(); while (true);')",
		"(() => { stop(); while (true); }).apply()",
		"new Uint8Array({get length() { stop(); while (true); }})",
	} {
		_, err := vm.RunString("try { " + script + " } catch (e) { 'caught' } finally { }")
		if _, ok := errors.AsType[*goja.InterruptedError](err); !ok {
			t.Errorf("%s: %v", script, err)
		}
		vm.ClearInterrupt()
	}
}

func BenchmarkInstall(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		guard.Install(goja.New(), guard.Limits{})
	}
}

func BenchmarkStringify(b *testing.B) {
	for name, vm := range map[string]*goja.Runtime{"plain": goja.New(), "guarded": guarded(guard.Limits{})} {
		b.Run(name, func(b *testing.B) {
			v, err := vm.RunString("const o = {type: 'x', list: [1, 2, 3], inner: {a: 1, b: 'y'}}; () => JSON.stringify(o)")
			if err != nil {
				b.Fatal(err)
			}
			f, _ := goja.AssertFunction(v)
			for b.Loop() {
				if _, err := f(nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
