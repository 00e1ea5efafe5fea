package runtime_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/srcnexus/extrun/runtime/rpc"
)

// keptArguments are ways in which a script may hold on to what lay on goja's
// stack: each is an expression, of which later turns see the same as the first.
var keptArguments = map[string]string{
	"arguments":              `(function () { return arguments })("a", "b")`,
	"strict arguments":       `(function () { "use strict"; return arguments })("a", "b")`,
	"mapped arguments":       `Function("x", "y", "y = 'b'; return arguments")("a", "c")`,
	"more arguments":         `(function (x) { return arguments })("a", "b")`,
	"rest":                   `((...all) => all)("a", "b")`,
	"rest of a closure":      `(function (x, ...all) { const f = () => [x, ...all]; return f })("a", "b")()`,
	"rest that is captured":  `(function (...all) { return { f: () => all, all } })("a", "b").all`,
	"spread":                 `((...all) => all)(...["a", "b"])`,
	"spread twice":           `((...all) => all)(...["a"], ...new Set(["b"]))`,
	"list":                   `["a", ...["b"]]`,
	"Array":                  `Array("a", "b")`,
	"new Array":              `new Array("a", "b")`,
	"Array.of":               `Array.of("a", "b")`,
	"push":                   `{ const l = []; l.push("a", "b"); kept = l }`,
	"splice":                 `{ const l = [1]; l.splice(0, 1, "a", "b"); kept = l }`,
	"unshift":                `{ const l = []; l.unshift("a", "b"); kept = l }`,
	"toSpliced":              `[1].toSpliced(0, 1, "a", "b")`,
	"concat":                 `[].concat("a", "b")`,
	"destructured":           `(([x, ...all]) => [x, ...all])(["a", "b"])`,
	"bind":                   `later(((...all) => all).bind(null, "a", "b"))`,
	"bind nothing":           `later((() => ["a", "b"]).bind())`,
	"bind partly":            `later(Array.of.bind(null, "a"), "b")`,
	"bind a constructor":     `later(Reflect.construct.bind(null, Array.bind(null, "a"), ["b"]))`,
	"call":                   `(function () { return arguments }).call(null, "a", "b")`,
	"call call":              `Function.prototype.call.call(Array.of, null, "a", "b")`,
	"call a native function": `Array.of.call(null, "a", "b")`,
	"apply":                  `(function () { return arguments }).apply(null, ["a", "b"])`,
	"apply arguments":        `(function () { return Array.of.apply(null, arguments) })("a", "b")`,
	"Reflect.apply":          `Reflect.apply((...all) => all, null, ["a", "b"])`,
	"Reflect.construct":      `Reflect.construct(function () { this.all = arguments }, ["a", "b"]).all`,
	"new":                    `new (function () { this.all = arguments })("a", "b").all`,
	"new with spread":        `new (class { constructor(...all) { this.all = all } })(..."ab").all`,
	"class":                  `new (class { constructor() { this.all = arguments } })("a", "b").all`,
	"super":                  `new (class extends class { constructor(...all) { this.all = all } } { constructor(x, y) { super(x, y) } })("a", "b").all`,
	"super by itself":        `new (class extends class { constructor() { this.all = arguments } } {})("a", "b").all`,
	"super of Array":         `new (class extends Array {})("a", "b")`,
	"field":                  `new (class { all = ["a", "b"]; #f = 1; static s = 2 })().all`,
	"template":               "((texts, ...all) => all)`x${\"a\"}y${\"b\"}z`",
	"template's texts":       "((texts) => texts)`a${0}b`",
	"setter":                 `{ const o = { set x(v) { kept = v } }; o.x = ["a", "b"] }`,
	"accessor's arguments":   `{ const o = { set x(v) { kept = [...arguments, "b"] } }; o.x = "a" }`,
	"executor":               `{ let all; new Promise((...both) => { all = both }); kept = later(() => (all[0](), all.length === 2 ? ["a", "b"] : all)) }`,
	"replace":                `{ "ab".replace(/(a)(b)/, (...all) => { kept = all.slice(1, 3) }) }`,
	"map":                    `[["a", "b"]].map(function () { return arguments })[0][0]`,
	"map's arguments":        `["a", "b"].map(function () { return arguments }).map((all) => all[0])`,
	"reduce":                 `["a", "b"].reduce((all, x) => all.concat(x), [])`,
	"Array.from":             `Array.from("ab", (...all) => all[0])`,
	"sort":                   `{ const seen = []; ["b", "a"].sort((...two) => { seen.push(two); return 0 }); kept = seen[0].sort() }`,
	"reviver":                `{ JSON.parse('"a"', (...all) => { kept = [...all.slice(1, 2), "b"] }) }`,
	"toJSON":                 `{ ws.send({ x: { toJSON(...all) { kept = ["a", "b"]; return all } } }) }`,
	"Function":               `new Function("x", "y", "return arguments")("a", "b")`,
	"eval":                   `(0, eval)("(function () { return arguments })")("a", "b")`,
	"eval within arguments":  `((...all) => all)("a", (0, eval)("((...all) => all[0])('b')"))`,
	"thrown":                 `{ try { ((...all) => { throw all })("a", "b") } catch (e) { kept = e } }`,
	"thrown between":         `{ kept = ((...all) => all)("a", "b"); try { Math.max(1, 2, (() => { throw 0 })()) } catch { } }`,
	"after a deep recursion": `{ const f = (n) => n === 0 ? 0 : 1 + f(n - 1); f(300); kept = ((...all) => all)("a", "b"); f(300) }`,
	"within a recursion":     `{ const f = (n, ...all) => n === 0 ? all : f(n - 1, ...all); kept = f(200, "a", "b") }`,
	"after an overflow":      `{ kept = ((...all) => all)("a", "b"); const f = () => f() + 1; try { f() } catch { } }`,
	"generator":              `{ const g = (function* (x, y) { yield; return [x, y] })("a", "b"); g.next(); kept = later(() => g.next().value) }`,
	"generator's arguments":  `{ const g = (function* () { yield; return arguments })("a", "b"); g.next(); kept = later(() => g.next().value) }`,
	"generator in a call":    `{ const g = (function* () { return Array.of("a", yield, "b") })(); g.next(); kept = later(() => g.next("").value.filter((x) => x)) }`,
	"generator in a list":    `{ const g = (function* () { return ["a", ...(yield), "b"] })(); g.next(); kept = later(() => g.next([]).value) }`,
	"generator in a loop":    `{ const g = (function* () { const all = []; for (const x of ["a", "b"]) { yield; all.push(x) } return all })(); g.next(); g.next(); kept = later(() => g.next().value) }`,
	"generator delegated to": `{ const g = (function* () { return yield* (function* (x, y) { yield; return [x, y] })("a", "b") })(); g.next(); kept = later(() => g.next().value) }`,
	"async":                  `{ kept = promised((go) => (async (x, y) => { await go; return [x, y] })("a", "b")) }`,
	"async in a call":        `{ kept = promised((go) => (async () => Array.of("a", await go, "b").filter((x) => x))()) }`,
	"async arguments":        `{ kept = promised((go) => (async function () { await go; return arguments })("a", "b")) }`,
	"async in try":           `{ kept = promised((go) => (async (...all) => { try { await go; throw all } catch (e) { return e } finally { await null } })("a", "b")) }`,
	"reaction":               `{ kept = promised((go) => go.then(((...all) => all.slice(0, 2)).bind(null, "a", "b"))) }`,
	"Promise.all":            `{ kept = promised((go) => Promise.all([go, "a", "b"]).then((all) => all.slice(1))) }`,
	"timer":                  `{ setTimeout((...all) => { kept = all }, 0, "a", "b") }`,
	"microtask":              `{ const f = function () { const all = arguments; queueMicrotask(() => { kept = all }) }; f("a", "b") }`,
	"Proxy, used on":         `{ new Proxy(() => {}, { apply: (target, self, all) => { kept = all } })("a", "b"); disturb(1, 2, 3, 4, 5) }`,
	"Proxy":                  `{ new Proxy(() => {}, { apply: (target, self, all) => { kept = all } })("a", "b") }`,
	"Proxy made before":      `{ early("a", "b") }`,
	"Proxy called":           `{ new Proxy(() => {}, { apply: (target, self, all) => { kept = all } }).call(null, "a", "b") }`,
	"Proxy constructed":      `{ new (new Proxy(class {}, { construct: (target, all) => { kept = all; return {} } }))("a", "b") }`,
	"Proxy above":            `{ new (class extends new Proxy(class {}, { construct: (target, all) => { kept = all; return {} } }) {})("a", "b") }`,
	"Proxy above, super":     `{ const P = new Proxy(class {}, { construct: (target, all) => { kept = all; return {} } }); new (class extends P { constructor() { super("a", "b") } })() }`,
	"Proxy.revocable":        `{ Proxy.revocable(() => {}, { apply: (target, self, all) => { kept = all } }).proxy("a", "b") }`,
	"Proxy by Reflect":       `{ Reflect.construct(Proxy, [() => {}, { apply: (target, self, all) => { kept = all } }])("a", "b") }`,
	"Proxy by a subclass":    `{ new (Proxy.bind(null, () => {}))({ apply: (target, self, all) => { kept = all } })("a", "b") }`,
}

// keeping runs an expression in the first turn, disturbs what it may have kept
// in the next, and looks at it in the last.
const keeping = `
	let kept, turn = 0, release;
	const early = new Proxy(() => {}, { apply: (target, self, all) => { kept = all } });
	const later = (f, ...all) => ({ f: () => f(...all) });
	const promised = (begin) => { const result = {}; begin(new Promise((r) => { release = r })).then((v) => { result.value = v }); return result };
	const disturb = (a, b, c, d, e) => { const f = [1, 2, 3], g = String(a) + b; return Math.max(...f, c, d, e) + g };
	const show = () => Array.from(kept.f ? kept.f() : kept.value ?? kept).join();
	ws.onMessage((m) => {
		if (m.data === "keep") { KEEP }
		else if (m.data === "release") { release?.() }
		else if (m.data === "disturb") { disturb(1, 2, 3, 4, 5); [9, 8, 7].map((x) => disturb(x, x, x, x, x)) }
		else console.log(show());
	});`

// TestKeptArguments keeps arguments beyond the turn in which they were given:
// the room for them is used again in the next.
func TestKeptArguments(t *testing.T) {
	for name, expression := range keptArguments {
		t.Run(name, func(t *testing.T) {
			statement := expression
			if !strings.HasPrefix(expression, "{") {
				statement = fmt.Sprintf("kept = %s", expression)
			}
			script := strings.Replace(keeping, "KEEP", statement, 1)
			if name != "Proxy made before" {
				script = strings.Replace(script, "new Proxy(() => {}, { apply: (target, self, all) => { kept = all } });", "null;", 1)
			}
			l, w := onLine(t, script)
			for _, text := range []string{"keep", "disturb", "release", "disturb", "show"} {
				l.caller.Push(rpc.Event{Connection: "test_ws_0", Name: "message", Data: rpc.Object{{Name: "data", Value: text}}})
				w.Idle(w.Host.Extensions()[0])
			}
			compareLines(t, w.Lines(), []string{"a,b"})
		})
	}
}
