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
		`Error.captureStackTrace?.(this)`:               "stackTrace",
		`for await (x of y[Symbol.asyncIterator]()) {}`: "asyncIterator",
	} {
		got, found := "", namedFeatures(code)
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
