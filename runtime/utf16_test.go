package runtime

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// FuzzUTF8Of compares with goja's own conversion.
func FuzzUTF8Of(f *testing.F) {
	for _, seed := range []string{"", "a", "\u00e9\u044f\u20ac", "\U0001F600x", "\u3042\ud7ff\ue000"} {
		f.Add([]byte(seed))
	}
	f.Add([]byte{0xd8, 0x00, 0xd8, 0x00, 0xdc, 0x00, 0xdc, 0x00, 0xd8, 0x00})
	f.Fuzz(func(t *testing.T, bytes []byte) {
		all := utf16.Encode([]rune(string(bytes)))
		for i := 0; i+1 < len(bytes); i += 2 {
			all = append(all, uint16(bytes[i])<<8|uint16(bytes[i+1]))
		}
		text := goja.StringFromUTF16(all)
		got := utf8Of(text)
		if got != text.String() || !utf8.ValidString(got) {
			t.Errorf("%x: got %q, want %q", all, got, text.String())
		}
		if _, ok := units.Of(text); ok && len(got) != utf8Length(all) {
			t.Errorf("%x: %d bytes were counted, not %d", all, utf8Length(all), len(got))
		}
	})
}

func BenchmarkUTF8Of(b *testing.B) {
	text := goja.StringFromUTF16(utf16.Encode([]rune(strings.Repeat("\u044f", 1<<19))))
	b.SetBytes(1 << 20)
	for b.Loop() {
		utf8Of(text)
	}
}
