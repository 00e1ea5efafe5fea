package guard_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// dressing makes of the value that a JSON text stands for one that a script may
// have as well, by the numbers of a list, and writes it. It returns what was
// written, or thrown, and what was asked of objects meanwhile, in its order.
const dressing = `(text, numbers) => {
	const log = [];
	let at = 0, doubled = 0, lossy = false;
	const next = () => numbers[at++] ?? 0;
	const traced = (o) => new Proxy(o, {
		get(o, k, r) { log.push("get " + String(k)); return Reflect.get(o, k, r) },
		ownKeys(o) { log.push("keys"); return Reflect.ownKeys(o) },
		getOwnPropertyDescriptor(o, k) { log.push("own " + String(k)); return Reflect.getOwnPropertyDescriptor(o, k) },
	});
	const getter = (o, get) => Object.defineProperty(o, "got", { get, enumerable: true, configurable: true });
	const toJSON = (o, value) => Object.defineProperty(o, "toJSON", { value, configurable: true });
	const ways = [
		(v) => v, (v) => v, (v) => v,
		traced,
		(v) => toJSON(v, function (k) { log.push("json " + k + typeof k); return this === v ? [k, v.length] : 0 }),
		(v) => toJSON(v, () => v), (v) => toJSON(v, () => undefined), (v) => toJSON(v, 1),
		(v) => getter(v, () => { log.push("got"); return { a: 1 } }),
		(v) => getter(v, () => { delete v.later; v.new = 1; return [] }),
		(v) => getter(v, () => { throw new TypeError("thrown") }),
		(v) => { lossy = true; v["\ud800"] = "\udc00"; v["\ufffd"] = 2; v["\ud83d\ude00"] = "\ud83d\ude00\ud83d"; v["__proto__"] = { no: 1 }; return v },
		(v) => { v[Symbol()] = 1; v.u = undefined; v.f = () => 1; v.s = Symbol(); v.c = class {}; v.a = async () => 1; return v },
		(v) => [v, , undefined, () => 1, Symbol(), null, -0, 1e21, 1e-7, 5e-324, 1.5e300, 123456789012345680000, 0.1, -1e-6, 2 ** 53, NaN, Infinity],
		(v) => [new Number(3), new String("x\u2028"), new Boolean(false), new Date(0), new Date(NaN), /x/g, new Map([[1, 2]]), new Set([1]), new Error("e")],
		(v) => [Uint8Array.of(1, 2), new ArrayBuffer(2), JSON.rawJSON("1.0"), Object.create({ inherited: v }, { hidden: { value: 1 }, shown: { value: v, enumerable: true } })],
		(v) => { v.self = v; return v }, (v) => (doubled++ < 4 ? [v, v] : v),
		(v) => Object.assign(new Number(1), { valueOf() { log.push("value"); return 8 } }), (v) => Object.assign(new String("s"), { toString() { log.push("text"); return "t" } }),
		(v) => 10n, (v) => Object(10n),
		(v) => new Proxy([v, 2], {}), (v) => traced([v]), (v) => new Proxy(() => 1, {}), (v) => new (class extends Array {})(3), (v) => Object.freeze(v),
		(v) => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy },
		(v) => "\"\\\b\f\n\r\t\u0001\u001f\u007f\u2028\ud800 \udc00\ud800",
		(v) => { Object.prototype.toJSON = function (k) { log.push("all " + k); return this }; return v },
		(v) => { BigInt.prototype.toJSON = function () { log.push(typeof this); return "big" }; return [1n, v] },
		(v) => { String.prototype.toJSON = () => 1; return v },
	];
	const dress = (v) => {
		if (typeof v !== "object" || v === null) return v;
		for (const k of Object.keys(v)) v[k] = dress(v[k]);
		return ways[next() % ways.length](v);
	};
	try {
		const value = dress(JSON.parse(text));
		log.length = 0;
		const replacer = [, , , ["later", "a", 1, "1", "0", "x"], function (k, v) { log.push("replace " + k + typeof k + (v === this[k])); return k === "x" ? [v] : v }][next() % 5];
		const written = JSON.stringify(value, replacer, [, , 0, "-"][next() % 4]);
		// behind what is empty goja goes on indenting by a level too much
		return [String(written).replace(/\n-+/g, (indent) => /\[\]|{}/.test(written) ? "\n" : indent), lossy ? "" : log.join()];
	} catch (e) {
		return [String(e), ""];
	} finally {
		delete Object.prototype.toJSON;
		delete BigInt.prototype.toJSON;
		delete String.prototype.toJSON;
	}
}`

// FuzzStringify compares with goja's own JSON.stringify.
func FuzzStringify(f *testing.F) {
	for way := range byte(36) {
		f.Add(`{"a":{"b":[1,{"later":"x"}],"later":2},"1":[],"later":{"ä ":"x\n"}}`, []byte{way, 0, way, 13})
		f.Add(`[{"x":{}},[[]],"a"]`, []byte{way, way, way, way})
		f.Add(`{"a":{"x":[1,{"later":2}],"1":2,"0":3},"later":[2]}`, []byte{0, way, 0, 0, way % 5, way % 4})
		f.Add(`{"a":{"x":[1,{"later":2}],"1":2,"0":3},"later":[2]}`, []byte{way, 0, 0, 0, 3 + way%2, 3})
	}
	f.Add(`[1,-0,1.5,1e21,1e300,5e-324,0.000001,1e-7,123456789012345678,true,false,null,"\t\"\\/"]`, []byte(nil))
	write := []goja.Callable{dresser(f, guarded(guard.Limits{})), dresser(f, goja.New())}
	f.Fuzz(func(t *testing.T, text string, numbers []byte) {
		var parsed any
		if len(text) > 5000 || strings.Contains(text, `\u`) || !utf8.ValidString(text) || json.Unmarshal([]byte(text), &parsed) != nil {
			return // too deep, or not the same for goja's JSON.parse
		}
		var said [2][]any
		for i, vm := range []*goja.Runtime{goja.New(), goja.New()} {
			list := make([]any, len(numbers))
			for j, n := range numbers {
				list[j] = int(n)
			}
			result, err := write[i](goja.Undefined(), vm.ToValue(text), vm.ToValue(list))
			if err != nil {
				t.Fatal(err)
			}
			said[i] = result.Export().([]any)
		}
		if said[0][0] != said[1][0] || said[0][1] != said[1][1] {
			t.Errorf("%q, %v:\ngot  %q\nwant %q", text, numbers, said[0], said[1])
		}
	})
}

func dresser(f *testing.F, vm *goja.Runtime) goja.Callable {
	value, err := vm.RunString(dressing)
	if err != nil {
		f.Fatal(err)
	}
	dress, _ := goja.AssertFunction(value)
	return dress
}
