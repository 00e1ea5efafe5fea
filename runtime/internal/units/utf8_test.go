package units_test

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/srcnexus/extrun/runtime/internal/units"
)

// texts have runs of each kind, and what breaks them, wherever a word may begin.
var texts = []string{
	"", "a", strings.Repeat("x", 50), strings.Repeat("я", 50), strings.Repeat("我", 50), strings.Repeat("😀", 20),
	"Noël où zéphyr, je dîne d’exquis rôtis de bœuf", `{"имя":"Иван Петров","city":"Москва"}`, "\u0080\u07ff\u0800\ud7ff\ue000\uffff\U00010000\U0010ffff",
}

// FuzzUTF8 goes from UTF-8 to units and back, and compares with goja, which goes
// rune by rune. Two bytes more make one unit more.
func FuzzUTF8(f *testing.F) {
	for _, text := range texts {
		f.Add(text, []byte(nil))
		f.Add(text, []byte{0xd8, 0x00, 0xd8, 0x00, 0xdc, 0x00, 0xdc, 0x00, 0x00, 0xe9, 0xd8, 0x00})
	}
	f.Add("a\xc3\xa4\xc3(\xe2\x82(\xed\xa0\x80\xc0\x80\xe0\x80\x80\xf0\x80\x80\x80\xf4\x90\x80\x80\xff aaaaaaaaaaaaaaaa", []byte(nil))
	vm := goja.New()
	f.Fuzz(func(t *testing.T, text string, more []byte) {
		all := utf16.Encode([]rune(text))
		for i := 0; i+1 < len(more); i += 2 {
			all = append(all, uint16(more[i])<<8|uint16(more[i+1]))
		}
		if got, want := units.ToUTF8(all), goja.StringFromUTF16(all).String(); got != want {
			t.Errorf("%x: got %q, want %q", all, got, want)
		}
		scan(t, vm, text+"and long enough to be kept as it is")
	})
}

// TestScanOfChanged puts every byte into every place of texts.
func TestScanOfChanged(t *testing.T) {
	vm := goja.New()
	for _, text := range texts {
		text = text[:min(len(text), 40)] + "яяяяяяяя我我我我"
		for at := range len(text) {
			for c := range 256 {
				changed := []byte(text)
				changed[at] = byte(c)
				scan(t, vm, string(changed))
			}
		}
	}
}

// scan compares with what goja makes of a text.
func scan(t *testing.T, vm *goja.Runtime, text string) {
	t.Helper()
	value := vm.ToValue(text).(goja.String)
	imported := units.ImportedOf(value)
	imported.Scan()
	if utf8.ValidString(text) != *imported.Scanned() {
		t.Fatalf("%q is not scanned, or is, but is not UTF-8", text)
	}
	if want := goja.StringFromUTF16(utf16.Encode([]rune(text))); !value.StrictEquals(want) || value.Length() != want.Length() || value.String() != text {
		t.Fatalf("%q became %q", text, value.Substring(0, value.Length()))
	}
}

func TestImportedOf(t *testing.T) {
	vm := goja.New()
	value := vm.ToValue(strings.Repeat("я", 20)).(goja.String)
	scanned := units.ImportedOf(value).Scanned()
	if scanned == nil || *scanned {
		t.Fatal("goja's strings are others than this package knows")
	}
	if value.Length(); !*scanned {
		t.Error("it was looked at, and nobody knows")
	}
	for _, other := range []goja.Value{vm.ToValue("short"), vm.NewObject(), goja.StringFromUTF16([]uint16{'я'}), goja.Undefined(), vm.ToValue(1)} {
		imported := units.ImportedOf(other)
		if imported.Scan(); imported.Scanned() != nil {
			t.Errorf("%v was taken for an imported string", other)
		}
	}
}

func BenchmarkToUTF8(b *testing.B) {
	for name, text := range long() {
		all := utf16.Encode([]rune(text))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				units.ToUTF8(all)
			}
		})
	}
}

// BenchmarkScan has goja's own way beside it.
func BenchmarkScan(b *testing.B) {
	vm := goja.New()
	for name, text := range long() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				units.ImportedOf(vm.ToValue(text)).Scan()
			}
		})
		b.Run(name+", goja", func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				vm.ToValue(text).(goja.String).Length()
			}
		})
	}
}

// long are texts of a mebibyte.
func long() map[string]string {
	all := make(map[string]string)
	for name, part := range map[string]string{"ASCII": "x", "two bytes": "я", "three bytes": "我", "mixed": texts[6], "JSON": texts[7]} {
		all[name] = strings.Repeat(part, 1<<20/len(part))
	}
	return all
}
