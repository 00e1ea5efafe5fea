package inspect_test

import (
	"os"
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

func TestTableShowsWhatNodeShows(t *testing.T) {
	text, err := os.ReadFile("testdata/tables.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range strings.Split(strings.TrimPrefix(string(text), "> "), "\n> ") {
		args, want, _ := strings.Cut(c, "\n")
		vm := goja.New()
		values := append(run(t, vm, "return ["+args+"]"), goja.Undefined())
		if got := inspect.Table(vm, values[0], values[1]); got != strings.TrimSuffix(want, "\n") {
			t.Errorf("%s\ngot:\n%s\nwant:\n%s", args, got, want)
		}
	}
}

func TestTableOfAPrimitive(t *testing.T) {
	if got := inspect.Table(goja.New(), goja.Null(), goja.Undefined()); got != "null" {
		t.Errorf("got %q", got)
	}
}
