package sdk

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// TestGeneratedExports compares the list of the SDK's exports with what the
// module has, or writes it.
func TestGeneratedExports(t *testing.T) {
	vm := goja.New()
	value, err := vm.RunString(generate(t))
	if err != nil {
		t.Fatal(err)
	}
	names := value.ToObject(vm).GetOwnPropertyNames()
	slices.Sort(names)
	want := strings.Join(names, "\n") + "\n"
	if *update {
		if err := os.WriteFile("dist/exports.txt", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if exportList != want {
		t.Errorf("dist/exports.txt is not what src/index.ts exports: run go generate ./sdk")
	}
}
