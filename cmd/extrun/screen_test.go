package main

import (
	"bytes"
	"testing"
)

func TestPrefixCannotBeForged(t *testing.T) {
	var stdout, stderr bytes.Buffer
	s := newScreen(&stdout, &stderr)
	s.prefix = true
	s.out("a", "one\r[b] two\x1b[2K\n\tthree\n")
	if want := "[a] one\\x0d[b] two\\x1b[2K\n[a] \tthree\n"; stdout.String() != want {
		t.Errorf("got %q, want %q", stdout.String(), want)
	}
	s.prefix = false
	stdout.Reset()
	s.out("a", "\x1b[1mbold\x1b[0m\n")
	if stdout.String() != "\x1b[1mbold\x1b[0m\n" {
		t.Errorf("got %q", stdout.String())
	}
}
