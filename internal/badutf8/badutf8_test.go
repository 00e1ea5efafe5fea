package badutf8_test

import (
	"testing"

	"github.com/srcnexus/extrun/internal/badutf8"
)

func TestIndex(t *testing.T) {
	for text, want := range map[string]int{"": -1, "aä\ufffd😀": -1, "ä\xff": 2, "\xed\xa0\x80": 0, "a\xc3": 1} {
		if got := badutf8.Index([]byte(text)); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}
