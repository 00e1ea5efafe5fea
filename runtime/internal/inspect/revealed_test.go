package inspect_test

import (
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/inspect"
)

func TestRevealed(t *testing.T) {
	vm := goja.New()
	args := run(t, vm, `
		class Own { x = 1; get y() { return 2 } };
		const getter = Object.defineProperty(new Own(), "z", { get() { throw 1 }, enumerable: true });
		const self = new Own(); self.self = self;
		return ["%o", getter, [self], { a: 1 }, Object.create(null), new (class Other {})()]`)
	asked := 0
	opts := inspect.Options{Reveal: func(o *goja.Object) (inspect.Revealed, bool) {
		asked++
		fields := []inspect.Field{{Name: "hidden", Value: vm.ToValue("text")}}
		return inspect.Revealed{Fields: fields}, o.Get("x") != nil
	}}
	want := `Own { hidden: 'text', x: 1 } [ <ref *1> Own { hidden: 'text', x: 1, self: [Circular *1] } ] { a: 1 } [Object: null prototype] {} Other {}`
	if got := inspect.FormatWith(vm, args, opts); got != want || asked != 3 {
		t.Errorf("asked %d times, got %s", asked, got)
	}
}

func TestRevealedPairs(t *testing.T) {
	vm := goja.New()
	args := run(t, vm, "return [new (class Own { x = 1 })()]")
	pair := [2]goja.Value{vm.ToValue("a"), vm.ToValue(1)}
	for _, tt := range []struct {
		reveal func(*goja.Object) (inspect.Revealed, bool)
		want   string
	}{
		{func(*goja.Object) (inspect.Revealed, bool) {
			return inspect.Revealed{Pairs: [][2]goja.Value{pair, pair}}, true
		}, "Own { 'a' => 1, 'a' => 1, x: 1 }"},
		{func(*goja.Object) (inspect.Revealed, bool) { panic("broken") }, "Own { x: 1 }"},
		{func(*goja.Object) (inspect.Revealed, bool) { panic(vm.NewTypeError("thrown")) }, "Own { x: 1 }"},
	} {
		if got := inspect.FormatWith(vm, args, inspect.Options{Reveal: tt.reveal}); got != tt.want {
			t.Errorf("got %s, want %s", got, tt.want)
		}
	}
}
