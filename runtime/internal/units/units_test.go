package units_test

import (
	"slices"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

func TestOf(t *testing.T) {
	vm := goja.New()
	for code, want := range map[string][]uint16{
		`"aя\ud800"`:        {'a', 0x44f, 0xd800},
		`"ä".repeat(2)`:     {0xe4, 0xe4},
		`"plain"`:           nil,
		`""`:                nil,
		`"яa".substring(1)`: nil,
	} {
		value, err := vm.RunString(code)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := units.Of(value.(goja.String)); !slices.Equal(got, want) || ok != (want != nil) {
			t.Errorf("%s: got %x, %v, want %x", code, got, ok, want)
		}
	}
	if _, ok := units.Of(vm.ToValue("я, as Go has it, and not short").(goja.String)); ok {
		t.Error("a Go string was taken for units")
	}
}
