package badutf8_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/srcnexus/extrun/internal/badutf8"
)

func TestIndex(t *testing.T) {
	for text, want := range map[string]int{"": -1, "aä\ufffd😀": -1, "ä\xff": 2, "\xed\xa0\x80": 0, "a\xc3": 1} {
		if got := badutf8.Index([]byte(text)); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

// TestIndexOfChanged puts every byte into every place of texts that are long enough
// for each way in which they are read.
func TestIndexOfChanged(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("x", 80), strings.Repeat("я", 20), strings.Repeat("我", 12), strings.Repeat("\u0800\ud7ff\ue000", 4),
		strings.Repeat("\U00010000\U0010ffff", 4), "a яя a我я\u0080\u07ff aaaaaaaa😀яяяяяяяяa",
	} {
		for at := range len(text) {
			for c := range 256 {
				changed := []byte(text)
				changed[at] = byte(c)
				if got, want := badutf8.Index(changed), first(changed); got != want {
					t.Errorf("%q: got %d, want %d", changed, got, want)
				}
			}
			if got, want := badutf8.Index([]byte(text[:at])), first([]byte(text[:at])); got != want {
				t.Errorf("%q: got %d, want %d", text[:at], got, want)
			}
		}
	}
}

// first is the slow way to know.
func first(text []byte) int {
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return -1
}

func BenchmarkIndex(b *testing.B) {
	for name, char := range map[string]string{"ASCII": "x", "two bytes": "я", "three bytes": "我", "mixed": "Noël, Ёж. "} {
		text := []byte(strings.Repeat(char, 1<<20/len(char)))
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				badutf8.Index(text)
			}
		})
	}
}
