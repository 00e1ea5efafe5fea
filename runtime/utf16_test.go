package runtime

import (
	"strings"
	"testing"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

func TestLongTexts(t *testing.T) {
	js, texts := goja.New(), longTexts{}
	long := strings.Repeat("я", longText)
	give := func(text string) (value goja.String, scanned bool) {
		value = texts.value(js, text).(goja.String)
		return value, *units.ImportedOf(value).Scanned()
	}
	give(long)
	passedOn, scanned := give(long)
	if utf8Of(passedOn); scanned || *units.ImportedOf(passedOn).Scanned() {
		t.Error("a text that is passed on was converted")
	}
	if passedOn.Length() != longText {
		t.Errorf("it has %d units", passedOn.Length())
	}
	for _, text := range []string{long, strings.Repeat("x", longText)} {
		if value, scanned := give(text); !scanned || value.Length() != longText || value.String() != text {
			t.Error("one that comes after another was looked at is not converted")
		}
	}
	if _, scanned := give(strings.Repeat("я", 20)); scanned {
		t.Error("a short one is")
	}
}
