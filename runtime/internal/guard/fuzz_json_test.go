package guard_test

import (
	"encoding/json"
	"errors"
	"testing"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/guard"
)

// fuzzDepth is how deep the texts of FuzzJSON may be nested.
const fuzzDepth = 20

// FuzzJSON parses a text by the guarded JSON.parse, by goja's own and by
// encoding/json. They must agree on whether it is JSON and on what it says,
// except where it is nested too deep: then it must be refused, and only then.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		``, `null`, ` [1, -0, 1.5e3, 1E-7, 0.1]`, `{"a":{"b":[true,false,null]},"a":2}`, `"\u00e4\ud83d\ude00\"\\\/\b\f\n\r\t"`, `"\ud800"`, `[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]`,
		`{"__proto__":{"x":1},"constructor":null,"":0}`, `"]]["`, `[1,]`, `{"a"}`, `01`, `1e999`, `-1e-999`, `123456789012345678901234567890`, `"\x"`, `'a'`, `{a:1}`, `nullx`, `[1] 2`, "\ufeff1", "\"\u2028\"", "\"\x00\"", `NaN`, `{"1":1,"0":2}`, "\v1", "\u00a01",
	} {
		f.Add(seed)
	}
	guarded, plain := guarded(guard.Limits{JSONDepth: fuzzDepth}), goja.New()
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return // a string of JavaScript is another one then
		}
		got, err := parsedBy(t, guarded, text)
		if name := errorName(err); name != "" && name != "SyntaxError" && name != "RangeError" {
			t.Fatalf("%q: %v", text, err)
		}
		if deepest(text) > fuzzDepth {
			if errorName(err) == "" || errorName(err) == "SyntaxError" && json.Valid([]byte(text)) {
				t.Fatalf("%q: got %v, %v, though it is nested too deep", text, got, err)
			}
			return
		}
		var other any
		otherErr := json.Unmarshal([]byte(text), &other)
		if _, isRange := errors.AsType[*json.UnmarshalTypeError](otherErr); isRange {
			return // a number that no float can hold, of which goja makes nothing
		}
		want, plainErr := parsedBy(t, plain, text)
		if errorName(err) != errorName(plainErr) || !same(got, want) {
			t.Fatalf("%q: got %v, %v; goja by itself has %v, %v", text, got, err, want, plainErr)
		}
		if (err == nil) != (otherErr == nil) || err == nil && !same(got, other) {
			t.Fatalf("%q: got %v, %v; encoding/json has %v, %v", text, got, err, other, otherErr)
		}
	})
}

// parsedBy returns what JSON.parse of a runtime makes of a text.
func parsedBy(t *testing.T, vm *goja.Runtime, text string) (any, error) {
	t.Helper()
	parse, ok := goja.AssertFunction(vm.GlobalObject().Get("JSON").ToObject(vm).Get("parse"))
	if !ok {
		t.Fatal("JSON.parse is no function")
	}
	value, err := parse(goja.Undefined(), vm.ToValue(text))
	if err != nil {
		return nil, err
	}
	return value.Export(), nil
}

// errorName is the name of what a script threw, "" without an error.
func errorName(err error) string {
	if err == nil {
		return ""
	}
	exception, ok := err.(*goja.Exception)
	if !ok {
		return err.Error()
	}
	thrown, ok := exception.Value().(*goja.Object)
	if !ok {
		return exception.Value().String()
	}
	return thrown.Get("name").String()
}

// same compares what goja and encoding/json make of one text: the one has whole
// numbers as integers.
func same(a, b any) bool {
	switch a := a.(type) {
	case []any:
		list, ok := b.([]any)
		if !ok || len(a) != len(list) {
			return false
		}
		for i := range a {
			if !same(a[i], list[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		object, ok := b.(map[string]any)
		if !ok || len(a) != len(object) {
			return false
		}
		for name := range a {
			if other, has := object[name]; !has || !same(a[name], other) {
				return false
			}
		}
		return true
	}
	return number(a) == number(b)
}

// number is a value in which whole numbers are floats.
func number(v any) any {
	if n, ok := v.(int64); ok {
		return float64(n)
	}
	return v
}

// deepest is how deep the brackets of a text nest, strings left out.
func deepest(text string) (most int) {
	depth, inside := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inside && c == '\\':
			i++
		case c == '"':
			inside = !inside
		case !inside && (c == '[' || c == '{'):
			depth++
			most = max(most, depth)
		case !inside && (c == ']' || c == '}'):
			depth--
		}
	}
	return most
}
