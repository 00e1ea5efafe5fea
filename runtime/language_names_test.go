package runtime

import "testing"

func TestNamedFeatures(t *testing.T) {
	for code, want := range map[string]string{
		`const onDispose = socket.dispose(); try { list.map(f) } catch { Object.keys(o).forEach(f) }`: "",
		`lodash.groupBy(list)`:                          "groupBy",
		`Promise.try(f)`:                                "promise",
		`__knownSymbol("dispose")`:                      "dispose",
		`{ [Symbol.dispose]() {} }`:                     "dispose",
		`function* all() { yield 1 } all().take(1)`:     "iterator",
		`map.keys().map(f)`:                             "iterator",
		`Object.values(o).map(f)`:                       "",
		`x.asyncIterators; myGroupBy(); fromAsync$()`:   "",
		"it[symbol(\"asy\\\nncIterator\")]":             "asyncIterator",
		`const { try: attempt } = Promise`:              "promise",
		`const P = Promise; P.try(f)`:                   "promise",
		`const { escape } = RegExp`:                     "escape",
		`R = RegExp; R.escape(x)`:                       "escape",
		`_.escape(x instanceof RegExp, new RegExp(y))`:  "",
		`const { dispose } = Symbol`:                    "dispose",
		`x.dispose(Symbol("a"), Symbol.iterator)`:       "",
		`x instanceof Promise && { try: 1 }`:            "",
		`list.values()["map"](f)`:                       "iterator",
		`Error.captureStackTrace?.(this)`:               "stackTrace",
		`for await (x of y[Symbol.asyncIterator]()) {}`: "asyncIterator",
	} {
		got, found := "", used(namedFeatures(code))
		for bit, feature := range features {
			if found&(1<<bit) != 0 {
				got += feature.name
			}
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", code, got, want)
		}
	}
}
