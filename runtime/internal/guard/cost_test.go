package guard_test

import (
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// usualCalls are what ordinary code does with what is guarded.
var usualCalls = []struct{ name, code string }{
	{"join", "words.join(' ')"},
	{"split", "text.split(' ')"},
	{"replace", "text.replace(/o/g, '0')"},
	{"exec", "/(\\w+) (\\w+)/.exec(text)"},
	{"parse", "JSON.parse(json)"},
	{"stringify", "JSON.stringify(data)"},
	{"from", "Array.from(words)"},
	{"map", "words.map((w) => w)"},
	{"slice", "words.slice(1)"},
	{"concat", "words.concat(words)"},
	{"indexOf", "words.indexOf('none')"},
	{"sort", "words.slice().sort()"},
	{"repeat", "'ab'.repeat(10)"},
	{"padStart", "'ab'.padStart(10)"},
	{"apply", "Math.max.apply(null, numbers)"},
	{"bytes", "new Uint8Array(64)"},
	{"push", "words.push(words.pop())"},
	{"arithmetic", "let s = 0; for (let i = 0; i < 100; i++) s = s << 1 ^ i; s"},
}

const usualData = `const text = "the quick brown fox jumps over the lazy dog ".repeat(5), words = text.split(" "), numbers = words.map((w) => w.length);
	const data = { words, numbers, nested: { text, more: [true, null, 1.5] } }, json = JSON.stringify(data);`

// BenchmarkGuarded compares calls with those of a runtime that nobody guards.
func BenchmarkGuarded(b *testing.B) {
	for _, usual := range usualCalls {
		for _, how := range []string{"plain", "guarded"} {
			b.Run(usual.name+"/"+how, func(b *testing.B) {
				vm := goja.New()
				if how == "guarded" {
					guard.Install(vm, guard.Limits{})
				}
				v, err := vm.RunString(usualData + "(() => { for (let i = 0; i < 100; i++) { " + usual.code + " } })")
				run, ok := goja.AssertFunction(v)
				if err != nil || !ok {
					b.Fatal(err)
				}
				for b.Loop() {
					if _, err := run(goja.Undefined()); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
