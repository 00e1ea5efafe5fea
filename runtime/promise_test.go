package runtime

import (
	"fmt"
	"reflect"
	"testing"
	"unsafe"

	"github.com/dop251/goja"
)

// TestPromisesAreKnown fails when a goja has come whose promises look different
// inside: then they cost more, and all else is as before.
func TestPromisesAreKnown(t *testing.T) {
	v := &vm{js: goja.New()}
	v.newPromise()
	if !v.mould.taken {
		t.Fatal("goja's promises are laid out differently")
	}
}

// TestSameShape has types that are laid out in other ways be told apart.
func TestSameShape(t *testing.T) {
	ours := reflect.TypeFor[struct {
		A [2]unsafe.Pointer
		B *goja.Object
		C []unsafe.Pointer
	}]()
	value, object, pointers := reflect.TypeFor[any](), reflect.TypeFor[*goja.Object](), reflect.TypeFor[[]*int]()
	field := func(name string, of reflect.Type) reflect.StructField {
		return reflect.StructField{Name: name, Type: of}
	}
	for name, test := range map[string]struct {
		fields []reflect.StructField
		want   bool
	}{
		"the same":     {[]reflect.StructField{field("A", value), field("B", object), field("C", pointers)}, true},
		"other name":   {[]reflect.StructField{field("A", value), field("D", object), field("C", pointers)}, false},
		"other order":  {[]reflect.StructField{field("B", object), field("A", value), field("C", pointers)}, false},
		"one more":     {[]reflect.StructField{field("A", value), field("B", object), field("C", pointers), field("D", object)}, false},
		"other type":   {[]reflect.StructField{field("A", value), field("B", reflect.TypeFor[*goja.Promise]()), field("C", pointers)}, false},
		"no interface": {[]reflect.StructField{field("A", reflect.TypeFor[[2]uintptr]()), field("B", object), field("C", pointers)}, false},
		"no pointers":  {[]reflect.StructField{field("A", value), field("B", object), field("C", reflect.TypeFor[[]int]())}, false},
	} {
		if got := sameShape(reflect.StructOf(test.fields), ours); got != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	if sameShape(object, ours) {
		t.Error("a pointer was taken for a struct")
	}
}

// TestPromiseCopies asks the same of a promise of goja's and of a copy.
func TestPromiseCopies(t *testing.T) {
	for name, code := range map[string]string{
		"object":        `Object.prototype.toString.call(p) + (p instanceof Promise) + (p.constructor === Promise) + Reflect.ownKeys(p).length + Object.isExtensible(p)`,
		"same":          `p === Promise.resolve(p) && p !== other`,
		"property":      `p.a = 1, Object.keys(p) + Object.keys(other)`,
		"symbol":        `p[Symbol.iterator] = 1, Reflect.ownKeys(p).length + " " + Reflect.ownKeys(other).length`,
		"deleted":       `p.a = 1, delete p.a, Object.keys(p).length`,
		"frozen":        `Object.freeze(p), Object.isFrozen(p) + " " + Object.isFrozen(other)`,
		"prototype":     `Object.setPrototypeOf(p, null), p instanceof Promise`,
		"private":       `class A extends (function () { return p }) { #a = 1; static has(o) { return #a in o } } new A(), A.has(p) + " " + A.has(other)`,
		"then":          `p.then((v) => said.push("then", v)), p.then((v) => said.push("again", v))`,
		"then throws":   `p.then(() => { throw 5 }).catch((e) => said.push(e))`,
		"finally":       `p.finally(() => said.push("finally")).then((v) => said.push(v), (e) => said.push(e))`,
		"catch":         `p.catch((e) => said.push(e))`,
		"await":         `(async () => { try { said.push(await p) } catch (e) { said.push("caught", e) } })()`,
		"late":          `after = () => { p.then((v) => said.push(v), (e) => said.push("rejected", e)) }`,
		"twice":         `p.then((v) => { said.push(v); p.then((v) => said.push(v)) }, (e) => { said.push(e); p.catch((e) => said.push(e)) })`,
		"all":           `Promise.all([p, 1]).then((v) => said.push(...v), (e) => said.push(e))`,
		"race":          `Promise.race([p, new Promise(() => {})]).then((v) => said.push(v), (e) => said.push(e))`,
		"adopted":       `new Promise((resolve) => resolve(p)).then((v) => said.push(v), (e) => said.push(e))`,
		"nobody":        `0`,
		"then of class": `class P extends Promise {} P.resolve(p).then((v) => said.push(v), (e) => said.push(e))`,
		"species":       `p.constructor = class extends Promise {}, p.then((v) => said.push(v), (e) => said.push(e))`,
		"order":         `p.then(() => said.push(1), () => said.push(-1)).then(() => said.push(3)), p.then(() => said.push(2), () => said.push(-2))`,
	} {
		t.Run(name, func(t *testing.T) {
			for _, state := range []goja.PromiseState{goja.PromiseStateFulfilled, goja.PromiseStateRejected} {
				if original, copied := promiseStory(t, code, state, false), promiseStory(t, code, state, true); original != copied {
					t.Errorf("state %d: %s, the copy %s", state, original, copied)
				}
			}
		})
	}
}

// promiseStory says what some code does with a promise, p, before and after it
// has been settled.
func promiseStory(t *testing.T, code string, state goja.PromiseState, copied bool) string {
	t.Helper()
	v := &vm{js: goja.New()}
	v.js.SetPromiseRejectionTracker(v.trackRejection)
	p, other := v.newPromise(), v.newPromise()
	if p.resolve == nil || other.resolve != nil {
		t.Fatal("the first is no original, or the second no copy")
	}
	if copied {
		p, other = other, v.newPromise()
	}
	v.js.Set("p", p.Promise)
	v.js.Set("other", other.Promise)
	run := func(code string) string {
		value, err := v.js.RunString(code)
		if err != nil {
			t.Fatal(err)
		}
		return value.String()
	}
	story := run(`var said = [], after = () => {}; ` + code)
	if err := p.settle(v, state, v.js.ToValue("result")); err != nil {
		t.Fatal(err)
	}
	run(`after()`)
	return story + "; " + run(`said.join()`) + "; " + p.Result().String() + fmt.Sprint("; unhandled ", len(v.rejected), "; state ", p.State())
}

// BenchmarkPromise makes and fulfils a promise that nobody awaits.
func BenchmarkPromise(b *testing.B) {
	b.Run("original", func(b *testing.B) {
		js := goja.New()
		b.ReportAllocs()
		for b.Loop() {
			_, resolve, _ := js.NewPromise()
			resolve(goja.Null())
		}
	})
	b.Run("copy", func(b *testing.B) {
		v := &vm{js: goja.New()}
		v.newPromise()
		b.ReportAllocs()
		for b.Loop() {
			v.newPromise().settle(v, goja.PromiseStateFulfilled, goja.Null())
		}
	})
}
