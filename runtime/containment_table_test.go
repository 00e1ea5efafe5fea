package runtime_test

import (
	"strings"
	"testing"
	"time"
)

// A verdict is what must have become of an attacker.
type verdict struct {
	said  string // what it caught, and then was alive; or
	state string // what it ended as
	fault string // what the log calls that
	error string // a part of the error, such as the author's line

	zombies int
}

var (
	caught    = verdict{said: "caught RangeError"}
	stuck     = verdict{state: "crashed", fault: "turn_limit", error: "attacker.js:"}
	between   = verdict{state: "crashed", fault: "turn_limit", error: "did not give the thread back"} // at times in no function
	overgrown = verdict{state: "crashed", fault: "heap_limit", error: "attacker.js:"}
	sometime  = verdict{state: "crashed", fault: "heap_limit", error: "past the host's limit"} // in many short turns: at times in no function
	refused   = verdict{state: "failed", fault: "failed", error: "attacker.js:2:"}
)

// attacks are what faults.md, rows 29 to 31, and the design's limits of a VM
// name, and the ways to fill a heap. The line of each that does the harm is its
// second; goja takes an interrupt at the jump back for the line before.
var attacks = []struct {
	name, script string
	want         verdict
}{
	{"endless loop", "let n = 0;\nwhile (true) n++", stuck},
	{"loop that catches", "let n = 0;\nwhile (true) { try { while (true) n++ } catch {} }", stuck},
	{"promises without end", "let n = 0;\nconst again = () => { Promise.resolve().then(again) }; again()", stuck},
	{"reactions that are native", "let n = 0;\nconst f = JSON.parse.bind(null, '1', () => { Promise.resolve().then(f) }); setTimeout(f, 1)", between},
	{"native reactions to a look of the host", "let n = 0;\nsendMessage('entries', () => { const f = JSON.parse.bind(null, '1', () => { Promise.resolve().then(f) }); Promise.resolve().then(f) })", between},
	{"native reactions to a native getter", "let n = 0;\nconst f = JSON.parse.bind(null, '1', () => { Promise.resolve().then(f) }); Object.defineProperty(globalThis, '__triggerOnLoad', { get: f })", between},
	{"async loop", "let n = 0;\n(async () => { while (true) await null })()", between},
	{"generator", "let n = 0;\nfor (const x of (function* () { while (true) yield 1 })()) ;", stuck},
	{"sort comparator", "let n = 0;\n[3, 2, 1].sort(() => { while (true) {} })", stuck},
	{"backtracking", "const s = 'a'.repeat(50) + '!';\nconsole.log('caught RangeError', /^(?=a)(a+)+$/.test(s))", caught},
	{"array that grows", "const a = [];\nwhile (true) a.push({ n: a.length })", overgrown},
	{"string that doubles", "let s = 'x';\nwhile (true) s += s", overgrown},
	{"string of two that doubles", "let s = '\\u2603';\nwhile (true) s += s + 'x'", overgrown},
	{"map", "const m = new Map();\nwhile (true) m.set(m.size, 'value ' + m.size)", overgrown},
	{"closures", "let f = () => 0;\nwhile (true) { const g = f, a = [1]; f = () => [g, a] }", overgrown},
	{"promises that wait", "const a = [];\nwhile (true) a.push(new Promise(() => {}).then(() => 1))", overgrown},
	{"async functions that wait", "const never = new Promise(() => {}), a = [];\nwhile (true) a.push((async () => { await never; return a })())", overgrown},
	{"buffers", "const a = [];\nwhile (true) a.push(new Uint8Array(1e6).fill(1))", overgrown},
	{"timers", "const a = [];\nsetInterval(() => { for (let i = 0; i < 5000; i++) a.push([i]) }, 1)", sometime},
	{"timers that set timers", "const a = [];\nconst more = () => { for (let i = 0; i < 2; i++) setTimeout(more, 1); a.push(new Array(1000).fill(1)) }; more()", sometime},
	{"array at once, seldom", "const a = [];\nsetInterval(() => a.push(new Uint8Array(3e7)), 20)", sometime},
	{"strings in many turns", "let s = 'x';\nsetInterval(() => { s += s }, 1)", sometime},
	{"endless array spread", "let n = 0;\n[...{ *[Symbol.iterator]() { for (;;) yield n++ } }]", overgrown},
	{"endless array-like object", "let n = 0;\nnew Set({ length: 2 ** 53 - 1, [Symbol.iterator]: [].values })", stuck},
	{"endless arguments", "const f = function () { arguments.length = 2 ** 53 - 1; return arguments };\nnew Set(f())", stuck},
	{"matches without end", "const s = 'x'.repeat(1e7);\n[...s.matchAll(/x/g)]", overgrown},
	{"recursion", "let n = 0;\n(function f() { f() })()", refused},
	{"recursion that catches", "let n = 0;\n(function f() { try { f() } catch { f() } })()", refused},
	{"recursion of natives", "const e = new Error();\ne.message = e; String(e)", refused},
	{"recursion of the host's functions", "const o = {};\no.toString = sendMessage.bind(null, o); String(o)", refused},
	{"recursion of refusals", "globalThis.RangeError = RegExp;\nconst o = {}; o.toString = o.valueOf = ''.trim; String(o)", refused},
	{"recursion through natives", "let n = 0;\n(function f() { [1].forEach(f) })()", refused},
	{"deep JSON", catching("JSON.parse('['.repeat(1e7))"), caught},
	{"deep object as JSON", catching("let a = []; for (let i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)"), caught},
	{"repeat", catching("'x'.repeat(2 ** 30)"), caught},
	{"endless repeat", catching("'x'.repeat(2 ** 40)"), caught},
	{"array from length", catching("Array.from({ length: 1e9 })"), caught},
	{"join of nothing", catching("new Array(3e8).join()"), caught},
	{"fill", catching("new Array(2 ** 32 - 1).fill(0)"), caught},
	{"huge buffer", catching("new Uint8Array(4e9)"), caught},
	{"huge floats", catching("new Float64Array(2 ** 40)"), caught},
	{"flat cycle", catching("const a = []; a.push(a); a.flat(Infinity)"), caught},
	{"deep eval", catching("eval('('.repeat(3e5))"), caught},
	{"deep Function", catching("Function('['.repeat(3e5))"), caught},
	{"deep RegExp", catching("RegExp('('.repeat(3e5))"), verdict{said: "caught SyntaxError"}},
	{"wide bigint", catching("BigInt.asUintN(2 ** 53 - 1, -1n)"), caught},
	{"endless shift", catching("1n << 2n ** 40n"), caught},
	{"endless shift to the right", catching("let a = 1n; a >>= -(2n ** 40n)"), caught},
	{"endless shift in eval", catching("eval('1n << 2n ** 40n')"), caught},
	{"endless shift in Function", catching("Function('a = 1n << 2n ** 40n', 'return a')()"), caught},
	{"endless power", catching("2n ** 100000000n"), caught},
	{"power of a power", catching("const a = 3n ** 1000000n; a ** 1000000n"), caught},
	{"power of a property", catching("const a = [{ n: 3n ** 1000000n }]; a[0].n **= 1000000n"), caught},
	{"endless array", catching("[].indexOf.call({ length: 2 ** 53 - 1 }, 1)"), caught},
	{"deep Proxies", catching("let p = {}; for (let i = 0; i < 5e6; i++) p = new Proxy(p, {}); p.x"), caught},
	{"endless find", catching("[].find.call({ length: 2 ** 53 - 1 }, [].pop.bind([]))"), caught},
	{"keys of bytes", catching("Object.keys(new Uint8Array(3e7))"), caught},
	{"bytes as JSON", catching("JSON.stringify(new Uint8Array(3e7))"), caught},
	{"joined bytes", catching("new Uint8Array(1e7).join('x'.repeat(1000))"), caught},
	{"replacements without end", catching("'x'.repeat(1e7).replaceAll('x', () => '')"), caught},
	{"one object often as JSON", "const o = { ['k'.repeat(1e6)]: 1 };\nJSON.stringify(new Array(1e5).fill(o))", overgrown},
	{"template of many texts", "const s = 'x'.repeat(1e4).repeat(250);\n`" + strings.Repeat("${s}", 5000) + "`", overgrown},
	{"template of many texts in eval", "const s = globalThis.s = 'x'.repeat(1e4).repeat(250);\n(0, eval)('`' + '${s}'.repeat(5000) + '`')", overgrown},
	{"template of many texts in Function", "const s = globalThis.s = 'x'.repeat(1e4).repeat(250);\nFunction('a = `' + '${s}'.repeat(5000) + '`', '')()", overgrown},
	{"native calls of a native", "const a = new Array(1e5).fill(2000), f = String.prototype.repeat.bind('x'.repeat(1e3));\na.map(f)", overgrown},
	{"native loop", "let n = 0;\nBigInt('9'.repeat(1e7))", verdict{state: "crashed", fault: "zombie", error: "top-level code", zombies: 1}},
	{"deep source", "let n = 0;\n" + strings.Repeat("(", 1e5), verdict{error: "attacker.js:2:"}},
}

// catching is a script that says what its second line throws.
func catching(attack string) string {
	return "try {\n" + attack + "; console.log('passed') } catch (e) { console.log('caught ' + e.name) }"
}

func TestContainment(t *testing.T) {
	for _, attack := range attacks {
		t.Run(attack.name, func(t *testing.T) {
			limit := 5 * patience // what ends it otherwise is to come before, on a busy machine too
			if attack.want.fault == stuck.fault || attack.want.zombies > 0 {
				limit = time.Second
			}
			checkVerdict(t, attack.want, runAttacker(t, attack.script, limit))
		})
	}
}

func checkVerdict(t *testing.T, want verdict, r report) {
	t.Helper()
	if want.said != "" {
		if len(r.Said) == 0 || !strings.HasPrefix(r.Said[0], want.said) {
			t.Errorf("it said %q, want %q; %s\n%s", r.Said, want.said, r.Err, r.Log)
		}
		return
	}
	if r.State != want.state || !strings.Contains(r.Err, want.error) || r.Zombies != want.zombies {
		t.Errorf("it is %q, %d zombies: %s", r.State, r.Zombies, r.Err)
	}
	if want.state == "" { // nothing ran
		return
	}
	for _, words := range []string{"extension=attacker", "fault=" + want.fault, want.error} {
		if !strings.Contains(r.Log, words) {
			t.Errorf("the log lacks %q:\n%s", words, r.Log)
		}
	}
}
