package guard_test

import (
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dlclark/regexp2/v2"

	"github.com/srcnexus/extrun/internal/leaktest"
	"github.com/srcnexus/extrun/internal/observed"
	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// attackVariable tells a child process of the test what to run.
const attackVariable = "EXTRUN_GUARD_ATTACK"

// TestMain runs a script as the only thing in its process if it is told to: the
// process is what an attack would take down.
func TestMain(m *testing.M) {
	script, ok := os.LookupEnv(attackVariable)
	if !ok {
		leaktest.Main(tests{m})
	}
	debug.SetMemoryLimit(1 << 30)
	v, err := guarded(guard.Limits{}).RunString("try { " + script + " } catch (e) { e.name }")
	fmt.Println("survived:", v, err)
}

// tests end the clock of regular expressions, which would go by itself a second
// later.
type tests struct{ *testing.M }

// timeout bounds the regular expressions of the process.
const timeout = 100 * time.Millisecond

func (t tests) Run() int {
	guard.BoundRegExps(timeout)
	defer regexp2.StopTimeoutClock()
	return t.M.Run()
}

// attacks each took the process down, or held it for ever, without the guard.
var attacks = []string{
	"JSON.parse('['.repeat(1e7))",
	"JSON.parse('{\"a\":'.repeat(1e6))",
	"let a = []; for (let i = 0; i < 1e6; i++) a = [a]; JSON.stringify(a)",
	"const o = {}; o.toJSON = JSON.stringify.bind(null, o); JSON.stringify(o)",
	"let o = { toJSON() { return JSON.stringify(deep) } }, deep = o; for (let i = 0; i < 4990; i++) deep = [deep]; JSON.stringify(deep)",
	"const t = '['.repeat(4990) + ']'.repeat(4990), f = () => JSON.parse(t, f); f()",
	"const o = {}; o.toString = ''.repeat.bind(o, 1); String(o)",
	"const e = new Error(); e.message = e; String(e)",
	"const o = {}; o.toString = ''.trim; String(o)",
	"const o = {}; o.valueOf = Math.max.bind(null, o); +o",
	"try { null.x } catch (e) { e.message = e; e.toString() }",
	"const o = {}, it = [].values.call({ length: o }); o.valueOf = it.next.bind(it); it.next()",
	"const it = 'x'.matchAll(/x/g); RegExp.prototype.exec = it.next.bind(it); it.next()",
	"const o = {}; o.valueOf = (5).toFixed.bind(5, o); +o",
	"const traps = {}, f = new Proxy(() => 1, traps); traps.apply = [1].map.bind([1], f); f()",
	"const a = []; a.push(a); a.flat(Infinity)",
	"let a = []; for (let i = 0; i < 1e6; i++) a = [a]; a.flat(Infinity)",
	"let a = []; for (let i = 0; i < 1e6; i++) a = [a]; String(a)",
	"eval('('.repeat(1e6))",
	"eval('f' + '()'.repeat(1e6))",
	"eval('1' + '+1'.repeat(1e6))",
	"eval('`${'.repeat(1e6))",
	"new Function('['.repeat(1e6))",
	"'x'.repeat(2**40)",
	"const r = /a/; r.exec = () => ({length: 2**32, index: 0, 0: ''}); 'x'.replace(r, 'b')",
	"const r = /a/; r.exec = () => ({length: 2**53, index: 0, 0: ''}); r.flags; 'x'.split(r); throw RangeError()",
	"RegExp.prototype.exec = () => ({length: 2**53, index: 0, 0: ''}); 'x'.split(/a/); throw RangeError()",
	"'x'.repeat(1e6).replaceAll('x', 'y'.repeat(1e6))",
	"'x'.repeat(1e6).replace(/x/g, 'y'.repeat(1e6))",
	"'x'.repeat(1e6).replace(/x/g, \"$`$'\")",
	"'x'.repeat(1e6).replace('x', \"$'\".repeat(1e6))",
	"'x'.repeat(1e6).replace(/x+/, '$&'.repeat(1e6))",
	"'x'.repeat(1e5).replace(/(?=(.*))x/g, '$1'.repeat(1e4))",
	"'x'.repeat(1e8).split('')",
	"''.concat(...Array(1000).fill('x'.repeat(1e7)))",
	"String.raw({raw: {length: 2**53 - 1}})",
	"'x'.padEnd(2**40)",
	"new Float64Array(2**40)",
	"new Uint8Array({length: 2**40})",
	"new ArrayBuffer(2**45)",
	"Array.from({length: 1e9})",
	"new Array(3e8).join()",
	"new Array(2**32 - 1).fill(0)",
	"const a = []; a.length = 2**32 - 1; a.sort()",
	"[].indexOf.call({length: 2**53 - 1}, 1)",
	"[].reverse.call({length: 2**53 - 1})",
	"(() => 1).apply(null, {length: 1e9})",
	"Reflect.apply(() => 1, null, {length: 2**40})",
	"BigInt.asUintN(2**53 - 1, 1n)",
	"BigInt.asIntN(2**40, -1n)",
	"(async () => 1).constructor('('.repeat(1e6))",
	"Object.getPrototypeOf(function* () {}).constructor({toString: () => '['.repeat(1e6)})",
	"Function.apply(null, Array(500).fill('('.repeat(1900)))",
	"let n = 0; Reflect.apply(() => 1, null, {get length() { return n++ ? 2**40 : 2**30 }})",
	"let n = 0; const lie = {get length() { return n++ ? 2**40 : 1 }}; Reflect.apply(() => 1, null, lie); throw RangeError()",
	"let n = 0; const lie = {get length() { return n++ ? 2**40 : 1 }}; new Uint8Array(lie); throw RangeError()",
	"let n = 0; const lie = {get length() { return n++ ? 2**32 - 1 : 1 }}; Array.from(lie); throw RangeError()",
	"let n = 0; const lie = {length: 1e9, get [Symbol.iterator]() { return n++ ? undefined : [].values }}; Array.from(lie, () => { throw RangeError() })",
	"let n = 0; const lie = {get length() { return n++ ? 2**53 - 1 : 1 }}; [].indexOf.call(lie, 1); throw RangeError()",
	"let n = 0; const lie = {[Symbol.isConcatSpreadable]: true, get length() { return n++ ? 2**40 : 1 }}; [].concat(lie); throw RangeError()",
	"Number.prototype.length = 2**53 - 1; [].indexOf.call(1, 1)",
	"[1].flatMap(() => new Array(2**32 - 1))",
	"new ArrayBuffer({valueOf: () => 2**45})",
	"let n = 0, deep = []; for (let i = 0; i < 2e6; i++) deep = [deep]; const a = []; Object.defineProperty(a, 0, {get() { return n++ ? deep : 1 }}); a.flat(Infinity); a.flat(Infinity)",
	"let n = 0, deep = []; for (let i = 0; i < 1e6; i++) deep = [deep]; const o = {get a() { return n++ ? deep : 1 }}; JSON.stringify(o, ['a']); JSON.stringify(o, ['a'])",
	"let deep = []; for (let i = 0; i < 1e6; i++) deep = [deep]; JSON.stringify(1, (k, v) => v === 1 ? deep : v)",
	"let deep = []; for (let i = 0; i < 1e6; i++) deep = [deep]; BigInt.prototype.toJSON = () => deep; JSON.stringify(1n)",
	"JSON.stringify(Array(2**12).fill('x'.repeat(2**26)))",
	"JSON.stringify({}, new Array(2**32 - 1))",
	"JSON.stringify(1, new Array(2**32 - 1)); throw RangeError()",
	"let deep = []; for (let i = 0; i < 3e6; i++) deep = [deep]; JSON.parse('[1,2]', function (k, v) { if (k === '0') this[1] = deep; return v })",
	"JSON.parse('[1,2]', function (k, v) { if (k === '0') this[1] = new Array(2**32 - 1); return v })",
	"new RegExp('('.repeat(1.5e7))",
	"/x/.compile('('.repeat(1.5e7))",
	"''.match('('.repeat(1.5e7))",
	"let n = 0; ''.search({get [Symbol.search]() { if (n++) return; }, toString: () => '('.repeat(1.5e7)})",
	"const r = /x/; r.constructor = undefined; r[Symbol.match] = false; r.toString = () => '('.repeat(1.5e7); r[Symbol.matchAll]('x'); throw RangeError()",
	"const r = /x/; r.constructor = undefined; r[Symbol.match] = false; r.toString = () => '('.repeat(1.5e7); 'x'.split(r); throw RangeError()",
	"let p = {}; for (let i = 0; i < 5e6; i++) p = new Proxy(p, {}); p.x",
	"let p = {}; for (let i = 0; i < 5e6; i++) p = new Proxy({}, p); p.x",
	"let p = {}; for (let i = 0; i < 5e6; i++) p = Proxy.revocable(p, {}).proxy; p.x",
	"const a = {}; Object.setPrototypeOf(a, new Proxy(a, {})); a.x",
	"const a = {}; Reflect.setPrototypeOf(a, new Proxy(a, {})); a.x",
	"const a = {}; a.__proto__ = new Proxy(a, {}); a.x",
	"const h = {}; Object.setPrototypeOf(h, new Proxy({}, h)); h.x",
	"Object.setPrototypeOf(Object.prototype, new Proxy({}, {})); ({}).x",
	"const a = {}, b = Object.create(new Proxy(a, {})); Object.setPrototypeOf(a, new Proxy(b, {})); a.x",
	"const a = []; Object.setPrototypeOf(a, new Proxy(a, { get() {} })); a.x = 1",
	"Array(2**14).fill('x'.repeat(2**24)).join('')",
	"Promise.all(new Array(2**32 - 1))",
	"eval(('x=function(){}/\"/\"+\")\"+\\n(').repeat(4e5))",
}

func TestAttacksDontEndTheProcess(t *testing.T) {
	var said sync.Map
	t.Cleanup(func() {
		said.Range(func(what, _ any) bool { observed.Note(t, "each in a process of its own: "+what.(string)); return true })
	})
	for _, script := range attacks {
		t.Run(script, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), attackVariable+"="+script, "GORACE=atexit_sleep_ms=0")
			out, err := cmd.CombinedOutput()
			if err != nil || !strings.Contains(string(out), "survived: RangeError <nil>") {
				t.Errorf("%v\n%.500s", err, out)
			}
			said.Store(strings.TrimSpace(string(out)), true)
		})
	}
}
