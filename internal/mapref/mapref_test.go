package mapref_test

import (
	"testing"

	"github.com/srcnexus/extrun/internal/mapref"
)

func TestAll(t *testing.T) {
	for source, want := range map[string]string{
		"x":                              "",
		" sourceMappingURL=a":            "",
		"//  sourceMappingURL=a":         "",
		"//# sourceMappingURL=a.map":     "[a.map]",
		"//@ sourceMappingURL=a.map\nx":  "[a.map]",
		"/*# sourceMappingURL=a.map*/ x": "[a.map]",
		"/*@ sourceMappingURL=a.map */\n//# sourceMappingURL=b\u2028c": "[a.map][b]",
	} {
		got := ""
		for at, reference := range mapref.All([]byte(source)) {
			got += "[" + reference + "]"
			if source[at:at+len(mapref.Marker)] != mapref.Marker {
				t.Errorf("%q: %d is not the marker's place", source, at)
			}
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", source, got, want)
		}
	}
}

func TestData(t *testing.T) {
	for reference, want := range map[string]string{
		"data:application/json;base64,e30=":               "{}",
		"data:application/json;charset=utf-8;base64,e30=": "{}",
		"data:application/json,%7B%7D":                    "{}",
		"data:;base64,!":                                  "",
	} {
		if got, ok := mapref.Data(reference); string(got) != want || !ok {
			t.Errorf("%s: got %q, %v", reference, got, ok)
		}
	}
	if _, ok := mapref.Data("a.map"); ok {
		t.Error("a.map is taken for data")
	}
}

func TestPath(t *testing.T) {
	for reference, want := range map[string]string{"a%20b.map": "a b.map", "../a.map?x": "../a.map", "https://a/b": "", "//a/b": "", "%": ""} {
		if got := mapref.Path(reference); got != want {
			t.Errorf("%s: got %q, want %q", reference, got, want)
		}
	}
}
